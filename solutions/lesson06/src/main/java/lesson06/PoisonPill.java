package lesson06;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.io.Serializable;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * The library is called in a task, once per payment: the {@code try} is there, around each call. An exception becomes a
 * value in the output and does not fail the query. {@code toString} gives a reason even if the exception has no
 * message.
 *
 * <p>{@code observe} counts the rows of the output: a batch that runs again is counted again from zero, and Spark
 * reports it once, when it is complete. {@code count} of a column counts the values that are not null, and is 0 in a batch
 * without any, where {@code sum} is null.
 */
public class PoisonPill {

    /** The library. */
    @FunctionalInterface
    public interface Rules extends Serializable {

        /** Returns the risk of a payment, a row of the stream. May throw any exception, and {@link AssertionError}. */
        double risk(Row payment) throws Exception;
    }

    static final StructType RATED = StructType.fromDDL("id BIGINT, risk DOUBLE, reason STRING, message STRING");

    public Dataset<Row> rated(Dataset<Row> payments, Rules rules) {
        return payments.map((MapFunction<Row, Row>) payment -> rated(payment, rules), Encoders.row(RATED))
                .observe(
                        "quarantine",
                        count(lit(1)).as("payments"),
                        count("reason").as("quarantined"));
    }

    static Row rated(Row payment, Rules rules) {
        try {
            return row(payment, rules.risk(payment), null);
        } catch (Exception | AssertionError thrown) {
            return row(payment, null, thrown.toString());
        }
    }

    static Row row(Row payment, Double risk, String reason) {
        return RowFactory.create(payment.getAs("id"), risk, reason, payment.getAs("message"));
    }
}
