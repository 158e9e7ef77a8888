package workbook.evaluate.month;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A line chart as SVG, with the colours of the page. The constants are the measures of the template {@code chart.svg}.
 */
final class Chart {

    static final int LEFT = 52;
    static final int RIGHT = 452;
    static final int TOP = 12;
    static final int BOTTOM = 212;

    final String title;
    final String description;
    final Axis x;
    final Axis y;
    final List<Line> lines;

    /** A line and its name in the legend. The first line is the main one. */
    record Line(String name, List<Dot> dots) {}

    /** A point of a line. */
    record Dot(double x, double y) {}

    /** A tick and its position in the drawing. */
    record TickPosition(String at, String label) {}

    /** A line as an SVG path. */
    record Stroke(String name, int number, String path, int legendY) {}

    /**
     * @param title the title
     * @param description the content in words, for screen readers and below the chart
     */
    Chart(String title, String description, Axis x, Axis y, List<Line> lines) {
        this.title = title;
        this.description = description;
        this.x = x;
        this.y = y;
        this.lines = lines;
    }

    List<TickPosition> columns() {
        return x.ticks().stream()
                .map(tick -> new TickPosition(number(across(tick.value())), tick.label()))
                .toList();
    }

    List<TickPosition> rows() {
        return y.ticks().stream()
                .map(tick -> new TickPosition(number(down(tick.value())), tick.label()))
                .toList();
    }

    List<Stroke> strokes() {
        return lines.stream()
                .map(line -> new Stroke(
                        line.name(), 1 + lines.indexOf(line), path(line), TOP + 14 + 16 * lines.indexOf(line)))
                .toList();
    }

    private String path(Line line) {
        return line.dots().stream()
                .map(dot -> number(across(dot.x())) + " " + number(down(dot.y())))
                .collect(Collectors.joining(" L ", "M ", ""));
    }

    private double across(double value) {
        return LEFT + x.at(value) * (RIGHT - LEFT);
    }

    private double down(double value) {
        return BOTTOM - y.at(value) * (BOTTOM - TOP);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
