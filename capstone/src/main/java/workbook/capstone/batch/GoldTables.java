package workbook.capstone.batch;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.window;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lesson07.DriftAlarm;
import lesson07.JudgeTheModel;
import lesson08.CustomerAnalytics;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import workbook.capstone.spark.Lake;
import workbook.capstone.streaming.CustomerVersion;

/**
 * Computes the gold tables from the lake. Each table is overwritten as a whole, so the job can run again at any time:
 * <ul>
 * <li>{@code gold/hourly_revenue}: {@code hour} timestamp, {@code payments} bigint, {@code revenue} decimal, {@code
 *     alerts} bigint;
 * <li>{@code gold/terminal_risk}, of payments old enough for their frauds to be known: {@code terminal} int, {@code
 *     payments} bigint, {@code frauds} bigint, {@code risk} double, the share of frauds;
 * <li>{@code gold/model_quality}, of the days whose frauds are all known, by the brick {@link JudgeTheModel}: {@code day}
 *     date, {@code payments} bigint, {@code frauds} bigint, {@code roc_auc}, {@code average_precision}, {@code
 *     card_precision_100} double, null where they are undefined;
 * <li>{@code gold/score_drift}, of the scores since the first day, by the brick {@link DriftAlarm}: {@code day} date,
 *     {@code payments} bigint, {@code psi} double, the population stability index, {@code moved} boolean; both null for a
 *     day with fewer than a thousand payments;
 * <li>{@code gold/customer_segments}, as of the last day that is over, of the customers who have not left by the newest
 *     version of their master data, by the brick {@link CustomerAnalytics}: {@code customer} int, {@code country} string,
 *     {@code recency} int, days since the last purchase, null without one, {@code frequency} bigint, purchases, {@code
 *     monetary} decimal(20,2), {@code segment} string: {@code none}, {@code lost}, {@code top} or {@code regular}. It is
 *     empty while the lake has no customers.
 * </ul>
 * All days and hours are UTC.
 */
public final class GoldTables {

    /** A day needs a hundred payments per bin on average. */
    private static final int ENOUGH_FOR_DRIFT = 1_000;

    private static final String[] HOUR = {"hour"};

    private final SparkSession spark;
    private final Path lake;
    private final RevenueJob revenue;

    /**
     * The result of the job.
     *
     * @param hours number of hours with payments
     * @param revenue of all hours
     * @param labelled number of payments with known labels
     * @param frauds number of frauds among them
     * @param terminals number of their terminals
     * @param quality quality of their scores
     * @param judgedDays number of days in {@code model_quality}
     * @param drift of the scores
     * @param segments number of customers by segment
     */
    public record Result(
            long hours,
            BigDecimal revenue,
            long labelled,
            long frauds,
            long terminals,
            Quality quality,
            long judgedDays,
            ScoreDrift drift,
            SortedMap<String, Long> segments) {

        /** Returns the number of customers as text: {@code 5 customers: none 1, regular 3, top 1}. */
        public String customers() {
            long all = segments.values().stream().mapToLong(Long::longValue).sum();
            String bySegment = segments.entrySet().stream()
                    .map(segment -> text("%s %,d", segment.getKey(), segment.getValue()))
                    .collect(Collectors.joining(", "));
            return text("%,d customers", all) + (bySegment.isEmpty() ? "" : ": " + bySegment);
        }

        private static String text(String format, Object... values) {
            return String.format(Locale.ROOT, format, values);
        }
    }

    /**
     * The drift of the scores.
     *
     * @param days number of days with an index
     * @param moved number of those whose scores have moved
     */
    public record ScoreDrift(long days, long moved) {}

    /** Creates a job on the lake in this folder, wholly on Spark. */
    public GoldTables(SparkSession spark, Path lake) {
        this(spark, lake, Engine.SPARK);
    }

    /**
     * Creates a job on the lake in this folder.
     *
     * @param revenue sums the revenue, before any table is written
     */
    GoldTables(SparkSession spark, Path lake, RevenueJob revenue) {
        this.spark = spark;
        this.lake = lake;
        this.revenue = revenue;
    }

    /**
     * Returns the time when the label of the last payment is known: a week after it.
     *
     * @throws IllegalStateException if the lake has no scored payment
     */
    public Instant allKnown() {
        Instant last = scored().agg(max("time")).head().getInstant(0);
        if (last == null) {
            throw new IllegalStateException("There is no scored payment in " + lake + " yet. Send payments first.");
        }
        return last.plus(Chargebacks.DELAY);
    }

    /** Runs the job with the labels known at that time. */
    public Result run(Instant asOf) {
        Dataset<Row> payments = scored().persist();
        Dataset<Row> labelled = Chargebacks.label(payments, lake, asOf).persist();
        write(hourly(payments, revenue.revenue(payments)), "hourly_revenue");
        write(risk(labelled), "terminal_risk");
        List<Quality.LabelledScore> scores = scores(labelled);
        write(quality(payments, labelled, asOf), "model_quality");
        write(drift(payments), "score_drift");
        write(segments(payments, asOf), "customer_segments");
        Row hours = read("hourly_revenue").agg(count("*"), sum("revenue")).head();
        Result findings = new Result(
                hours.getLong(0),
                hours.getDecimal(1),
                scores.size(),
                frauds(scores),
                read("terminal_risk").count(),
                Quality.of(scores),
                read("model_quality").count(),
                drift(),
                customersBySegment());
        labelled.unpersist();
        payments.unpersist();
        return findings;
    }

    private Dataset<Row> scored() {
        return new Lake(lake).read(spark, Lake.SILVER);
    }

    private static Dataset<Row> hourly(Dataset<Row> payments, Dataset<Row> byTerminal) {
        Dataset<Row> revenue = byTerminal
                .groupBy("hour")
                .agg(sum("revenue").cast("decimal(20,2)").as("revenue"));
        return payments.groupBy(window(col("time"), "1 hour").getField("start").as("hour"))
                .agg(count("*").as("payments"), count_if(col("alert")).as("alerts"))
                .join(revenue, HOUR, "left")
                .select("hour", "payments", "revenue", "alerts")
                .orderBy("hour");
    }

    private static Dataset<Row> risk(Dataset<Row> labelled) {
        return labelled.groupBy("terminal")
                .agg(
                        count("*").as("payments"),
                        count_if(col("fraud")).as("frauds"),
                        avg(col("fraud").cast("int")).as("risk"))
                .orderBy(col("risk").desc(), col("payments").desc(), col("terminal"));
    }

    private static List<Quality.LabelledScore> scores(Dataset<Row> labelled) {
        return labelled
                .select(to_date(col("time")), col("customer"), col("score"), col("fraud"))
                .collectAsList()
                .stream()
                .map(row -> new Quality.LabelledScore(row.getAs(0), row.getInt(1), row.getDouble(2), row.getBoolean(3)))
                .toList();
    }

    private Dataset<Row> quality(Dataset<Row> payments, Dataset<Row> labelled, Instant asOf) {
        Dataset<Row> days = labelled.groupBy(to_date(col("time")).as("day"))
                .agg(count("*").as("payments"), count_if(col("fraud")).as("frauds"));
        Dataset<Row> reports = Chargebacks.all(spark, lake).withColumnRenamed("known", "reported");
        Dataset<Row> judged = new JudgeTheModel()
                .quality(payments.select("id", "time", "customer", "score"), reports, asOf, Quality.CARDS);
        return days.join(judged, "day")
                .select(
                        col("day"),
                        col("payments"),
                        col("frauds"),
                        col("auc").as("roc_auc"),
                        col("ap").as("average_precision"),
                        col("cards").as("card_precision_100"))
                .orderBy("day");
    }

    private static Dataset<Row> drift(Dataset<Row> payments) {
        Dataset<Row> scores = payments.select(col("time"), col("score").as("value"));
        Distribution first = Distribution.of(ofFirstDay(scores));
        double[] withMissing = Arrays.copyOf(first.shares(), first.shares().length + 1);
        return new DriftAlarm()
                .alarms(scores, first.edges(), withMissing, ENOUGH_FOR_DRIFT)
                .withColumn("day", to_date(col("day")))
                .orderBy("day");
    }

    private static double[] ofFirstDay(Dataset<Row> scores) {
        Instant first = scores.agg(date_trunc("day", min("time"))).head().getInstant(0);
        return scores
                .where(date_trunc("day", col("time")).equalTo(first))
                .select("value")
                .as(Encoders.DOUBLE())
                .collectAsList()
                .stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private ScoreDrift drift() {
        Row days = read("score_drift").agg(count("psi"), count_if(col("moved"))).head();
        return new ScoreDrift(days.getLong(0), days.getLong(1));
    }

    private Dataset<Row> segments(Dataset<Row> payments, Instant asOf) {
        Dataset<Row> customers = customers().where("gone IS NOT TRUE").select("customer", "country");
        Dataset<Row> named =
                customers.select(col("customer"), lit(null).cast("string").as("name"));
        Dataset<Row> noTesters = named.limit(0); // nobody tests the simulation
        LocalDate lastDay = LocalDate.ofInstant(asOf, ZoneOffset.UTC).minusDays(1);
        return new CustomerAnalytics()
                .segments(asReceived(payments), named, noTesters, lastDay)
                .join(customers, "customer")
                .select(
                        col("customer"),
                        col("country"),
                        col("recency"),
                        col("frequency"),
                        col("monetary").cast("decimal(20,2)"),
                        col("segment"))
                .orderBy("customer");
    }

    private Dataset<Row> customers() {
        Lake tables = new Lake(lake);
        return tables.has(Lake.CUSTOMERS)
                ? tables.read(spark, Lake.CUSTOMERS)
                : spark.createDataFrame(List.of(), StructType.fromDDL(CustomerVersion.SCHEMA));
    }

    /** Returns payments with the columns of the exercise {@link CustomerAnalytics}: all of them text. */
    private static Dataset<Row> asReceived(Dataset<Row> payments) {
        return payments.select(
                col("id").cast("string"),
                col("customer").cast("string"),
                date_format(col("time"), "yyyy-MM-dd HH:mm:ss").as("time"),
                col("amount").cast("string"),
                col("terminal").cast("string"));
    }

    private SortedMap<String, Long> customersBySegment() {
        SortedMap<String, Long> customers = new TreeMap<>();
        read("customer_segments")
                .groupBy("segment")
                .count()
                .collectAsList()
                .forEach(row -> customers.put(String.valueOf(row.get(0)), row.getLong(1)));
        return customers;
    }

    private static long frauds(List<Quality.LabelledScore> scores) {
        return scores.stream().filter(Quality.LabelledScore::fraud).count();
    }

    private void write(Dataset<Row> rows, String table) {
        rows.coalesce(1).write().format("delta").mode("overwrite").save(gold(table));
    }

    private Dataset<Row> read(String table) {
        return spark.read().format("delta").load(gold(table));
    }

    private String gold(String table) {
        return lake.resolve("gold").resolve(table).toString();
    }
}
