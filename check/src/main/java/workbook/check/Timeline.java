package workbook.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/** What happened in a story, told up to the first scene that went wrong: that one in full, a line for each before it. */
final class Timeline {

    private final Story story;
    private final List<Scene> scenes;
    private final Times times;

    Timeline(Story story, List<Scene> scenes) {
        this.story = story;
        this.scenes = scenes;
        this.times = Times.of(scenes.stream().flatMap(Timeline::times).toList());
    }

    /** @throws AssertionError if a scene went wrong */
    void verify() {
        Optional<Scene> wrong = scenes.stream().filter(scene -> !scene.holds()).findFirst();
        if (wrong.isPresent()) {
            throw new AssertionError(text(wrong.get()));
        }
    }

    private String text(Scene wrong) {
        Stream<String> title = Stream.of(story.title()).filter(line -> !line.isEmpty());
        Stream<String> before = scenes.stream().takeWhile(scene -> scene != wrong).map(this::line);
        String head = Stream.of(title, before, Stream.of(heading(wrong))).flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
        return Stream.concat(Stream.of(head), blocks(wrong)).collect(Collectors.joining("\n\n"));
    }

    private String line(Scene scene) {
        if (scene.isRestart()) {
            return "restart from the checkpoint";
        }
        List<String> parts = new ArrayList<>(List.of(place(scene)));
        if (scene.sinkFailed()) {
            parts.add("the sink failed once");
        }
        parts.add(scene.end().in().values().stream().mapToInt(List::size).sum() + " in");
        parts.add(scene.out().size() + " " + out());
        if (scene.end().watermark() != null) {
            parts.add("watermark " + times.text(scene.end().watermark()));
        }
        if (!scene.expected().equals(Expected.ANYTHING)) {
            parts.add("right");
        }
        return String.join(" · ", parts);
    }

    private String heading(Scene scene) {
        return place(scene) + (story.cumulative() ? "" : ", " + story.mode() + " mode")
                + (scene.sinkFailed() ? ", the sink failed once and got the batch again" : "");
    }

    private String out() {
        return story.cumulative() ? "there" : "out";
    }

    private String place(Scene scene) {
        return "batch " + scene.batch() + " of " + story.batches();
    }

    private Stream<String> blocks(Scene scene) {
        return Stream.of(in(scene.end().in()), outAndExpected(scene), figures(scene)).flatMap(blocks -> blocks);
    }

    private Stream<String> in(Map<String, List<Row>> in) {
        if (in.isEmpty()) {
            return Stream.of(new Table("in", List.of(), List.of()).toString());
        }
        return in.entrySet().stream().map(input -> new Table(input.getKey(),
                List.of(story.inputs().get(input.getKey()).fieldNames()),
                Line.all(input.getValue(), times)).toString());
    }

    private Stream<String> outAndExpected(Scene scene) {
        Expected expected = scene.expected();
        if (expected.rows() == null) {
            return Stream.of(new Table(out(), story.columns(), Line.all(scene.out(), times)).toString());
        }
        Comparison comparison = expected.ordered()
                ? Comparison.inOrder(scene.out(), expected.told(), times)
                : Comparison.inAnyOrder(scene.out(), expected.told(), times);
        return Stream.of(
                new Table(out(), story.columns(), comparison.out()).toString(),
                new Table(expected.ordered() ? "in order" : "expected", story.columns(), comparison.expected())
                        .toString());
    }

    /** The watermark, and whatever else the story speaks of. */
    private Stream<String> figures(Scene scene) {
        List<Expected.Figure> told = scene.expected().figures();
        boolean saysWatermark = told.stream().anyMatch(figure -> figure.name().equals(Expected.WATERMARK));
        Stream<String> watermark = saysWatermark || scene.end().watermark() == null
                ? Stream.empty()
                : Stream.of(labelled(Expected.WATERMARK, text(scene.end().watermark())));
        String lines = Stream.concat(watermark, told.stream().map(figure -> line(figure, scene.end())))
                .collect(Collectors.joining("\n"));
        return lines.isEmpty() ? Stream.empty() : Stream.of(lines);
    }

    private String line(Expected.Figure figure, Trace.Event event) {
        String actual = labelled(figure.name(), text(figure.actual().apply(event)));
        return figure.holds(event) ? actual : actual + "  expected " + text(figure.expected());
    }

    private String text(Object figure) {
        return figure == null ? "none" : figure instanceof Instant time ? times.text(time) : figure.toString();
    }

    private static String labelled(String label, String text) {
        return String.format("%-9s  %s", label, text);
    }

    private static Stream<Instant> times(Scene scene) {
        Stream<Row> in = scene.end().in().values().stream().flatMap(List::stream);
        Stream<Row> expected = scene.expected().rows() == null ? Stream.empty() : scene.expected().told().stream();
        Stream<Object> figures = Stream.concat(Stream.of(Optional.ofNullable(scene.end().watermark())),
                scene.expected().figures().stream().map(figure -> Optional.ofNullable(figure.expected())))
                .flatMap(Optional::stream);
        return Stream.concat(
                Stream.of(in, scene.out().stream(), expected).flatMap(rows -> rows).flatMap(Line::times),
                figures.filter(Instant.class::isInstance).map(Instant.class::cast));
    }
}
