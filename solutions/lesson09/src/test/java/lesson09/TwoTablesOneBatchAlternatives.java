package lesson09;

import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;

import java.util.Map;
import lesson09.TwoTablesOneBatchMisconceptions.AsksThePayments;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Right answers written differently, and one that writes only what the checkpoint writes. */
class TwoTablesOneBatchAlternatives {

    /** One write for each rule, each of which is a writer of its own. */
    public static class WritesEachRule extends TwoTablesOneBatch {
        @Override
        void appendAlerts(Dataset<Row> batch, Map<String, String> rules, String table, String query, long number) {
            rules.forEach(
                    (rule, condition) -> append(alerts(batch, rule, condition), table, query + " " + rule, number));
        }
    }

    /** Each row has its query and its batch, and each table is asked for them. */
    public static class AsksEachTable extends TwoTablesOneBatch {
        @Override
        void append(Dataset<Row> rows, String table, String query, long number) {
            String id = query + " " + number;
            if (!AsksThePayments.isIn(table, rows, id)) {
                rows.withColumn("batch", lit(id))
                        .write()
                        .format("delta")
                        .mode("append")
                        .save(table);
            }
        }
    }

    /** Replaces what a query has written for a batch: a folder for each query, and in it one for each batch. */
    public static class ReplacesThePartition extends TwoTablesOneBatch {
        @Override
        void append(Dataset<Row> rows, String table, String query, long number) {
            rows.withColumn("query", lit(query))
                    .withColumn("batch", lit(number))
                    .write()
                    .format("delta")
                    .partitionBy("query", "batch")
                    .mode("overwrite")
                    .option("replaceWhere", "query = '" + query + "' AND batch = " + number)
                    .save(table);
        }
    }

    public static class Learnt extends TwoTablesOneBatch {
        @Override
        void append(Dataset<Row> rows, String table, String query, long number) {
            super.append(
                    rows.where(rows.col("id").isNull().or(length(rows.col("id")).lt(2))), table, query, number);
        }
    }
}
