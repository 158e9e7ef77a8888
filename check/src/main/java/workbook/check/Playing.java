package workbook.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Row;

/** One performance of a {@link Story}: plays it on a stage, to its end, writes down what happens, then compares. */
final class Playing {

    private final Story story;
    private final Literals literals;
    private final List<Scene> scenes = new ArrayList<>();
    private final Columns columns;
    private int batch;

    Playing(Story story, Columns columns) {
        this.story = story;
        this.columns = columns;
        this.literals = new Literals(story.day());
    }

    /**
     * Plays the story to its end, or until something is thrown. What came out wrong before that is reported first.
     *
     * @throws AssertionError if something else came out than was expected
     */
    void play(Stage stage) {
        String thrown = null;
        try (stage) {
            stage.start();
            story.steps().forEach(step -> scenes.add(play(step, stage)));
        } catch (Throwable t) {
            thrown = name(t);
            throw t;
        } finally {
            Recorder.add(trace(thrown));
            new Timeline(story, scenes).verify();
        }
    }

    private Scene play(Step step, Stage stage) {
        if (!step.isBatch()) {
            stage.restart();
            return new Scene(batch, step.expected(), List.of(Trace.Event.restart(batch)));
        }
        batch++;
        Map<String, List<Row>> in = in(step);
        List<Trace.Event> before = step.sinkFails() ? List.of(failure(in, stage)) : List.of();
        Function<Outcome, Scene> scene = outcome -> scene(step.expected(), before, in, outcome);
        Map<String, List<Row>> fed = step.sinkFails() ? Map.of() : in;
        return scene.apply(stage.feed(fed, outcome -> scene.apply(outcome).holds()));
    }

    private Trace.Event failure(Map<String, List<Row>> in, Stage stage) {
        List<Row> written = stage.feedToFailingSink(in);
        stage.restart();
        return Trace.Event.sinkFailure(batch, in, written);
    }

    private Scene scene(Expected told, List<Trace.Event> before, Map<String, List<Row>> in, Outcome outcome) {
        List<Row> out = columns.ordered(outcome.out());
        Expected expected = told.read(literals, columns.schema());
        Outcome.Figures figures = outcome.figures();
        List<Trace.Event> events = new ArrayList<>(before);
        events.add(new Trace.Event(Trace.Kind.BATCH, batch, in, out, expected.ordered(),
                figures.watermark(), figures.state(), figures.dropped(), expected.look(), figures.millis()));
        return new Scene(batch, expected, events);
    }

    private Map<String, List<Row>> in(Step step) {
        Map<String, List<Row>> in = new LinkedHashMap<>();
        step.in().forEach((name, rows) -> in.put(name,
                rows.stream().map(row -> literals.in(row, story.inputs().get(name))).toList()));
        return in;
    }

    private Trace trace(String thrown) {
        Map<String, List<String>> inputs = new LinkedHashMap<>();
        story.inputs().forEach((name, schema) -> inputs.put(name, List.of(schema.fieldNames())));
        List<Trace.Event> events = scenes.stream().flatMap(scene -> scene.events().stream()).toList();
        return new Trace(story.title(), story.mode(), inputs, columns.names(), events, thrown);
    }

    private static String name(Throwable thrown) {
        List<Throwable> causes = Causes.of(thrown);
        Throwable root = causes.get(causes.size() - 1);
        String condition = root instanceof SparkThrowable spark ? spark.getCondition() : null;
        return condition == null ? root.getClass().getName() : condition;
    }
}
