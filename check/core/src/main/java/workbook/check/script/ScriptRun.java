package workbook.check.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import workbook.kit.explain.Causes;

/** Runs a {@link ScriptSpec} with a test driver, records what happens, then compares it with the expectations. */
final class ScriptRun {

    private final ScriptSpec script;
    private final Literals literals;
    private final List<ActionResult> results = new ArrayList<>();
    private final OutputColumns columns;
    private int batch;

    ScriptRun(ScriptSpec script) {
        this.script = script;
        this.columns = new OutputColumns(script.output());
        this.literals = new Literals(script.day());
    }

    /**
     * Runs the script to its end, or until an exception. If the output before the exception was wrong, the mismatch is
     * thrown, with the exception as suppressed.
     *
     * @throws Mismatch if the output is not as expected
     */
    void run(RunnableAnswer answer) {
        TestDriver driver = answer.driver(script, columns);
        Throwable thrown = null;
        try (driver) {
            CallLimit.run(driver::start);
            script.actions().forEach(action -> results.add(CallLimit.call(() -> run(action, driver))));
        } catch (Throwable t) {
            thrown = t;
        }
        Recorder.add(trace(thrown));
        end(new ScriptResult(script, driver.isCumulative(), driver.setsWatermark(), results).mismatch(), thrown);
    }

    private static void end(Optional<Mismatch> mismatch, Throwable thrown) {
        if (mismatch.isPresent()) {
            if (thrown != null) {
                mismatch.get().addSuppressed(thrown);
            }
            throw mismatch.get();
        }
        if (thrown != null) {
            throw SneakyThrow.of(thrown);
        }
    }

    private ActionResult run(Action action, TestDriver driver) {
        if (!action.isBatch()) {
            driver.restart();
            return new ActionResult(batch, action.expected(), List.of(Trace.Event.restart(batch)));
        }
        batch++;
        Map<String, List<ScriptRow>> in = in(action);
        List<Trace.Event> before = action.sinkFails() ? List.of(failure(in, driver)) : List.of();
        Function<BatchResult, ActionResult> result = outcome -> result(action.expected(), before, in, outcome);
        Map<String, List<ScriptRow>> fed = action.sinkFails() ? Map.of() : in;
        return result.apply(
                driver.runBatch(fed, outcome -> result.apply(outcome).holds()));
    }

    private Trace.Event failure(Map<String, List<ScriptRow>> in, TestDriver driver) {
        List<ScriptRow> written = driver.runBatchWithSinkFailure(in);
        driver.restart();
        return Trace.Event.sinkFailure(batch, in, written);
    }

    private ActionResult result(
            Expected stated, List<Trace.Event> before, Map<String, List<ScriptRow>> in, BatchResult outcome) {
        List<ScriptRow> out = columns.ordered(outcome.out());
        Expected expected = stated.read(literals, columns.schema());
        BatchResult.Metrics metrics = outcome.metrics();
        List<Trace.Event> events = new ArrayList<>(before);
        events.add(new Trace.Event(
                Trace.Kind.BATCH,
                batch,
                in,
                out,
                expected.ordered(),
                metrics.watermark(),
                metrics.state(),
                metrics.dropped(),
                expected.look(),
                metrics.millis()));
        return new ActionResult(batch, expected, events);
    }

    private Map<String, List<ScriptRow>> in(Action action) {
        Map<String, List<ScriptRow>> in = new LinkedHashMap<>();
        action.in()
                .forEach((name, rows) -> in.put(
                        name,
                        rows.stream()
                                .map(row -> literals.in(row, script.inputs().get(name)))
                                .toList()));
        return in;
    }

    private Trace trace(Throwable thrown) {
        Map<String, List<String>> inputs = new LinkedHashMap<>();
        script.inputs().forEach((name, schema) -> inputs.put(name, schema.names()));
        List<Trace.Event> events =
                results.stream().flatMap(result -> result.events().stream()).toList();
        return new Trace(
                script.title(),
                script.mode(),
                inputs,
                columns.names(),
                events,
                thrown == null ? null : Causes.rootName(thrown));
    }
}
