package workbook.capstone;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import workbook.capstone.features.SharedFeatureStore;
import workbook.capstone.format.Encoding;
import workbook.capstone.format.Format;
import workbook.capstone.format.OpenFormat;
import workbook.capstone.inference.ModelRegistry;
import workbook.capstone.inference.Training;
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
import workbook.kit.Simulator;
import workbook.kit.schemas.LocalRegistry;
import workbook.kit.spark.Bill;

/** Measures how fast each query alone processes a backlog of payments, one after the other. */
final class Backlog implements AutoCloseable {

    private final Simulator.Settings simulation;
    private final Simulator simulator;
    private final int partitions;
    private final long size;
    private final FeaturesJob.Variant variant;
    private final Path models = Scratch.folder("backlog-models-");
    private final LocalKafka kafka;
    private final SparkSession spark;

    /** Payments per second of each query. */
    record Rates(double scoring, double lake, double features) {}

    Backlog(long seed, int partitions, long size, FeaturesJob.Variant variant) {
        simulation = Simulator.Settings.defaults().withSeed(seed);
        simulator = new Simulator(simulation);
        this.partitions = partitions;
        this.size = size;
        this.variant = variant;
        new ModelRegistry(models).publish(Training.on(simulator, simulation));
        kafka = LocalKafka.start();
        spark = Sessions.start(partitions);
        Topics.create(kafka, partitions);
    }

    /** Sends the backlog in this format, and prints each rate as soon as it is measured. */
    Rates measure(Encoding encoding) throws Exception {
        PipelineFolder folder = new PipelineFolder(Scratch.folder("backlog-"));
        String store = "embedded:" + folder.path().getFileName();
        try (OpenFormat opened = OpenFormat.of(encoding, () -> LocalRegistry.start(folder.schemas(), 0));
                SharedFeatureStore ignored = SharedFeatureStore.of(store)) {
            return measure(opened.format(), folder, store);
        }
    }

    private Rates measure(Format format, PipelineFolder folder, String store) throws Exception {
        String bootstrap = kafka.bootstrapServers();
        Positions from = Topics.ends(kafka);
        long sent = produce(format);
        print("A backlog of %,d payments%n", sent);

        long began = System.nanoTime();
        StreamingQuery query = new ScoringJob(
                        bootstrap,
                        format,
                        from.of(Topics.PAYMENTS).toJson(),
                        models,
                        store,
                        folder.checkpoint("scoring"))
                .start(spark);
        await(() -> query.exception().isDefined() || written(from) >= sent);
        double scoring = rate("scoring", sent, began);
        query.stop();

        began = System.nanoTime();
        Lake lake = new Lake(folder.lake());
        Bill bill = bill(new LakeJob(
                bootstrap,
                format,
                from.of(Topics.PAYMENTS, Topics.SCORES).toJson(),
                lake,
                folder.checkpoint("lake"),
                BatchJob.AVAILABLE_NOW));
        double toLake = rate("lake", lake.count(spark, Lake.SILVER), began);
        print(bill);

        began = System.nanoTime();
        bill = bill(new FeaturesJob(
                bootstrap,
                format,
                from.of(Topics.PAYMENTS).toJson(),
                store,
                lake,
                variant,
                folder.checkpoint("features"),
                BatchJob.AVAILABLE_NOW));
        double features = rate("features", lake.count(spark, Lake.FEATURES) / 2, began);
        print(bill);
        return new Rates(scoring, toLake, features);
    }

    private Bill bill(BatchJob job) throws Exception {
        return Bill.of(spark, () -> job.start(spark).awaitTermination());
    }

    private static void print(Bill bill) {
        print(
                "               %d jobs, %,d tasks, %,d records read, %,d rows shuffled, %,d bytes spilled%n",
                bill.jobs(), bill.tasks(), bill.inputRows(), bill.shuffledRows(), bill.spilledBytes());
    }

    private long produce(Format format) {
        try (PaymentProducer producer = new PaymentProducer(kafka.bootstrapServers(), format)) {
            Training.unknownPayments(simulator, simulation)
                    .limit(size)
                    .forEach(simulated -> producer.send(simulated.payment()));
            producer.flush();
            return producer.payments();
        }
    }

    private long written(Positions from) {
        return TopicReader.ends(kafka.bootstrapServers(), List.of(Topics.SCORES))
                        .total()
                - from.of(Topics.SCORES).total();
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private static double rate(String query, long payments, long began) {
        double seconds = (System.nanoTime() - began) / 1e9;
        print("  %-12s %,10.0f payments/s   (%.0f s, including startup)%n", query, payments / seconds, seconds);
        return payments / seconds;
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }

    @Override
    public void close() {
        spark.stop();
        kafka.close();
    }
}
