package workbook.check.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import workbook.check.explain.Causes;

/** One performance of a {@link Story}: plays it on a stage, to its end, writes down what happens, then compares. */
final class Playing {

    private final Story story;
    private final Literals literals;
    private final List<Scene> scenes = new ArrayList<>();
    private final Columns columns;
    private int batch;

    Playing(Story story) {
        this.story = story;
        this.columns = new Columns(story.columns());
        this.literals = new Literals(story.day());
    }

    /**
     * Plays the story to its end, or until something is thrown. What came out wrong before that is reported first, and
     * what was thrown goes with it.
     *
     * @throws Mismatch if something else came out than was expected
     */
    void play(Playable answer) {
        EngineStage stage = answer.on(story, columns);
        Throwable thrown = null;
        try (stage) {
            stage.start();
            story.steps().forEach(step -> scenes.add(play(step, stage)));
        } catch (Throwable t) {
            thrown = t;
        }
        Recorder.add(trace(thrown));
        end(new Timeline(story, stage.isCumulative(), scenes).mismatch(), thrown);
    }

    private static void end(Optional<Mismatch> mismatch, Throwable thrown) {
        if (mismatch.isPresent()) {
            if (thrown != null) {
                mismatch.get().addSuppressed(thrown);
            }
            throw mismatch.get();
        }
        if (thrown != null) {
            throw Unchanged.of(thrown);
        }
    }

    private Scene play(Step step, EngineStage stage) {
        if (!step.isBatch()) {
            stage.restart();
            return new Scene(batch, step.expected(), List.of(Trace.Event.restart(batch)));
        }
        batch++;
        Map<String, List<StoryRow>> in = in(step);
        List<Trace.Event> before = step.sinkFails() ? List.of(failure(in, stage)) : List.of();
        Function<Outcome, Scene> scene = outcome -> scene(step.expected(), before, in, outcome);
        Map<String, List<StoryRow>> fed = step.sinkFails() ? Map.of() : in;
        return scene.apply(stage.feed(fed, outcome -> scene.apply(outcome).holds()));
    }

    private Trace.Event failure(Map<String, List<StoryRow>> in, EngineStage stage) {
        List<StoryRow> written = stage.feedToFailingSink(in);
        stage.restart();
        return Trace.Event.sinkFailure(batch, in, written);
    }

    private Scene scene(Expected told, List<Trace.Event> before, Map<String, List<StoryRow>> in, Outcome outcome) {
        List<StoryRow> out = columns.ordered(outcome.out());
        Expected expected = told.read(literals, columns.schema());
        Outcome.Figures figures = outcome.figures();
        List<Trace.Event> events = new ArrayList<>(before);
        events.add(new Trace.Event(
                Trace.Kind.BATCH,
                batch,
                in,
                out,
                expected.ordered(),
                figures.watermark(),
                figures.state(),
                figures.dropped(),
                expected.look(),
                figures.millis()));
        return new Scene(batch, expected, events);
    }

    private Map<String, List<StoryRow>> in(Step step) {
        Map<String, List<StoryRow>> in = new LinkedHashMap<>();
        step.in()
                .forEach((name, rows) -> in.put(
                        name,
                        rows.stream()
                                .map(row -> literals.in(row, story.inputs().get(name)))
                                .toList()));
        return in;
    }

    private Trace trace(Throwable thrown) {
        Map<String, List<String>> inputs = new LinkedHashMap<>();
        story.inputs().forEach((name, schema) -> inputs.put(name, schema.names()));
        List<Trace.Event> events =
                scenes.stream().flatMap(scene -> scene.events().stream()).toList();
        return new Trace(
                story.title(),
                story.mode(),
                inputs,
                columns.names(),
                events,
                thrown == null ? null : Causes.rootName(thrown));
    }
}
