package workbook.capstone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import workbook.capstone.inference.ModelRegistry;
import workbook.capstone.inference.Training;
import workbook.capstone.monitoring.Latencies;
import workbook.capstone.spark.BatchJob;
import workbook.capstone.spark.FeaturesJob;
import workbook.capstone.spark.Lake;
import workbook.capstone.spark.LakeJob;
import workbook.capstone.spark.PipelineFolder;
import workbook.capstone.spark.ScoringJob;
import workbook.capstone.spark.Sessions;
import workbook.capstone.streaming.PaymentProducer;
import workbook.capstone.streaming.Positions;
import workbook.capstone.streaming.TopicReader;
import workbook.capstone.streaming.Topics;
import workbook.kit.LocalKafka;
import workbook.kit.Scratch;
import workbook.kit.SimulatedPayment;
import workbook.kit.Simulator;
import workbook.kit.spark.Bill;

/**
 * {@code ./jbang fraud --bench}: measures the highest rate of the pipeline on this machine. First all queries run, at
 * rates that double until p99 reaches 1 s; then each query alone processes a backlog, with
 * the {@link Bill} of the micro-batch queries.
 */
final class Benchmark {

    private static final double FIRST_RATE = 500;
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration PLATEAU = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double LIMIT_MS = 1_000;
    private static final double BASE_RATE = 300;
    private static final String STORE = "embedded:backlog";

    private final long seed;
    private final int partitions;
    private final long backlog;
    private final FeaturesJob.Variant variant;

    Benchmark(long seed, int partitions, long backlog, FeaturesJob.Variant variant) {
        this.seed = seed;
        this.partitions = partitions;
        this.backlog = backlog;
        this.variant = variant;
    }

    /** Runs the benchmark, and prints each row as soon as it is measured. */
    void run() {
        try (Pipeline pipeline =
                Pipeline.start(new Pipeline.Settings(seed, partitions, 0, Scratch.folder("lake-"), variant, false))) {
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
        Simulator.Settings simulation = Simulator.Settings.defaults().withSeed(seed);
        Simulator simulator = new Simulator(simulation);
        PipelineFolder folder = new PipelineFolder(Scratch.folder("backlog-"));
        new ModelRegistry(folder.models()).publish(Training.on(simulator, simulation));
        try (LocalKafka kafka = LocalKafka.start();
                SparkSession spark = Sessions.start(partitions)) {
            Topics.create(kafka, partitions);
            Positions from = Topics.ends(kafka);
            String bootstrap = kafka.bootstrapServers();
            long sent = produce(bootstrap, Training.unknownPayments(simulator, simulation));
            print("A backlog of %,d payments%n", sent);

            long began = System.nanoTime();
            StreamingQuery scoring = new ScoringJob(
                            bootstrap,
                            from.of(Topics.PAYMENTS).toJson(),
                            folder.models(),
                            STORE,
                            folder.checkpoint("scoring"))
                    .start(spark);
            await(() -> scoring.exception().isDefined() || written(bootstrap, from) >= sent);
            rate("scoring", sent, began);
            scoring.stop();

            began = System.nanoTime();
            Lake lake = new Lake(folder.lake());
            Bill bill = bill(
                    spark,
                    new LakeJob(
                            bootstrap,
                            from.of(Topics.PAYMENTS, Topics.SCORES).toJson(),
                            lake,
                            folder.checkpoint("lake"),
                            BatchJob.AVAILABLE_NOW));
            rate("lake", lake.count(spark, Lake.SILVER), began);
            print(bill);

            began = System.nanoTime();
            bill = bill(
                    spark,
                    new FeaturesJob(
                            bootstrap,
                            from.of(Topics.PAYMENTS).toJson(),
                            STORE,
                            lake,
                            variant,
                            folder.checkpoint("features"),
                            BatchJob.AVAILABLE_NOW));
            rate("features", lake.count(spark, Lake.FEATURES) / 2, began);
            print(bill);
        }
    }

    private static Bill bill(SparkSession spark, BatchJob job) throws Exception {
        return Bill.of(spark, () -> job.start(spark).awaitTermination());
    }

    private static void print(Bill bill) {
        print(
                "               %d jobs, %,d tasks, %,d records read, %,d rows shuffled, %,d bytes spilled%n",
                bill.jobs(), bill.tasks(), bill.inputRows(), bill.shuffledRows(), bill.spilledBytes());
    }

    private long produce(String bootstrap, Stream<SimulatedPayment> payments) {
        try (PaymentProducer producer = new PaymentProducer(bootstrap)) {
            payments.limit(backlog).forEach(simulated -> producer.send(simulated.payment()));
            producer.flush();
            return producer.payments();
        }
    }

    private static long written(String bootstrap, Positions from) {
        return TopicReader.ends(bootstrap, List.of(Topics.SCORES)).total()
                - from.of(Topics.SCORES).total();
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private static void rate(String query, long payments, long began) {
        double seconds = (System.nanoTime() - began) / 1e9;
        print("  %-12s %,10.0f payments/s   (%.0f s, including startup)%n", query, payments / seconds, seconds);
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
