package workbook.capstone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import workbook.capstone.format.Encoding;
import workbook.capstone.monitoring.Latencies;
import workbook.capstone.spark.FeaturesJob;
import workbook.kit.Scratch;

/**
 * {@code ./jbang fraud --bench}: measures the highest rate of the pipeline on this machine. First all queries run, at
 * rates that double until p99 reaches 1 s; then each query alone processes a backlog, with
 * the {@link workbook.kit.spark.Bill} of the micro-batch queries.
 */
final class Benchmark {

    private static final double FIRST_RATE = 500;
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration PLATEAU = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double LIMIT_MS = 1_000;
    private static final double BASE_RATE = 300;

    private final long seed;
    private final int partitions;
    private final long backlog;
    private final FeaturesJob.Variant variant;
    private final Encoding encoding;

    Benchmark(long seed, int partitions, long backlog, FeaturesJob.Variant variant, Encoding encoding) {
        this.seed = seed;
        this.partitions = partitions;
        this.backlog = backlog;
        this.variant = variant;
        this.encoding = encoding;
    }

    /** Runs the benchmark, and prints each row as soon as it is measured. */
    void run() {
        try (Pipeline pipeline = Pipeline.start(new Pipeline.Settings(
                seed, partitions, 0, Scratch.folder("lake-"), variant, false, encoding, Optional.empty()))) {
            sustained(pipeline);
            pipeline.finish();
        }
        try {
            catchUp();
        } catch (Exception e) {
            throw new IllegalStateException("A query did not finish the backlog: " + e.getMessage(), e);
        }
        memory();
    }

    private void sustained(Pipeline pipeline) {
        print(
                "All queries running%n  %-12s %26s   %26s%n",
                "payments/s", "to the score p50 / p99", "to a consumer p50 / p99");
        pipeline.run(BASE_RATE, WARM_UP, () -> true);
        plateau(pipeline, BASE_RATE);
        double held = 0;
        for (double rate = FIRST_RATE; plateau(pipeline, rate); rate *= 2) {
            held = rate;
        }
        print("  sustained with p99 < 1 s: %,.0f payments/s%n%n", held);
    }

    /** Whether the pipeline kept up. */
    private static boolean plateau(Pipeline pipeline, double rate) {
        pipeline.outcomes().endWarmUp();
        long before = pipeline.payments();
        long began = System.nanoTime();
        pipeline.run(rate, PLATEAU, () -> true);
        try {
            pipeline.drain(PATIENCE);
        } catch (Pipeline.PipelineException e) {
            pipeline.check();
            print("  %,12.0f   not scored within %d s%n", rate, PATIENCE.toSeconds());
            return false;
        }
        double reached = (pipeline.payments() - before) * 1e9 / (System.nanoTime() - began);
        Latencies score = pipeline.outcomes().toScore().latencies();
        Latencies broker = pipeline.outcomes().toBroker().latencies();
        print(
                "  %,12.0f %15.1f / %5.1f ms   %15.1f / %5.1f ms%n",
                reached, score.p50(), score.p99(), broker.p50(), broker.p99());
        return score.p99() < LIMIT_MS && reached > 0.9 * rate;
    }

    private void catchUp() throws Exception {
        try (Backlog queries = new Backlog(seed, partitions, backlog, variant)) {
            queries.measure(encoding);
        }
    }

    /** Prints the peak resident memory of the process, off-heap memory included, as Linux reports it. */
    private static void memory() {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return;
        }
        try {
            Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .forEach(line -> print(
                            "%nPeak memory, broker included: %,d MB%n",
                            Long.parseLong(line.replaceAll("\\D", "")) / 1_024));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
