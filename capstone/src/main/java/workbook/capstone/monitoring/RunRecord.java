package workbook.capstone.monitoring;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The record of a run in {@code .workbook/capstone/last-run.json}, for the month's report.
 *
 * @param time when the run ended, UTC, as ISO 8601
 * @param seconds how long the run took, until the last payment was scored
 * @param warmUpSeconds the time at its start whose latencies are excluded
 * @param rate payments sent per second, as configured
 * @param throughput payments scored per second, on average
 * @param done the points of the definition of done, in order
 * @param toScore from sending a payment until a consumer reads its score
 * @param toBroker from sending a payment until a plain consumer reads it
 * @param scoredPerSecond payments scored in each second of the run
 */
public record RunRecord(
        String time,
        double seconds,
        double warmUpSeconds,
        double rate,
        double throughput,
        List<DefinitionOfDone.Point> done,
        Latencies toScore,
        Latencies toBroker,
        List<Double> scoredPerSecond) {

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * The measurements of a run's payments.
     *
     * @param length how long the run took, until the last payment was scored
     * @param warmUp the time at the start whose latencies are excluded
     * @param rate payments sent per second, as configured
     * @param throughput payments scored per second, on average
     * @param scoredPerSecond payments scored in each second
     */
    public record Flow(
            Duration length, Duration warmUp, double rate, double throughput, List<Double> scoredPerSecond) {}

    /** Creates the record of a run that ended at this time, UTC. */
    public static RunRecord of(Instant time, Flow flow, DefinitionOfDone done, Outcomes outcomes) {
        return new RunRecord(
                time.toString(),
                seconds(flow.length()),
                seconds(flow.warmUp()),
                flow.rate(),
                flow.throughput(),
                done.points(),
                outcomes.toScore().latencies(),
                outcomes.toBroker().latencies(),
                flow.scoredPerSecond());
    }

    /**
     * Replaces the record in the project's folder atomically.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public void saveTo(Path home) {
        Path file = home.resolve(".workbook/capstone/last-run.json");
        try {
            Files.createDirectories(file.getParent());
            Path whole = Files.write(
                    file.resolveSibling("run-" + ProcessHandle.current().pid() + ".json"),
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The record of this run could not be written to " + file + ": " + e.getMessage(), e);
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
