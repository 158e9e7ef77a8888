package workbook.check.script;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import workbook.check.script.Difference.Batch;

/** What happened in a story, up to the first scene that went wrong. */
final class Timeline {

    private final Story story;
    private final boolean isCumulative;
    private final List<Scene> scenes;
    private final Times times;

    /** @param isCumulative as of the stage it was played on */
    Timeline(Story story, boolean isCumulative, List<Scene> scenes) {
        this.story = story;
        this.isCumulative = isCumulative;
        this.scenes = scenes;
        this.times = Times.of(scenes.stream().flatMap(Timeline::times).toList());
    }

    /** The first scene that went wrong and those before it; none if all went well. */
    Optional<Mismatch> mismatch() {
        return scenes.stream()
                .filter(scene -> !scene.holds())
                .findFirst()
                .map(wrong -> new Mismatch(difference(wrong)));
    }

    private Difference difference(Scene wrong) {
        return new Difference(
                story.title(),
                scenes.stream()
                        .takeWhile(scene -> scene != wrong)
                        .map(this::batch)
                        .toList(),
                heading(wrong),
                Stream.concat(in(wrong.end().in()), outAndExpected(wrong)).toList(),
                figures(wrong));
    }

    private Batch batch(Scene scene) {
        if (scene.isRestart()) {
            return new Batch(scene.batch(), story.batches(), true, false, 0, 0, isCumulative, null, false);
        }
        return new Batch(
                scene.batch(),
                story.batches(),
                false,
                scene.sinkFailed(),
                scene.end().in().values().stream().mapToInt(List::size).sum(),
                scene.out().size(),
                isCumulative,
                scene.end().watermark() == null ? null : times.text(scene.end().watermark()),
                !scene.expected().equals(Expected.ANYTHING));
    }

    private String heading(Scene scene) {
        return "batch " + scene.batch() + " of " + story.batches() + (isCumulative ? "" : ", " + story.mode() + " mode")
                + (scene.sinkFailed() ? ", the sink failed once and got the batch again" : "");
    }

    private String out() {
        return isCumulative ? "there" : "out";
    }

    private Stream<Table> in(Map<String, List<StoryRow>> in) {
        if (in.isEmpty()) {
            return Stream.of(new Table("in", List.of(), List.of()));
        }
        return in.entrySet().stream()
                .map(input -> Line.table(
                        input.getKey(), story.inputs().get(input.getKey()).names(), Line.all(input.getValue(), times)));
    }

    private Stream<Table> outAndExpected(Scene scene) {
        Expected expected = scene.expected();
        if (expected.rows() == null) {
            return Stream.of(Line.table(out(), story.columns(), Line.all(scene.out(), times)));
        }
        Comparison comparison = expected.ordered()
                ? Comparison.inOrder(scene.out(), expected.told(), times)
                : Comparison.inAnyOrder(scene.out(), expected.told(), times);
        return Stream.of(
                Line.table(out(), story.columns(), comparison.out()),
                Line.table(expected.ordered() ? "in order" : "expected", story.columns(), comparison.expected()));
    }

    /** The watermark, and whatever else the story speaks of. */
    private List<Difference.Figure> figures(Scene scene) {
        List<Expected.Figure> told = scene.expected().figures();
        boolean saysWatermark = told.stream().anyMatch(figure -> figure.name().equals(Expected.WATERMARK));
        Stream<Difference.Figure> watermark = saysWatermark || scene.end().watermark() == null
                ? Stream.empty()
                : Stream.of(new Difference.Figure(
                        Expected.WATERMARK, text(scene.end().watermark()), null));
        return Stream.concat(watermark, told.stream().map(figure -> figure(figure, scene.end())))
                .toList();
    }

    private Difference.Figure figure(Expected.Figure figure, Trace.Event event) {
        return new Difference.Figure(
                figure.name(),
                text(figure.actual().apply(event)),
                figure.holds(event) ? null : text(figure.expected()));
    }

    private String text(Object figure) {
        return figure == null ? "none" : figure instanceof Instant time ? times.text(time) : figure.toString();
    }

    private static Stream<Instant> times(Scene scene) {
        Stream<StoryRow> in = scene.end().in().values().stream().flatMap(List::stream);
        Stream<StoryRow> expected = scene.expected().rows() == null ? Stream.empty() : scene.expected().told().stream();
        Stream<Object> figures = Stream.concat(
                        Stream.of(Optional.ofNullable(scene.end().watermark())),
                        scene.expected().figures().stream().map(figure -> Optional.ofNullable(figure.expected())))
                .flatMap(Optional::stream);
        return Stream.concat(
                Stream.of(in, scene.out().stream(), expected)
                        .flatMap(rows -> rows)
                        .flatMap(Line::times),
                figures.filter(Instant.class::isInstance).map(Instant.class::cast));
    }
}
