package workbook.capstone.batch;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.window;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import workbook.capstone.spark.Lake;

/**
 * Computes the gold tables from the lake. Each table is overwritten as a whole, so the job can run again at any time:
 * <ul>
 * <li>{@code gold/hourly_revenue}: {@code hour} timestamp, {@code payments} bigint, {@code revenue} decimal, {@code
 *     alerts} bigint;
 * <li>{@code gold/terminal_risk}, of payments old enough for their frauds to be known: {@code terminal} int, {@code
 *     payments} bigint, {@code frauds} bigint, {@code risk} double, the share of frauds;
 * <li>{@code gold/model_quality}, of the same payments: {@code day} date, {@code payments} bigint, {@code frauds}
 *     bigint, {@code roc_auc}, {@code average_precision}, {@code card_precision_100} double, as {@link Quality} defines
 *     them.
 * </ul>
 * All days and hours are UTC.
 */
public final class GoldTables {

    private static final StructType QUALITY = new StructType()
            .add("day", DataTypes.DateType)
            .add("payments", DataTypes.LongType)
            .add("frauds", DataTypes.LongType)
            .add("roc_auc", DataTypes.DoubleType)
            .add("average_precision", DataTypes.DoubleType)
            .add("card_precision_100", DataTypes.DoubleType);

    private final SparkSession spark;
    private final Path lake;

    /**
     * The result of the job.
     *
     * @param hours number of hours with payments
     * @param labelled number of payments with known labels
     * @param frauds number of frauds among them
     * @param terminals number of their terminals
     * @param quality quality of their scores
     */
    public record Result(long hours, long labelled, long frauds, long terminals, Quality quality) {}

    /** Creates a job on the lake in this folder. */
    public GoldTables(SparkSession spark, Path lake) {
        this.spark = spark;
        this.lake = lake;
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
        write(hourly(payments), "hourly_revenue");
        write(risk(labelled), "terminal_risk");
        List<Quality.LabelledScore> scores = scores(labelled);
        write(quality(scores), "model_quality");
        Result findings = new Result(
                read("hourly_revenue").count(),
                scores.size(),
                frauds(scores),
                read("terminal_risk").count(),
                Quality.of(scores));
        labelled.unpersist();
        payments.unpersist();
        return findings;
    }

    private Dataset<Row> scored() {
        return new Lake(lake).read(spark, Lake.SILVER);
    }

    private static Dataset<Row> hourly(Dataset<Row> payments) {
        return payments.groupBy(window(col("time"), "1 hour").getField("start").as("hour"))
                .agg(
                        count("*").as("payments"),
                        sum("amount").as("revenue"),
                        count_if(col("alert")).as("alerts"))
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

    private Dataset<Row> quality(List<Quality.LabelledScore> scores) {
        Map<LocalDate, List<Quality.LabelledScore>> days = scores.stream()
                .collect(Collectors.groupingBy(Quality.LabelledScore::day, TreeMap::new, Collectors.toList()));
        List<Row> rows = days.entrySet().stream()
                .map(day -> {
                    Quality quality = Quality.of(day.getValue());
                    return RowFactory.create(
                            day.getKey(),
                            (long) day.getValue().size(),
                            frauds(day.getValue()),
                            quality.rocAuc(),
                            quality.averagePrecision(),
                            quality.cardPrecision());
                })
                .toList();
        return spark.createDataFrame(rows, QUALITY);
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
