package lesson01;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A filter decides for each row separately, so it needs no state. A comparison with null is neither true nor false but
 * unknown, and {@code where} keeps only rows for which the condition is true: unknown amounts need a condition of their own.
 */
public class LargePayments {

    public Dataset<Row> large(Dataset<Row> payments) {
        return payments.where(col("amount").geq(100).or(col("amount").isNull())).select("id", "customer", "amount");
    }
}
