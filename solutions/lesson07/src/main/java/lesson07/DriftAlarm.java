package lesson07;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.ln;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.window;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One grouping by day counts the payments of each bin; the index is then arithmetic on one row. The bins cover everything:
 * the first has no lower edge, the last no upper one, and missing values are a bin. They are tested first, since Spark
 * sorts NaN above all numbers.
 */
public class DriftAlarm {

    private static final double LEAST_SHARE = 0.0001;

    public Dataset<Row> alarms(Dataset<Row> payments, double[] edges, double[] expected, int least) {
        return byDay(payments.withWatermark("time", "1 hour"), edges, expected, least);
    }

    Dataset<Row> byDay(Dataset<Row> payments, double[] edges, double[] expected, int least) {
        List<Column> counts = counts(edges, expected.length);
        Column psi = lit(0.0);
        for (int i = 0; i < expected.length; i++) {
            Column actual = atLeast(col("bin" + i).divide(col("payments")));
            psi = psi.plus(part(actual, expected(expected[i])));
        }
        return payments.groupBy(window(col("time"), "1 day"))
                .agg(count(lit(1)).as("payments"), counts.toArray(Column[]::new))
                .withColumn("psi", when(col("payments").geq(least), psi))
                .select(
                        col("window.start").as("day"),
                        col("payments"),
                        col("psi"),
                        moved(edges).as("moved"));
    }

    /** The number of payments in each bin. */
    List<Column> counts(double[] edges, int bins) {
        List<Column> counts = new ArrayList<>();
        for (int i = 0; i < bins; i++) {
            counts.add(count_if(bin(edges).equalTo(i)).as("bin" + i));
        }
        return counts;
    }

    /** The number of a value's bin; the last one is that of missing values. */
    Column bin(double[] edges) {
        Column bin = when(col("value").isNull().or(isnan(col("value"))), edges.length + 1);
        for (int i = 0; i < edges.length; i++) {
            bin = bin.when(col("value").leq(edges[i]), i);
        }
        return bin.otherwise(edges.length);
    }

    Column expected(double share) {
        return atLeast(lit(share));
    }

    Column atLeast(Column share) {
        return greatest(share, lit(LEAST_SHARE));
    }

    Column part(Column actual, Column expected) {
        return actual.minus(expected).multiply(ln(actual.divide(expected)));
    }

    Column moved(double[] edges) {
        return col("psi").gt(0.25);
    }
}
