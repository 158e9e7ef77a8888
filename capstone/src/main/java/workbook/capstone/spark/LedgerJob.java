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
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import lesson02.IdempotentSink;
import lesson02.ParsePayments;
import lesson03.EnrichPayments;
import lesson05.DeduplicatePayments;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import workbook.capstone.streaming.PaymentParser;
import workbook.capstone.streaming.Topics;
import workbook.kit.Simulator;
import workbook.kit.spark.PaymentRow;

/**
 * A book of all payments, kept by four bricks in a row, which stand for nothing else in the pipeline: {@link ParsePayments},
 * {@link DeduplicatePayments}, {@link EnrichPayments}, {@link IdempotentSink}. In: {@link Topics#PAYMENTS}. Out: Parquet,
 * {@code id} bigint, {@code time} timestamp, {@code customer} int, {@code terminal} int, {@code amount} decimal(10,2),
 * {@code country} string, {@code known} boolean; each payment once.
 *
 * <p>It is kept with {@code --mine} only, beside the lake, which needs none of it: {@code silver} takes what the stricter
 * {@link PaymentParser} has let through, to which an amount sent as text is none, and finds copies without an hour's
 * limit. Here a payment is lost that is read more than an hour of event time behind an earlier batch; the replay makes
 * some 45 minutes of a second.
 *
 * @param bootstrapServers of the broker
 * @param from where to begin, if the checkpoint does not know: Spark's {@code startingOffsets}
 * @param folder the table's, which belongs to this query alone
 * @param checkpoint the query's checkpoint folder
 * @param trigger when it runs
 */
public record LedgerJob(String bootstrapServers, String from, Path folder, Path checkpoint, Trigger trigger)
        implements BatchJob {

    /** The simulation has no countries: the directory deals them out by the terminals' numbers, and closes one in 50. */
    private static final Column COUNTRIES = array(lit("BE"), lit("FR"), lit("NL"));

    private static final int CLOSED = 50;

    /**
     * What is in the book.
     *
     * @param rows how many rows
     * @param payments how many different payments
     */
    public record Counts(long rows, long payments) {}

    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public LedgerJob withTrigger(Trigger trigger) {
        return new LedgerJob(bootstrapServers, from, folder, checkpoint, trigger);
    }

    @Override
    public StreamingQuery start(SparkSession spark) throws TimeoutException {
        Dataset<Row> records =
                TopicStream.of(spark, bootstrapServers, from, Topics.PAYMENTS).load();
        Dataset<Row> payments = new DeduplicatePayments().once(payments(records));
        return new EnrichPayments()
                .enrich(payments, directory(spark))
                .writeStream()
                .queryName(name())
                .option("checkpointLocation", checkpoint.toString())
                .trigger(trigger)
                .foreachBatch(new IdempotentSink().sink(folder.toString()))
                .start();
    }

    /** The brick's parser has no clock: a payment from the far future would move the watermark, and nothing could follow. */
    private static Dataset<Row> payments(Dataset<Row> records) {
        Column latest = current_timestamp().plus(lit(PaymentParser.MAX_AHEAD));
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

    /** Looks into the book; there is none before the first batch. */
    public Counts counts(SparkSession spark) {
        if (!Files.exists(folder)) {
            return new Counts(0, 0);
        }
        Row counts = spark.read()
                .parquet(folder.toString())
                .agg(count("*"), count_distinct(col("id")))
                .head();
        return new Counts(counts.getLong(0), counts.getLong(1));
    }
}
