package workbook.capstone.format;

import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.kit.Payment;

/** How payments and scores are written to their topics, and read from them. Tasks of any JVM use a copy of it. */
public interface Format extends Serializable {

    /** Returns the value of a payment's record. */
    byte[] write(Payment payment);

    /**
     * Reads a payment. A record that is none, whatever its bytes are, is rejected with a reason.
     *
     * @param value the record's value, or null
     * @param received when Kafka received it
     * @throws RuntimeException if it cannot be known whether the record is a payment, because a registry does not answer
     */
    Parsed parse(byte[] value, Instant received);

    /** Returns the value of a score's record. */
    byte[] write(ScoredPayment scored);

    /**
     * Reads scores.
     *
     * @param records with the column {@code value} binary
     * @return the columns of {@link ScoredPayment#SCHEMA}
     */
    Dataset<Row> scores(Dataset<Row> records);

    /** Returns a payment's value as JSON, also if it is refused for what it says; any other value, also null, as it is. */
    byte[] toJson(byte[] value);

    /** As {@link #toJson}, for a column of values. */
    Column asJson(Column value);

    /** The same format with a later version of the payment's schema, which has a field more. */
    Format evolved();

    /** The version of the schema with which a payment was written; empty if values do not name it. */
    Optional<String> version(byte[] value);

    /** Returns a malformed record, of each kind in turn. */
    Malformed malformed(long number);
}
