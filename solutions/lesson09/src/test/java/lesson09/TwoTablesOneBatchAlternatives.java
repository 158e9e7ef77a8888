package lesson09;

import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;

import io.delta.tables.DeltaTable;
import java.util.Map;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Right answers written differently, and one that writes only what the checkpoint writes. */
class TwoTablesOneBatchAlternatives {

    /** One write for each rule, each of which is a writer of its own. */
    public static class WritesEachRule extends TwoTablesOneBatch {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder, String query, Map<String, String> rules) {
            return (batch, number) -> {
                append(batch, folder + "/payments", query, number);
                for (Map.Entry<String, String> rule : rules.entrySet()) {
                    Dataset<Row> alerts = alerts(batch, rule.getKey(), rule.getValue());
                    append(alerts, folder + "/alerts", query + " " + rule.getKey(), number);
                }
            };
        }
    }

    /** Each row has its query and its batch, and each table is asked for them. */
    public static class AsksEachTable extends TwoTablesOneBatch {
        @Override
        void append(Dataset<Row> rows, String table, String query, long number) {
            String id = query + " " + number;
            boolean isNew = !DeltaTable.isDeltaTable(rows.sparkSession(), table);
            if (isNew
                    || rows.sparkSession()
                            .read()
                            .format("delta")
                            .load(table)
                            .where("batch = '" + id + "'")
                            .isEmpty()) {
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
