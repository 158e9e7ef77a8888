package workbook.figures;

import static workbook.check.script.Script.row;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import workbook.check.script.ScriptRow;
import workbook.check.script.Trace;

/** The columns of a figure: the batches of a trace, from left to right, each with its figures from the trace below. */
final class Batches {

    private static final int RIGHT = Svg.WIDTH - 34;
    static final double LINE = 20;

    private final Svg svg;
    private final double left;
    private final List<Trace.Event> events;

    /** Columns from x to the right edge. Events other than batches have none. */
    Batches(Svg svg, double left, List<Trace.Event> events) {
        this.svg = svg;
        this.left = left;
        this.events = events;
    }

    int count() {
        return events.size();
    }

    double left() {
        return left;
    }

    double right() {
        return RIGHT;
    }

    double from(int column) {
        return left + column * width();
    }

    double to(int column) {
        return from(column + 1);
    }

    double middle(int column) {
        return from(column) + width() / 2;
    }

    double width() {
        return (RIGHT - left) / events.size();
    }

    /** The x coordinate of a row among those of its batch, with room for a label to its right. */
    double place(Arrival row) {
        double share = width() / row.of();
        return from(row.event()) + share * row.place() + Math.min(share / 2, 22);
    }

    /** Lines between the batches, and their numbers below. */
    void grid(double top, double bottom) {
        IntStream.range(1, count()).forEach(column -> svg.line("grid", from(column), top, from(column), bottom));
        row(bottom + 16, "", "small", event -> "batch " + event.batch());
    }

    /** Three lines from y on: the watermark, the output, and the number of rows in state. */
    void told(double y, Clock clock, Function<ScriptRow, String> out, String kept) {
        row(y, "watermark after it", "mono marktext", event -> clock.text(event.watermark()));
        row(
                y + LINE,
                "output",
                "mono out",
                event -> event.out().isEmpty()
                        ? "nothing"
                        : event.out().stream().map(out).collect(Collectors.joining("; ")));
        row(y + 2 * LINE, kept + " in state", "mono", event -> String.valueOf(event.state()));
    }

    /** A line at y: its name, if it has one, and a text for each batch. */
    void row(double y, String name, String style, Function<Trace.Event, String> words) {
        if (!name.isEmpty()) {
            svg.text("small end", left - 10, y, name);
        }
        IntStream.range(0, count())
                .forEach(column -> svg.text(style + " middle", middle(column), y, words.apply(events.get(column))));
    }
}
