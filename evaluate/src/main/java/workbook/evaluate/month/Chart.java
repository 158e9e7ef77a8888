package workbook.evaluate.month;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Lines over two axes, as SVG that takes its colours from the page. Its measures are those of the template
 * {@code chart.svg}.
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

    /** A line with its name, which the legend shows. The first is the one that matters. */
    record Line(String name, List<Dot> dots) {}

    /** Where a line passes. */
    record Dot(double x, double y) {}

    /** A mark and its place in the drawing. */
    record TickPosition(String at, String label) {}

    /** A line as the drawing needs it. */
    record Stroke(String name, int number, String path, int legendY) {}

    /**
     * @param title what is shown
     * @param description the same for those who cannot see it
     */
    Chart(String title, String description, Axis x, Axis y, List<Line> lines) {
        this.title = title;
        this.description = description;
        this.x = x;
        this.y = y;
        this.lines = lines;
    }

    List<TickPosition> columns() {
        return x.marks().stream()
                .map(mark -> new TickPosition(number(across(mark.value())), mark.label()))
                .toList();
    }

    List<TickPosition> rows() {
        return y.marks().stream()
                .map(mark -> new TickPosition(number(down(mark.value())), mark.label()))
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
