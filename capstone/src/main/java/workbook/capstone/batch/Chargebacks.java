package workbook.capstone.batch;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import workbook.capstone.inference.ProfileHistory;
import workbook.capstone.spark.Lake;

/** The table {@code chargebacks} of the lake: frauds, each known a week after its payment. */
public final class Chargebacks {

    /** {@code id} bigint, of the payment; {@code known} timestamp, when the customer reported it. */
    static final StructType SCHEMA =
            new StructType().add("id", DataTypes.LongType).add("known", DataTypes.TimestampType);

    static final Duration DELAY = Duration.ofDays(ProfileHistory.LABEL_DELAY);

    private static final String TABLE = "chargebacks";
    private static final String[] ID = {"id"};

    private Chargebacks() {}

    /** Adds chargebacks for these frauds: event time by payment id. */
    public static void append(SparkSession spark, Path lake, Map<Long, Instant> frauds) {
        append(frame(spark, frauds), lake);
    }

    /**
     * Adds chargebacks for those of these frauds whose payments are in the lake and that were not added before. For a
     * running pipeline.
     */
    static void report(SparkSession spark, Lake lake, Map<Long, Instant> frauds) {
        Dataset<Row> happened =
                frame(spark, frauds).join(lake.read(spark, Lake.SILVER).select("id"), ID, "left_semi");
        append(
                lake.has(TABLE) ? happened.join(lake.read(spark, TABLE).select("id"), ID, "left_anti") : happened,
                lake.folder());
    }

    private static Dataset<Row> frame(SparkSession spark, Map<Long, Instant> frauds) {
        List<Row> rows = frauds.entrySet().stream()
                .map(fraud -> RowFactory.create(fraud.getKey(), fraud.getValue().plus(DELAY)))
                .toList();
        return spark.createDataFrame(rows, SCHEMA);
    }

    private static void append(Dataset<Row> chargebacks, Path lake) {
        chargebacks
                .coalesce(1)
                .write()
                .format("delta")
                .mode("append")
                .save(lake.resolve(TABLE).toString());
    }

    /**
     * Returns the payments whose labels are known at that time, with their columns and the label {@code fraud} boolean.
     *
     * @param payments columns {@code id}, {@code time}, and any others
     */
    static Dataset<Row> label(Dataset<Row> payments, Path lake, Instant asOf) {
        Dataset<Row> frauds = knownBy(payments.sparkSession(), lake, asOf).withColumn("fraud", lit(true));
        return payments.where(col("time").leq(asOf.minus(DELAY)))
                .join(frauds, payments.col("id").equalTo(frauds.col("id")), "left")
                .select(payments.col("*"), frauds.col("fraud").isNotNull().as("fraud"));
    }

    /** Returns the payments known as frauds by then, column {@code id}, each once. */
    private static Dataset<Row> knownBy(SparkSession spark, Path lake, Instant asOf) {
        return all(spark, lake).where(col("known").leq(asOf)).select("id").distinct();
    }

    /** Returns all chargebacks: {@code id} bigint, of the payment, and {@code known} timestamp; an id may be there twice. */
    static Dataset<Row> all(SparkSession spark, Path lake) {
        return spark.read().format("delta").load(lake.resolve(TABLE).toString());
    }
}
