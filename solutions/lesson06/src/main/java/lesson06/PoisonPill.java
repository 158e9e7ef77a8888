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
 * The library is called in a task, a payment at a time: there, and around each call, stands the {@code try}. What it throws
 * becomes a value, and a value kills nobody. {@code toString} gives a reason even where the exception has no message.
 *
 * <p>The count is taken of the rows that come out, by {@code observe}: a batch that is run again is counted again from
 * zero, and Spark reports it once, when it is done. {@code count} of a column counts what is not null.
 */
public class PoisonPill {

    /** Somebody's library. */
    @FunctionalInterface
    public interface Rules extends Serializable {

        /** How risky a payment is, a row of the stream. Throws whatever it likes. */
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
