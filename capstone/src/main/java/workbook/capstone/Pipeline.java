package workbook.capstone;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import workbook.capstone.batch.Chargebacks;
import workbook.capstone.batch.GoldTables;
import workbook.capstone.features.SharedFeatureStore;
import workbook.capstone.format.Encoding;
import workbook.capstone.format.Format;
import workbook.capstone.format.OpenFormat;
import workbook.capstone.inference.FraudModel;
import workbook.capstone.inference.ModelRegistry;
import workbook.capstone.inference.Training;
import workbook.capstone.monitoring.Outcomes;
import workbook.capstone.monitoring.QueryStatusListener;
import workbook.capstone.monitoring.SchemaVersions;
import workbook.capstone.monitoring.Snapshot;
import workbook.capstone.spark.BatchJob;
import workbook.capstone.spark.CustomersJob;
import workbook.capstone.spark.FeaturesJob;
import workbook.capstone.spark.Job;
import workbook.capstone.spark.Lake;
import workbook.capstone.spark.LakeJob;
import workbook.capstone.spark.LedgerJob;
import workbook.capstone.spark.PipelineFolder;
import workbook.capstone.spark.ScoringJob;
import workbook.capstone.spark.Sessions;
import workbook.capstone.streaming.CustomerRegister;
import workbook.capstone.streaming.PaymentProducer;
import workbook.capstone.streaming.Positions;
import workbook.capstone.streaming.Replay;
import workbook.capstone.streaming.TopicReader;
import workbook.capstone.streaming.Topics;
import workbook.kit.LocalKafka;
import workbook.kit.Scratch;
import workbook.kit.SimulatedPayment;
import workbook.kit.Simulator;
import workbook.kit.schemas.LocalRegistry;

/**
 * The whole pipeline in one JVM: a broker, a model trained on simulated history, the queries for scores, lake, features
 * and customers, a producer for the days that follow, and readers of the output topics.
 *
 * <pre>{@code
 * try (Pipeline pipeline = Pipeline.start(settings)) {
 *     pipeline.run(300, Duration.ofSeconds(60), () -> true);
 *     pipeline.drain(Duration.ofSeconds(30));
 *     ... pipeline.outcomes() ...
 * }
 * }</pre>
 */
public final class Pipeline implements AutoCloseable {

    private static final Duration FIRST_SCORE = Duration.ofMinutes(2);

    private final ClosingStack opened;
    private final SparkSession spark;
    private final QueryStatusListener queries;
    private final FraudModel.Card model;
    private final Lake lake;
    private final Optional<LedgerJob> ledger;
    private final List<BatchJob> batchJobs = new ArrayList<>();
    private final List<StreamingQuery> running = new ArrayList<>();
    private final PaymentProducer producer;
    private final Replay replay;
    private final List<TopicReader> readers = new ArrayList<>();
    private final Outcomes outcomes = new Outcomes();
    private final SchemaVersions versions;

    /**
     * The settings of a run.
     *
     * @param seed of the simulation
     * @param partitions of the topic {@code payments}
     * @param malformedShare malformed records per payment, such as 0.01
     * @param lake the folder of the Delta tables
     * @param variant computes the features
     * @param withLedger whether to run the {@link LedgerJob} as well, with its table in the same folder
     * @param encoding of payments and scores; schemas are kept in the folder of the tables, as {@code bronze} has records as
     *     received
     * @param evolveAfter when to send payments of a second version, too; empty for never
     */
    public record Settings(
            long seed,
            int partitions,
            double malformedShare,
            Path lake,
            FeaturesJob.Variant variant,
            boolean withLedger,
            Encoding encoding,
            Optional<Duration> evolveAfter) {}

    private Pipeline(Settings settings, ClosingStack opened) throws TimeoutException {
        this.opened = opened;
        Simulator.Settings simulation = Simulator.Settings.defaults().withSeed(settings.seed());
        Simulator simulator = new Simulator(simulation);
        PipelineFolder folder = new PipelineFolder(Scratch.folder("fraud-"));
        OpenFormat opening = OpenFormat.of(
                settings.encoding(), () -> LocalRegistry.start(new PipelineFolder(settings.lake()).schemas(), 0));
        opened.add(opening::close);
        Format format = opening.format();
        // Kafka, Spark and the training start in parallel: each takes seconds.
        CompletableFuture<LocalKafka> startingKafka = LocalKafka.startInBackground();
        opened.add(() -> closeOnceStarted(startingKafka));
        CompletableFuture<FraudModel> training = CompletableFuture.supplyAsync(() -> {
            FraudModel trained = Training.on(simulator, simulation);
            new ModelRegistry(folder.models()).publish(trained);
            return trained;
        });
        String store = "embedded:" + folder.path().getFileName();
        opened.add(() -> SharedFeatureStore.of(store).close());
        spark = Sessions.start(settings.partitions());
        opened.add(spark::stop);
        queries = QueryStatusListener.on(spark);
        LocalKafka kafka = startingKafka.join();
        Topics.create(kafka, settings.partitions());
        Positions from = Topics.ends(kafka);
        Sessions.requireSlots(spark, from.of(Topics.PAYMENTS).partitions());
        model = training.join().card();

        String bootstrap = kafka.bootstrapServers();
        versions = new SchemaVersions(format);
        Job scoring = new ScoringJob(
                bootstrap,
                format,
                from.of(Topics.PAYMENTS).toJson(),
                folder.models(),
                store,
                folder.checkpoint("scoring"));
        lake = new Lake(settings.lake());
        batchJobs.add(new LakeJob(
                bootstrap,
                format,
                from.of(Topics.PAYMENTS, Topics.SCORES).toJson(),
                lake,
                folder.checkpoint("lake"),
                BatchJob.EVERY_10_SECONDS));
        batchJobs.add(new FeaturesJob(
                bootstrap,
                format,
                from.of(Topics.PAYMENTS).toJson(),
                store,
                lake,
                settings.variant(),
                folder.checkpoint("features"),
                BatchJob.EVERY_10_SECONDS));
        batchJobs.add(new CustomersJob(bootstrap, lake, folder.checkpoint("customers"), BatchJob.EVERY_MINUTE));
        ledger = !settings.withLedger()
                ? Optional.empty()
                : Optional.of(new LedgerJob(
                        bootstrap,
                        format,
                        from.of(Topics.PAYMENTS).toJson(),
                        settings.lake().resolve("ledger"),
                        settings.lake().resolve("rules"),
                        folder.checkpoint("ledger"),
                        BatchJob.EVERY_10_SECONDS));
        ledger.ifPresent(batchJobs::add);
        producer = new PaymentProducer(bootstrap, format);
        opened.add(producer::close);
        CustomerRegister customers = new CustomerRegister(producer, simulation);
        customers.sendFirstVersions();
        running.add(scoring.start(spark));
        for (Job job : batchJobs) {
            running.add(job.start(spark));
        }
        read(bootstrap, from.of(Topics.PAYMENTS), record -> {
            outcomes.recordRead(record);
            versions.recordRead(record);
        });
        read(bootstrap, from.of(Topics.SCORES, Topics.ALERTS, Topics.DEAD_LETTERS), outcomes::recordOutput);
        Iterator<SimulatedPayment> days =
                Training.unknownPayments(simulator, simulation).iterator();
        replay = new Replay(producer, days, settings.malformedShare(), payment -> {
            outcomes.recordSent(payment);
            customers.countPayment();
        });
        settings.evolveAfter().ifPresent(replay::evolveAfter);
    }

    private void read(String bootstrap, Positions from, Consumer<ConsumerRecord<byte[], byte[]>> handler) {
        TopicReader reader = TopicReader.start(bootstrap, from, handler);
        readers.add(reader);
        opened.add(reader::close);
    }

    private static void closeOnceStarted(CompletableFuture<LocalKafka> starting) {
        starting.handle((kafka, failure) -> Optional.ofNullable(kafka)).join().ifPresent(LocalKafka::close);
    }

    /**
     * Starts everything, and waits until a first payment is scored. If that fails, closes what was started.
     *
     * @throws LocalKafka.NoKafkaException if there is no broker
     * @throws PipelineException if a query fails, or the first payment is not scored in time
     */
    public static Pipeline start(Settings settings) {
        try {
            return start(settings, new ClosingStack());
        } catch (TimeoutException e) {
            throw new PipelineException("A query did not start in time: " + e.getMessage(), e);
        }
    }

    private static Pipeline start(Settings settings, ClosingStack opened) throws TimeoutException {
        try {
            Pipeline pipeline = new Pipeline(settings, opened);
            pipeline.replay.sendNext();
            pipeline.drain(FIRST_SCORE);
            return pipeline;
        } catch (Throwable e) { // Spark throws checked exceptions that it does not declare
            opened.closeAfter(e);
            throw e;
        }
    }

    /** Sends payments per second at this rate, for this time, while {@code goOn} and all queries and readers run. */
    public void run(double rate, Duration length, BooleanSupplier goOn) {
        replay.run(
                rate,
                length,
                () -> goOn.getAsBoolean()
                        && running.stream().allMatch(StreamingQuery::isActive)
                        && readers.stream().allMatch(TopicReader::isReading));
    }

    /**
     * Waits until every record produced so far is scored or refused, and every payment is read by the plain consumer.
     *
     * @throws PipelineException if a query or a reader fails, or the wait takes longer than {@code patience}
     */
    public void drain(Duration patience) {
        producer.flush();
        long deadline = System.nanoTime() + patience.toNanos();
        while (lag() > 0 || outcomes.toBroker().stopped() < payments()) {
            check();
            if (System.nanoTime() > deadline) {
                throw new PipelineException(
                        lag() + " records are neither scored nor refused after " + patience.toSeconds() + " s", null);
            }
            pause();
        }
        throwIfFailed(); // a reader may have failed after the last record of the wait
    }

    /**
     * Stops all queries, and writes the remaining records to the lake. An interrupted batch is written again from its
     * checkpoint; its rows are in the tables once.
     *
     * @throws PipelineException if a query does not stop, or the last batch fails
     */
    public void finish() {
        try {
            for (StreamingQuery query : running) {
                query.stop();
            }
            for (BatchJob job : batchJobs) {
                job.withTrigger(BatchJob.AVAILABLE_NOW).start(spark).awaitTermination();
            }
        } catch (TimeoutException | StreamingQueryException e) {
            throw new PipelineException("The pipeline did not stop cleanly: " + e.getMessage(), e);
        }
    }

    /**
     * Checks queries, producer and readers.
     *
     * @throws PipelineException if a query or a reader has failed, or the broker refused a record
     */
    public void check() {
        for (StreamingQuery query : running) {
            if (query.exception().isDefined()) {
                StreamingQueryException e = query.exception().get();
                throw new PipelineException("The query '" + query.name() + "' failed: " + e.getMessage(), e);
            }
        }
        try {
            producer.throwIfFailed();
        } catch (IllegalStateException e) {
            throw new PipelineException(e.getMessage(), e);
        }
        throwIfFailed();
    }

    private void throwIfFailed() {
        try {
            readers.forEach(TopicReader::throwIfFailed);
        } catch (IllegalStateException e) {
            throw new PipelineException(e.getMessage(), e.getCause());
        }
    }

    /** Returns the number of acknowledged records, malformed ones included. */
    public long produced() {
        return producer.payments() + producer.malformed();
    }

    /** Returns the number of acknowledged payments. */
    public long payments() {
        return producer.payments();
    }

    /** Returns the number of produced records that are neither scored nor refused yet. */
    public long lag() {
        return produced() - outcomes.scored() - outcomes.refused();
    }

    /** Returns what the readers measured. */
    public Outcomes outcomes() {
        return outcomes;
    }

    /** Returns the number of payments by the version of their schema. */
    public SchemaVersions schemaVersions() {
        return versions;
    }

    /** Returns the status of each query, as Spark reports it. */
    public List<Snapshot.Query> queries() {
        return queries.queries();
    }

    /** Returns the card of the model in use. */
    public FraudModel.Card model() {
        return model;
    }

    /**
     * Adds the chargebacks of all frauds to the lake, and writes the gold tables as of a week after the last payment,
     * when all frauds are known.
     */
    public GoldTables.Result updateGoldTables() {
        Chargebacks.append(spark, lake.folder(), outcomes.frauds());
        GoldTables job = new GoldTables(spark, lake.folder());
        return job.run(job.allKnown());
    }

    /** Returns the number of rows in {@code bronze}: records as received. */
    public long rawInLake() {
        return lake.count(spark, Lake.BRONZE);
    }

    /** Returns the number of rows in {@code silver}: scored payments, each once. */
    public long scoredInLake() {
        return lake.count(spark, Lake.SILVER);
    }

    /** Returns the number of rows in {@code features}: two per payment. */
    public long featuresInLake() {
        return lake.count(spark, Lake.FEATURES);
    }

    /** Returns the number of rows in {@code customers}: the newest version of each. */
    public long customersInLake() {
        return lake.count(spark, Lake.CUSTOMERS);
    }

    /** Returns the rows and payments in the ledger; empty if there is none. */
    public Optional<LedgerJob.Counts> ledger() {
        return ledger.map(job -> job.counts(spark));
    }

    @Override
    public void close() {
        opened.close();
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PipelineException("Interrupted", e);
        }
    }

    /** Thrown when the pipeline cannot continue. */
    public static final class PipelineException extends RuntimeException {
        PipelineException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
