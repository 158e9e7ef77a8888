package workbook.capstone.spark;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import lesson02.IdempotentSink;
import lesson02.ParsePayments;
import lesson03.EnrichPayments;
import lesson05.DeduplicatePayments;
import lesson09.TwoTablesOneBatch;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import workbook.capstone.format.Format;
import workbook.capstone.format.PaymentParser;
import workbook.capstone.format.PaymentRules;
import workbook.capstone.streaming.Topics;
import workbook.kit.Simulator;
import workbook.kit.spark.PaymentRow;

/**
 * Writes a ledger of all payments, with a chain of four bricks that nothing else in the pipeline uses: {@link
 * ParsePayments}, {@link DeduplicatePayments}, {@link EnrichPayments}, {@link IdempotentSink}. Input: {@link
 * Topics#PAYMENTS}. Output: Parquet, {@code id} bigint, {@code time} timestamp, {@code customer} int, {@code terminal}
 * int, {@code amount} decimal(10,2), {@code country} string, {@code known} boolean; each payment once. A fifth
 * brick, {@link TwoTablesOneBatch}, applies rules to them and keeps the alerts in a Delta table beside the payments.
 *
 * <p>It runs with {@code --mine} only, beside the lake, which does not depend on it. Unlike {@code silver}, it contains
 * payments with an amount sent as text, which {@link PaymentParser} refuses, and it drops payments that are read more
 * than an hour of event time after an earlier batch. The replay covers some 45 minutes of event time per second.
 *
 * @param bootstrapServers of the broker
 * @param format of payments; the brick gets them as JSON
 * @param from Spark's {@code startingOffsets}, used if there is no checkpoint yet
 * @param folder the folder of the table, written by this query only
 * @param rules the folder of the tables {@code payments} and {@code alerts}, columns as in {@link TwoTablesOneBatch}
 * @param checkpoint the query's checkpoint folder
 * @param trigger when it runs
 */
public record LedgerJob(
        String bootstrapServers, Format format, String from, Path folder, Path rules, Path checkpoint, Trigger trigger)
        implements BatchJob {

    /**
     * The simulation has no countries: the directory assigns them by terminal number, and closes one terminal in 50.
     */
    private static final Column COUNTRIES = array(lit("BE"), lit("FR"), lit("NL"));

    private static final int CLOSED = 50;

    /** The amount is the handbook's, above which each simulated payment is a fraud. */
    private static final Map<String, String> RULES =
            Map.of("large", "amount > 220", "unknown terminal", "country IS NULL");

    /**
     * The size of the ledger.
     *
     * @param rows number of rows
     * @param payments number of distinct payments
     * @param alerts number of alerts by rules
     */
    public record Counts(long rows, long payments, long alerts) {}

    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public LedgerJob withTrigger(Trigger trigger) {
        return new LedgerJob(bootstrapServers, format, from, folder, rules, checkpoint, trigger);
    }

    @Override
    public StreamingQuery start(SparkSession spark) throws TimeoutException {
        VoidFunction2<Dataset<Row>, Long> ledger = new IdempotentSink().sink(folder.toString());
        VoidFunction2<Dataset<Row>, Long> write = (booked, batch) -> write(booked, batch, ledger);
        Dataset<Row> records = TopicStream.of(spark, bootstrapServers, from, Topics.PAYMENTS)
                .load()
                .withColumn("value", format.asJson(col("value")));
        Dataset<Row> payments = new DeduplicatePayments().once(payments(records));
        return new EnrichPayments()
                .enrich(payments, directory(spark))
                .writeStream()
                .queryName(name())
                .option("checkpointLocation", checkpoint.toString())
                .trigger(trigger)
                .foreachBatch(write)
                .start();
    }

    private void write(Dataset<Row> booked, long batch, VoidFunction2<Dataset<Row>, Long> ledger) throws Exception {
        booked.persist();
        try {
            ledger.call(booked, batch);
            applyRules(booked, batch);
        } finally {
            booked.unpersist();
        }
    }

    private void applyRules(Dataset<Row> booked, long batch) throws Exception {
        Dataset<Row> checked = booked.select(col("id").cast("string"), col("customer"), col("country"), col("amount"));
        new TwoTablesOneBatch()
                .sink(rules.toString(), Lake.query(booked.sparkSession()), RULES)
                .call(checked, batch);
    }

    /**
     * The brick does not compare event time with the clock: a payment from the far future would advance the watermark,
     * and all later payments would be dropped.
     */
    private static Dataset<Row> payments(Dataset<Row> records) {
        Column latest = current_timestamp().plus(lit(PaymentRules.MAX_AHEAD));
        return new ParsePayments()
                .parse(records)
                .where(col("reason").isNull().and(col("time").leq(latest)))
                .select(Stream.of(PaymentRow.SCHEMA.fieldNames())
                        .map(name -> col(name))
                        .toArray(Column[]::new));
    }

    private static Dataset<Row> directory(SparkSession spark) {
        return spark.range(Simulator.Settings.defaults().terminals())
                .select(
                        col("id").cast("int").as("terminal"),
                        lit(Instant.EPOCH).as("time"),
                        element_at(COUNTRIES, col("id").mod(3).plus(1).cast("int"))
                                .as("country"),
                        col("id").mod(CLOSED).equalTo(0).as("closed"));
    }

    /** Counts the ledger; 0 before the first batch. */
    public Counts counts(SparkSession spark) {
        if (!Files.exists(folder)) {
            return new Counts(0, 0, 0);
        }
        Row counts = spark.read()
                .parquet(folder.toString())
                .agg(count("*"), count_distinct(col("id")))
                .head();
        return new Counts(counts.getLong(0), counts.getLong(1), alerts(spark));
    }

    private long alerts(SparkSession spark) {
        return new Lake(rules).count(spark, "alerts");
    }
}
