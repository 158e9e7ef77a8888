package lesson01;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A batch query on a table that grows: Spark keeps one running result per customer. */
public class RunningTotals {

    public Dataset<Row> totals(Dataset<Row> payments) {
        return payments.groupBy("customer")
                .agg(count(lit(1)).as("payments"), sum("amount").as("total"));
    }
}
