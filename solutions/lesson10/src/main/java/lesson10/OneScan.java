package lesson10;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The common part of the three reports is a Dataset with the payments that count and the four columns that the reports use.
 * {@code persist} only marks it: the first report's action reads the payments and fills the cache, the other two read the
 * cache. The mark is removed in a {@code finally}, after the last action and also after an exception, and only from this
 * Dataset.
 */
public class OneScan {

    /** Where the reports go: to files, or to other systems. */
    public interface Sinks {

        /** Writes the number and the sum of payments by customer. */
        void customers(Dataset<Row> customers);

        /** Writes the number and the sum of payments by terminal. */
        void terminals(Dataset<Row> terminals);

        /** Writes the largest payments. */
        void largest(Dataset<Row> largest);
    }

    public void reports(Dataset<Row> payments, Sinks sinks) {
        Dataset<Row> used = used(payments).persist();
        try {
            write(used, sinks);
        } finally {
            used.unpersist();
        }
    }

    Dataset<Row> used(Dataset<Row> payments) {
        return payments.where("NOT declined").select("id", "customer", "terminal", "amount");
    }

    void write(Dataset<Row> used, Sinks sinks) {
        sinks.customers(revenue(used, "customer"));
        sinks.terminals(revenue(used, "terminal"));
        sinks.largest(largest(used));
    }

    Dataset<Row> revenue(Dataset<Row> used, String by) {
        return used.groupBy(by).agg(count("*").as("payments"), sum("amount").as("revenue"));
    }

    Dataset<Row> largest(Dataset<Row> used) {
        return used.orderBy(col("amount").desc(), col("id")).limit(3).select("id", "amount");
    }
}
