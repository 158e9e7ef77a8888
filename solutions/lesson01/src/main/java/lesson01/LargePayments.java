package lesson01;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A filter asks each row by itself, so it has nothing to remember. Compared with null, an amount is neither large nor
 * small but unknown, and {@code where} keeps only what is true: whoever wants the unknown has to say so.
 */
public class LargePayments {

    public Dataset<Row> large(Dataset<Row> payments) {
        return payments.where(col("amount").geq(100).or(col("amount").isNull())).select("id", "customer", "amount");
    }
}
