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
 * The record of the last run of {@code ./jbang fraud}, from {@code .workbook/capstone/last-run.json}.
 *
 * @param time the end of the run, UTC
 * @param seconds how long payments were sent
 * @param warmUpSeconds the time at the start whose latencies are not counted
 * @param rate payments per second, as requested
 * @param throughput payments scored per second, on average
 * @param done the points of the definition of done, in order
 * @param toScore latency from sending a payment until a consumer has its score
 * @param toBroker latency from sending a payment until a plain consumer has it
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

    /** The state of a point of the definition of done. */
    public enum Status {
        /** Met in the run. */
        HELD,
        /** Not met in the run. */
        FAILED
    }

    /** A point of the definition of done and its measurement. */
    public record Point(Status status, String claim, String figure) {

        /** A check mark or a cross. */
        public String mark() {
            return status == Status.HELD ? "✔" : "✘";
        }
    }

    /** Latencies in milliseconds; {@code measured} is the number of measurements. */
    public record Latencies(
            long measured, double p50, double p90, double p99, double p999, double max, List<PercentilePoint> curve) {

        /** The percentiles from p50 to the maximum, formatted. */
        List<String> figures() {
            return DoubleStream.of(p50, p90, p99, p999, max)
                    .mapToObj(ms -> String.format(Locale.ROOT, "%.1f", ms))
                    .toList();
        }
    }

    /** A percentile, 0 to below 100, and its latency. */
    public record PercentilePoint(double percentile, double ms) {}

    /** Reads the record of the last run; empty if there is none or it is invalid. */
    public static Optional<CapstoneRun> last(Workspace workspace) {
        try {
            return Optional.ofNullable(Json.MAPPER.readValue(Files.readAllBytes(file(workspace)), CapstoneRun.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Path file(Workspace workspace) {
        return workspace.home().resolve(".workbook/capstone/last-run.json");
    }

    /** The share of the points that are met, 0 to 1. */
    double shareHeld() {
        return done.stream()
                .mapToInt(point -> point.status() == Status.HELD ? 1 : 0)
                .average()
                .orElse(0);
    }
}
