package workbook.capstone.spark;

import java.util.Locale;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import workbook.kit.Payment;

/** A payment with its score: a record of {@link workbook.capstone.streaming.Topics#SCORES}, and a row in the lake. */
record ScoredPayment(Payment payment, double score, boolean alert) {

    /** The columns of {@link Payment#SCHEMA}, then {@code score} double, from 0 to 1, and {@code alert} boolean. */
    static final StructType SCHEMA = Payment.SCHEMA
            .add("score", DataTypes.DoubleType)
            .add("alert", DataTypes.BooleanType);

    String toJson() {
        String fields = payment.toJson();
        return fields.substring(0, fields.length() - 1)
                + String.format(Locale.ROOT, ",\"score\":%.6f,\"alert\":%b}", score, alert);
    }
}
