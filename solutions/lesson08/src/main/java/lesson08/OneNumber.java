package lesson08;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Both views are cut at the same position, so each payment is on one side of it, whatever its time is. What to do next is
 * decided from the tables as they are, not from what an earlier call has done, so it does not matter where that one ended.
 */
public class OneNumber {

    /** The tables of results. Each call is atomic. */
    public interface Tables {

        /** Up to which position, exclusive, a table contains the log; empty if there is no such table. */
        OptionalLong upTo(String table);

        /** The table that readers are served. */
        String served();

        /** From now on, readers are served this table. */
        void serve(String table);

        /**
         * Stops the job that fills a table, and deletes the table.
         *
         * @throws IllegalStateException if there is no such table
         */
        void drop(String table);
    }

    public Dataset<Row> serve(Dataset<Row> batchView, Dataset<Row> speedView) {
        Dataset<Row> newest = newest(batchView);
        return merged(batch(batchView, newest), speed(speedView, newest));
    }

    /** The run that counts: one row with the column {@code run}, null if there is none. */
    Dataset<Row> newest(Dataset<Row> batchView) {
        return batchView.agg(max(struct("upTo", "finished")).as("run"));
    }

    Dataset<Row> batch(Dataset<Row> batchView, Dataset<Row> newest) {
        return batchView.join(newest, expr("struct(upTo, finished) = run"), "left_semi");
    }

    Dataset<Row> speed(Dataset<Row> speedView, Dataset<Row> newest) {
        return speedView.join(newest, expr("since < run.upTo"), "left_anti").distinct();
    }

    Dataset<Row> merged(Dataset<Row> batch, Dataset<Row> speed) {
        return sums(batch)
                .union(sums(speed))
                .groupBy("day", "terminal")
                .agg(sum("payments").as("payments"), sum("revenue").as("revenue"))
                .withColumn("mean", col("revenue").cast("double").divide(col("payments")));
    }

    static Dataset<Row> sums(Dataset<Row> view) {
        return view.select("day", "terminal", "payments", "revenue");
    }

    public void replace(Tables tables, String old, String fresh) {
        if (!tables.served().equals(fresh) && hasCaughtUp(tables, old, fresh)) {
            tables.serve(fresh);
        }
        if (tables.served().equals(fresh) && tables.upTo(old).isPresent()) {
            tables.drop(old);
        }
    }

    private static boolean hasCaughtUp(Tables tables, String old, String fresh) {
        OptionalLong upTo = tables.upTo(fresh);
        return upTo.isPresent() && upTo.getAsLong() >= tables.upTo(old).getAsLong();
    }
}
