package workbook.capstone.batch;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The revenue as a batch query. */
final class RevenueOnSpark implements RevenueJob {

    @Override
    public Dataset<Row> revenue(Dataset<Row> payments) {
        return payments.groupBy(window(col("time"), "1 hour").getField("start").as("hour"), col("terminal"))
                .agg(sum("amount").as("revenue"));
    }
}
