package workbook.evaluate.month;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import workbook.check.catalog.Workspace;

/**
 * The last run of {@code ./jbang fraud}, as it recorded itself in {@code .workbook/capstone/last-run.json}.
 *
 * @param time when it ended, UTC
 * @param seconds how long payments flowed
 * @param warmUpSeconds the time at its start whose latencies do not count
 * @param rate payments a second, as asked for
 * @param throughput payments scored a second, on average
 * @param done the points of the definition of done, in order
 * @param toScore from sending a payment until its score can be read
 * @param toBroker from sending a payment until it can be read: the broker's own share
 * @param scoredPerSecond payments scored in each second of the run
 */
public record CapstoneRun(
        Instant time,
        double seconds,
        double warmUpSeconds,
        double rate,
        double throughput,
        List<Point> done,
        Latencies toScore,
        Latencies toBroker,
        List<Double> scoredPerSecond) {

    /** How a point of the definition of done stands. */
    public enum Status {
        /** Measured, and it holds. */
        HELD,
        /** Measured, and it does not hold. */
        FAILED
    }

    /** A point of the definition of done, with what was measured. */
    public record Point(Status status, String claim, String figure) {

        /** A tick or a cross. */
        public String mark() {
            return status == Status.HELD ? "✔" : "✘";
        }
    }

    /** Milliseconds; {@code measured} says how many times they speak of. */
    public record Latencies(
            long measured, double p50, double p90, double p99, double p999, double max, List<PercentilePoint> curve) {

        /** All but the curve, from p50 to the maximum, as people read them. */
        List<String> figures() {
            return DoubleStream.of(p50, p90, p99, p999, max)
                    .mapToObj(ms -> String.format(Locale.ROOT, "%.1f", ms))
                    .toList();
        }
    }

    /** This share of payments, 0 to below 100 percent, took at the most so long. */
    public record PercentilePoint(double percentile, double ms) {}

    /** The run that was recorded last; none if there was none, or its record cannot be understood. */
    public static Optional<CapstoneRun> last(Workspace desk) {
        try {
            return Optional.ofNullable(Json.MAPPER.readValue(Files.readAllBytes(file(desk)), CapstoneRun.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Path file(Workspace desk) {
        return desk.home().resolve(".workbook/capstone/last-run.json");
    }

    /** The share, 0 to 1, of the points that held. */
    double shareHeld() {
        return done.stream()
                .mapToInt(point -> point.status() == Status.HELD ? 1 : 0)
                .average()
                .orElse(0);
    }
}
