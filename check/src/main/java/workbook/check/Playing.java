package workbook.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** One performance of a {@link Story}: plays it to an answer, to its end, writes down what happens, then compares. */
final class Playing {

    private final Story story;
    private final Literals literals;
    private final List<Scene> scenes = new ArrayList<>();
    private List<String> columns = List.of();
    private StructType output;
    private int batch;

    Playing(Story story) {
        this.story = story;
        this.literals = new Literals(story.day());
    }

    /**
     * Plays the story to its end, or until something is thrown. What came out wrong before that is reported first.
     *
     * @throws AssertionError if something else came out than was expected
     */
    void play(Function<Map<String, Dataset<Row>>, Dataset<Row>> answer) {
        String thrown = null;
        try (Query query = new Query(story, streams -> examined(answer.apply(streams)))) {
            query.start();
            story.steps().forEach(step -> scenes.add(play(step, query)));
        } catch (Throwable t) {
            thrown = name(t);
            throw t;
        } finally {
            Recorder.add(trace(thrown));
            new Timeline(story, scenes).verify();
        }
    }

    private Scene play(Step step, Query query) {
        if (!step.isBatch()) {
            query.restart();
            return new Scene(batch, step.expected(), List.of(Trace.Event.restart(batch)));
        }
        batch++;
        Map<String, List<Row>> in = in(step);
        Expected expected = step.expected().read(literals, output);
        List<Trace.Event> before = step.sinkFails() ? List.of(failure(in, query)) : List.of();
        Function<Outcome, Scene> scene = outcome -> scene(expected, before, in, outcome);
        Map<String, List<Row>> fed = step.sinkFails() ? Map.of() : in;
        return scene.apply(query.feed(fed, outcome -> scene.apply(outcome).holds()));
    }

    private Trace.Event failure(Map<String, List<Row>> in, Query query) {
        List<Row> written = query.feedToFailingSink(in);
        query.restart();
        return new Trace.Event(Trace.Kind.SINK_FAILURE, batch, in, written, false, null, 0, 0, 0);
    }

    private Scene scene(Expected expected, List<Trace.Event> before, Map<String, List<Row>> in, Outcome outcome) {
        Outcome.Figures figures = outcome.figures();
        List<Trace.Event> events = new ArrayList<>(before);
        events.add(new Trace.Event(Trace.Kind.BATCH, batch, in, outcome.out(), expected.ordered(),
                figures.watermark(), figures.state(), figures.dropped(), figures.millis()));
        return new Scene(batch, expected, events);
    }

    private Map<String, List<Row>> in(Step step) {
        Map<String, List<Row>> in = new LinkedHashMap<>();
        step.in().forEach((name, rows) -> in.put(name,
                rows.stream().map(row -> literals.in(row, story.inputs().get(name))).toList()));
        return in;
    }

    private Dataset<Row> examined(Dataset<Row> result) {
        if (result == null) {
            throw new AssertionError("The answer returned null where a Dataset was asked for.");
        }
        if (!result.isStreaming()) {
            throw new AssertionError("The answer is not a stream. Build it from the Dataset that is passed in.");
        }
        columns = List.of(result.columns());
        if (columns.size() != story.columns().size() || !columns.containsAll(story.columns())) {
            throw new AssertionError("columns out       " + String.join(", ", columns)
                    + "\ncolumns expected  " + String.join(", ", story.columns()));
        }
        columns = story.columns();
        Dataset<Row> ordered = result.select(columns.stream().map(result::col).toArray(Column[]::new));
        output = ordered.schema();
        return ordered;
    }

    private Trace trace(String thrown) {
        Map<String, List<String>> inputs = new LinkedHashMap<>();
        story.inputs().forEach((name, schema) -> inputs.put(name, List.of(schema.fieldNames())));
        List<Trace.Event> events = scenes.stream().flatMap(scene -> scene.events().stream()).toList();
        return new Trace(story.title(), story.mode(), inputs, columns, events, thrown);
    }

    private static String name(Throwable thrown) {
        List<Throwable> causes = Causes.of(thrown);
        Throwable root = causes.get(causes.size() - 1);
        String condition = root instanceof SparkThrowable spark ? spark.getCondition() : null;
        return condition == null ? root.getClass().getName() : condition;
    }
}
