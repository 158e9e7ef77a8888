package lesson09;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.Map;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Each write names its query and its batch, in the same commit as the rows: Delta skips it if the table has it already. All
 * alerts are one write, because a second one of the same query and batch would be skipped, too. Payments come first, so a
 * program that dies between the two leaves payments without alerts, and the batch again adds these.
 */
public class TwoTablesOneBatch {

    public VoidFunction2<Dataset<Row>, Long> sink(String folder, String query, Map<String, String> rules) {
        return (batch, number) -> {
            append(batch, folder + "/payments", query, number);
            appendAlerts(batch, rules, folder + "/alerts", query, number);
        };
    }

    void appendAlerts(Dataset<Row> batch, Map<String, String> rules, String table, String query, long number) {
        if (!rules.isEmpty()) {
            append(alerts(batch, rules), table, query, number);
        }
    }

    Dataset<Row> alerts(Dataset<Row> batch, Map<String, String> rules) {
        return rules.entrySet().stream()
                .map(rule -> alerts(batch, rule.getKey(), rule.getValue()))
                .reduce(Dataset::union)
                .orElseThrow();
    }

    Dataset<Row> alerts(Dataset<Row> batch, String rule, String condition) {
        return batch.where(condition).select(lit(rule).as("rule"), col("id"), col("amount"));
    }

    void append(Dataset<Row> rows, String table, String query, long number) {
        rows.write()
                .format("delta")
                .mode("append")
                .option("txnAppId", query)
                .option("txnVersion", number)
                .save(table);
    }
}
