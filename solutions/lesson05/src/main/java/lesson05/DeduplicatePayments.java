package lesson05;

import static org.apache.spark.sql.functions.expr;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Spark keeps an id until the watermark is an hour past the time of its first row, which is when a row two hours newer has
 * been read. It recognizes copies with times up to an hour apart, and the state has the ids of two hours. Ten minutes would
 * be enough for late rows, but the delay has to cover both. Thirty-five minutes would just do: the last copy comes before
 * any row that is seventy minutes newer than the first.
 *
 * <p>To Spark all nulls are the same id, so a row without an id gets a mark that no other row has.
 */
public class DeduplicatePayments {

    /** Two rows with equal values in these columns are the same payment. */
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
