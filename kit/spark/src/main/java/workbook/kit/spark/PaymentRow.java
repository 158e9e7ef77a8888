package workbook.kit.spark;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import workbook.kit.Payment;

/** Converts a {@link Payment} to a row of a Spark table. */
public final class PaymentRow {

    /** The columns of {@link Payment#SCHEMA}, all nullable. */
    public static final StructType SCHEMA = StructType.fromDDL(Payment.SCHEMA);

    private PaymentRow() {}

    /** Returns the payment as a row of {@link #SCHEMA}. */
    public static Row of(Payment payment) {
        return RowFactory.create(
                payment.id(), payment.time(), payment.customer(), payment.terminal(), payment.amount());
    }
}
