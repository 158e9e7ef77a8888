package workbook.capstone.monitoring;

import java.util.ArrayList;
import java.util.List;

/** The seven points of the definition of done, each with its measurement. */
public final class DefinitionOfDone {

    /** The status of a point. */
    public enum Status {
        /** Measured and true. */
        HELD("✔"),
        /** Measured and false. */
        FAILED("✘");

        private final String mark;

        Status(String mark) {
            this.mark = mark;
        }
    }

    /** One point, with its measurement. */
    public record Point(Status status, String claim, String figure) {}

    private final List<Point> points = new ArrayList<>();

    /** Adds a point with its measurement. */
    public DefinitionOfDone point(String claim, boolean holds, String figure) {
        points.add(new Point(holds ? Status.HELD : Status.FAILED, claim, figure));
        return this;
    }

    /** Returns the points so far, in order. */
    public List<Point> points() {
        return List.copyOf(points);
    }

    /** Whether every point holds. */
    public boolean holds() {
        return held() == points.size();
    }

    /** Returns a line per point, then the count. */
    @Override
    public String toString() {
        int width =
                points.stream().mapToInt(point -> point.claim().length()).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (Point point : points) {
            text.append(
                    String.format("  %s %-" + width + "s  %s%n", point.status().mark, point.claim(), point.figure()));
        }
        return text.append(String.format("  %d of %d passed%n", held(), points.size()))
                .toString();
    }

    private long held() {
        return points.stream().filter(point -> point.status() == Status.HELD).count();
    }
}
