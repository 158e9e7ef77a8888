package workbook.capstone.monitoring;

import java.util.ArrayList;
import java.util.List;

/** The seven points by which the pipeline is done, each with what was measured. */
public final class DefinitionOfDone {

    /** How a point stands. */
    public enum Status {
        /** Measured, and it holds. */
        HELD("✔"),
        /** Measured, and it does not hold. */
        FAILED("✘");

        private final String mark;

        Status(String mark) {
            this.mark = mark;
        }
    }

    /** One point, with what was measured. */
    public record Point(Status status, String claim, String figure) {}

    private final List<Point> points = new ArrayList<>();

    /** A point with its measured figure. */
    public DefinitionOfDone point(String claim, boolean holds, String figure) {
        points.add(new Point(holds ? Status.HELD : Status.FAILED, claim, figure));
        return this;
    }

    /** The points so far, in order. */
    public List<Point> points() {
        return List.copyOf(points);
    }

    /** Whether every point holds. */
    public boolean holds() {
        return held() == points.size();
    }

    /** A line a point, then the count. */
    @Override
    public String toString() {
        int width =
                points.stream().mapToInt(point -> point.claim().length()).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (Point point : points) {
            text.append(
                    String.format("  %s %-" + width + "s  %s%n", point.status().mark, point.claim(), point.figure()));
        }
        return text.append(String.format("  %d of %d held%n", held(), points.size()))
                .toString();
    }

    private long held() {
        return points.stream().filter(point -> point.status() == Status.HELD).count();
    }
}
