package lesson08;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.delta.tables.DeltaTable;
import java.util.Map;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads the change feed: the rows of the table when the query starts, then what each commit has inserted and deleted, an
 * update as the row before and after. A row that is there counts as plus one payment, a row that was there as minus one. The
 * sums of a batch are added to the table; where nothing changes, they are zero.
 *
 * <p>An addition must not happen twice. So each row of the table also has the number of the batch that changed it last, and
 * a batch that is passed again changes no row. Number and sum are written in the same commit.
 */
public class FollowTheChanges {

    public Dataset<Row> changes(SparkSession spark, String payments) {
        return spark.readStream().format("delta").option("readChangeFeed", true).load(payments);
    }

    public VoidFunction2<Dataset<Row>, Long> sink(String revenue) {
        return (batch, number) -> {
            Dataset<Row> differences = differences(batch).withColumn("batch", lit(number));
            if (!DeltaTable.isDeltaTable(batch.sparkSession(), revenue)) {
                differences.where("payments > 0").write().format("delta").save(revenue);
                return;
            }
            DeltaTable.forPath(batch.sparkSession(), revenue)
                    .as("known")
                    .merge(differences.as("new"), "known.terminal <=> new.terminal")
                    .whenMatched("known.batch < new.batch AND known.payments + new.payments = 0")
                    .delete()
                    .whenMatched("known.batch < new.batch")
                    .updateExpr(Map.of(
                            "payments", "known.payments + new.payments",
                            "revenue", "known.revenue + new.revenue",
                            "batch", "new.batch"))
                    .whenNotMatched("new.payments > 0")
                    .insertAll()
                    .execute();
        };
    }

    private static Dataset<Row> differences(Dataset<Row> changes) {
        Column sign =
                when(col("_change_type").isin("insert", "update_postimage"), 1).otherwise(-1);
        return changes.groupBy("terminal")
                .agg(
                        sum(sign).as("payments"),
                        sum(coalesce(col("amount"), lit(0)).multiply(sign))
                                .cast("DECIMAL(20,2)")
                                .as("revenue"));
    }
}
