package lesson05;

import static org.apache.spark.sql.functions.expr;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * An id is remembered from the time of the row that brought it until the watermark is an hour past that: copies with
 * times up to an hour apart are recognised, and the state holds the ids of about two hours. Ten minutes would be enough
 * for late rows, but the bound has to cover both.
 *
 * <p>To Spark all nulls are the same id. So a row without one gets a mark of its own, which no other row has.
 */
public class DeduplicatePayments {

    /** What makes two rows the same payment. */
    static final String[] SAME = {"id", "mark"};

    public Dataset<Row> once(Dataset<Row> payments) {
        return marked(payments)
                .withWatermark("time", "1 hour")
                .dropDuplicatesWithinWatermark(SAME)
                .drop("mark");
    }

    static Dataset<Row> marked(Dataset<Row> payments) {
        return payments.withColumn("mark", expr("CASE WHEN id IS NULL THEN uuid() END"));
    }
}
