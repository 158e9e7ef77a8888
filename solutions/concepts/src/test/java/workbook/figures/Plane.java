package workbook.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import workbook.check.script.Trace;

/** A plane with event time upwards and batches to the right. */
final class Plane {

    static final double LEFT = 134;
    static final double TOP = 88;

    /** The width after the last batch. */
    private static final double TAIL = 24;

    private static final double ABOVE = 13;
    private static final double BELOW = 42;

    private final Svg svg;
    private final Batches batches;
    private final Instant from;
    private final Instant to;
    private final double bottom;

    /** A plane for the times between two instants, with a height. */
    Plane(Svg svg, Batches batches, Instant from, Instant to, double height) {
        this.svg = svg;
        this.batches = batches;
        this.from = from;
        this.to = to;
        this.bottom = TOP + height;
    }

    /** The height of a figure with a plane of a height and a number of text lines below it. */
    static int height(int plane, int rows) {
        return (int) (TOP + BELOW + plane + rows * Batches.LINE) + 24;
    }

    /** The y coordinate of the first text line below it. */
    double below() {
        return bottom + BELOW;
    }

    double right() {
        return batches.right() + TAIL;
    }

    /** The y coordinate of a time. */
    double y(Instant time) {
        double share = (double) Duration.between(from, time).toSeconds()
                / Duration.between(from, to).toSeconds();
        return bottom - share * (bottom - TOP);
    }

    boolean isAbove(Instant time) {
        return time.isAfter(to);
    }

    /** The axes, with a line at each multiple of a step. */
    Plane axes(Duration step) {
        svg.text("small end", LEFT - 10, TOP - 14, "event time, UTC");
        for (Instant tick = from; !tick.isAfter(to); tick = tick.plus(step)) {
            svg.line("grid", LEFT, y(tick), right(), y(tick));
            svg.text("small end", LEFT - 10, y(tick) + 4, Clock.HOURS.text(tick));
        }
        svg.line("axis", LEFT, TOP, LEFT, bottom);
        batches.grid(TOP, bottom);
        return this;
    }

    /** A range of event time, from a position in one batch to another. */
    void band(String style, double x1, double x2, Instant start, Instant end) {
        svg.rectangle(style, x1, y(end), x2 - x1, y(start) - y(end));
    }

    /** A line of the values after each batch, with steps between batches. Null where there is none yet; it may leave the plane. */
    void steps(String style, List<Instant> afterEach) {
        List<Double> points = new ArrayList<>();
        for (int column = 0; column < afterEach.size(); column++) {
            Instant time = afterEach.get(column);
            if (time != null && isAbove(time)) {
                points.addAll(List.of(batches.to(column), TOP - ABOVE));
                break;
            }
            if (time != null) {
                double next = column + 1 < afterEach.size() ? batches.to(column + 1) : right();
                points.addAll(List.of(batches.to(column), y(time), next, y(time)));
            }
        }
        svg.path(style, points.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** The watermark after each batch. */
    void watermark(List<Trace.Event> events) {
        steps("mark", events.stream().map(Trace.Event::watermark).toList());
    }

    /** A row with a label; a row above the plane is an arrow with its time. */
    void row(String style, Arrival row, String words) {
        double x = batches.place(row);
        if (isAbove(row.time())) {
            svg.path(style, x - 5, TOP - 3, x + 5, TOP - 3, x, TOP - ABOVE, x - 5, TOP - 3);
            svg.text("mono", x + 10, TOP - 4, words + " at " + Clock.HOURS.text(row.time()));
        } else {
            svg.circle(style, x, y(row.time()), 5);
            svg.text("mono", x + 10, y(row.time()) + ("late".equals(style) ? 12 : 4), words);
        }
    }
}
