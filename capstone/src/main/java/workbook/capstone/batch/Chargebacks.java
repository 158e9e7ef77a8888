package workbook.capstone.batch;

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

/** The table {@code chargebacks} of the lake: the frauds, each known a week after it happened. */
public final class Chargebacks {

    /** {@code id} bigint, of the payment; {@code known} timestamp, when its customer has complained. */
    static final StructType SCHEMA =
            new StructType().add("id", DataTypes.LongType).add("known", DataTypes.TimestampType);

    static final Duration DELAY = Duration.ofDays(ProfileHistory.LABEL_DELAY);

    private static final String TABLE = "chargebacks";

    private Chargebacks() {}

    /** Adds what the bank will report of these frauds: each one's time by its payment's id. */
    public static void append(SparkSession spark, Path lake, Map<Long, Instant> frauds) {
        List<Row> rows = frauds.entrySet().stream()
                .map(fraud -> RowFactory.create(fraud.getKey(), fraud.getValue().plus(DELAY)))
                .toList();
        spark.createDataFrame(rows, SCHEMA).coalesce(1)
                .write().format("delta").mode("append").save(lake.resolve(TABLE).toString());
    }

    /** The payments known as frauds by then, column {@code id}, each once. */
    static Dataset<Row> knownBy(SparkSession spark, Path lake, Instant asOf) {
        Dataset<Row> all = spark.read().format("delta").load(lake.resolve(TABLE).toString());
        return all.where(all.col("known").leq(asOf)).select("id").distinct();
    }
}
