package workbook.capstone.spark;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.bitwise_not;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import lesson04.CardProfile;
import lesson07.FeatureSink;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructType;
import workbook.capstone.features.Coverage;
import workbook.capstone.features.EntityFeatures;
import workbook.capstone.features.EntityKey;
import workbook.capstone.features.SharedFeatureStore;
import workbook.capstone.format.Format;
import workbook.capstone.format.Parsed;
import workbook.capstone.inference.Profiles;
import workbook.capstone.streaming.Topics;
import workbook.kit.spark.PaymentRow;

/**
 * Computes the features of every customer and terminal with {@link CardProfile}: the newest go to the online store, all
 * of them to the table {@link Lake#FEATURES}. A payment counts once, even if it is in {@link Topics#PAYMENTS} several
 * times, unless the {@link Variant} is that of the exercises. Malformed records are skipped: the scoring sends them to the dead
 * letters.
 *
 * <p>A payment a day or more behind the newest is late and is dropped.
 *
 * @param bootstrapServers of the broker
 * @param format of payments
 * @param from Spark's {@code startingOffsets}, used if there is no checkpoint yet
 * @param store the URL of the online store, see {@link workbook.capstone.features.FeatureStore#at}
 * @param lake the lake with the table
 * @param variant computes the features and writes them to the store
 * @param checkpoint the query's checkpoint folder
 * @param trigger when it runs
 */
public record FeaturesJob(
        String bootstrapServers,
        Format format,
        String from,
        String store,
        Lake lake,
        Variant variant,
        Path checkpoint,
        Trigger trigger)
        implements BatchJob {

    /**
     * The columns of the table: {@code kind} string, {@code customer} or {@code terminal}; {@code key} int, its number;
     * {@code time} timestamp, UTC, and {@code id} bigint of the payment; then, over 1, 7 and 30 days that end with the
     * payment's hour, {@code count_…} bigint of payments and {@code mean_…} decimal(10,2) of their amounts.
     */
    public static final StructType SCHEMA = StructType.fromDDL("kind STRING, key INT, time TIMESTAMP, id BIGINT,"
            + " count_1d BIGINT, mean_1d DECIMAL(10,2), count_7d BIGINT, mean_7d DECIMAL(10,2),"
            + " count_30d BIGINT, mean_30d DECIMAL(10,2)");

    /** The maximum number of records per batch, so that a batch fits into memory even after a long pause. */
    private static final int MAX_RECORDS = 100_000;

    /** Whose code computes the features and writes them to the store. */
    public enum Variant {
        /** {@link DeduplicatingCardProfile} drops duplicates; each partition writes all its keys at once. */
        PIPELINE,
        /** {@link CardProfile} and {@link FeatureSink} as in the exercises: duplicates count, each key is written alone. */
        EXERCISES
    }

    @Override
    public FeaturesJob withTrigger(Trigger trigger) {
        return new FeaturesJob(bootstrapServers, format, from, store, lake, variant, checkpoint, trigger);
    }

    @Override
    public String name() {
        return "features";
    }

    @Override
    public StreamingQuery start(SparkSession spark) throws TimeoutException {
        Dataset<Row> records = TopicStream.of(spark, bootstrapServers, from, Topics.PAYMENTS)
                .option("maxOffsetsPerTrigger", MAX_RECORDS)
                .load();
        VoidFunction2<Dataset<Row>, Long> write = this::write;
        return profiles(payments(records))
                .writeStream()
                .queryName(name())
                .option("checkpointLocation", checkpoint.toString())
                .trigger(trigger)
                .foreachBatch(write)
                .start();
    }

    private Dataset<Row> payments(Dataset<Row> records) {
        Format read = format; // the function is sent to the tasks, the job is not
        FlatMapFunction<Row, Row> parse = record -> read.parse(record.getAs("value"), record.getAs("timestamp"))
                        instanceof Parsed.Accepted accepted
                ? Collections.singleton(PaymentRow.of(accepted.payment())).iterator()
                : Collections.emptyIterator();
        return records.select("value", "timestamp").flatMap(parse, Encoders.row(PaymentRow.SCHEMA));
    }

    /**
     * Emits each payment twice, for its customer and for its terminal. The brick treats both as customers; terminals
     * have negative numbers: {@code ~terminal}.
     */
    private Dataset<Row> profiles(Dataset<Row> payments) {
        Dataset<Row> cards =
                payments.withColumn("customer", explode(array(col("customer"), bitwise_not(col("terminal")))));
        return byCard(cards)
                .withColumn(
                        "kind",
                        when(isCustomer(), EntityKey.Kind.CUSTOMER.toString())
                                .otherwise(EntityKey.Kind.TERMINAL.toString()))
                .withColumn("key", when(isCustomer(), col("customer")).otherwise(bitwise_not(col("customer"))))
                .select(Stream.of(SCHEMA.fields())
                        .map(field -> col(field.name()).cast(field.dataType()))
                        .toArray(Column[]::new));
    }

    private Dataset<Row> byCard(Dataset<Row> cards) {
        return switch (variant) {
            case PIPELINE -> withoutDuplicates(cards);
            case EXERCISES -> withDuplicates(cards);
        };
    }

    private static Dataset<Row> withoutDuplicates(Dataset<Row> cards) {
        return cards.withWatermark("time", "1 day")
                .groupByKey((MapFunction<Row, Integer>) payment -> payment.getAs("customer"), Encoders.INT())
                .transformWithState(
                        new DeduplicatingCardProfile(),
                        TimeMode.EventTime(),
                        OutputMode.Append(),
                        Encoders.row(DeduplicatingCardProfile.PROFILE));
    }

    /** Any answer to the exercise returns a payment's id, but not its time, so the time is passed as the id. */
    private static Dataset<Row> withDuplicates(Dataset<Row> cards) {
        return new CardProfile()
                .profiles(cards.withColumn("id", unix_micros(col("time"))))
                .withColumn("time", timestamp_micros(col("id")));
    }

    private static Column isCustomer() {
        return col("customer").geq(0);
    }

    /** Writes the store first, because scores use it. Both writes are idempotent. */
    private void write(Dataset<Row> profiles, long batch) throws Exception {
        profiles.persist();
        try {
            switch (variant) {
                case PIPELINE -> put(profiles, store);
                case EXERCISES ->
                    new FeatureSink().sink(new FeatureSinkStore(store)).call(entries(profiles), batch);
            }
            extendCoverage(profiles);
            lake.append(profiles, Lake.FEATURES, batch);
        } finally {
            profiles.unpersist();
        }
    }

    private static void put(Dataset<Row> profiles, String url) {
        ForeachPartitionFunction<Row> put =
                rows -> SharedFeatureStore.of(url).store().put(newest(rows));
        profiles.foreachPartition(put);
    }

    /** Returns the profiles with the columns of the exercise {@link FeatureSink}. */
    private static Dataset<Row> entries(Dataset<Row> profiles) {
        return profiles.select(
                concat_ws("/", col("kind"), col("key")).as("key"),
                col("time"),
                col("id"),
                struct("count_1d", "mean_1d", "count_7d", "mean_7d", "count_30d", "mean_30d")
                        .as("features"));
    }

    private void extendCoverage(Dataset<Row> profiles) {
        Row times = profiles.agg(min("time"), max("time")).head();
        if (!times.isNullAt(0)) {
            String query = Lake.query(profiles.sparkSession());
            SharedFeatureStore.of(store)
                    .store()
                    .extendCoverage(new Coverage(query, times.getInstant(0), times.getInstant(1)));
        }
    }

    /** All rows of a key are in one partition, in order: the last row is the newest. */
    private static Collection<EntityFeatures> newest(Iterator<Row> rows) {
        Map<EntityKey, EntityFeatures> newest = new HashMap<>();
        rows.forEachRemaining(row -> {
            EntityFeatures features = features(row);
            newest.put(features.key(), features);
        });
        return newest.values();
    }

    private static EntityFeatures features(Row row) {
        EntityKey key = new EntityKey(EntityKey.Kind.of(row.getAs("kind")), row.getAs("key"));
        List<EntityFeatures.Window> windows = Profiles.WINDOWS.stream()
                .map(days ->
                        new EntityFeatures.Window(row.getAs("count_" + days + "d"), row.getAs("mean_" + days + "d")))
                .toList();
        return new EntityFeatures(key, row.getAs("time"), row.getAs("id"), windows);
    }
}
