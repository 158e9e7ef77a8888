package workbook.kit.spark;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import workbook.kit.Payment;
import workbook.kit.SimulatedPayment;

/** Converts a {@link Payment} to a row of a Spark table. */
public final class PaymentRow {

    /** The columns of {@link Payment#SCHEMA}, all nullable. */
    public static final StructType SCHEMA = StructType.fromDDL(Payment.SCHEMA);

    private PaymentRow() {}

    /** Creates a table of simulated payments: the columns of {@link #SCHEMA}, and their label, {@code fraud BOOLEAN}. */
    public static Dataset<Row> table(SparkSession spark, Stream<SimulatedPayment> payments) {
        List<Row> rows = payments.map(one -> with(one.payment(), one.isFraud())).toList();
        return spark.createDataFrame(rows, SCHEMA.add("fraud", DataTypes.BooleanType));
    }

    /** Returns the payment as a row of {@link #SCHEMA}. */
    public static Row of(Payment payment) {
        return RowFactory.create(values(payment));
    }

    /** Returns the payment as a row of {@link #SCHEMA}, followed by the values of more columns. */
    public static Row with(Payment payment, Object... more) {
        Object[] first = values(payment);
        Object[] values = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, values, first.length, more.length);
        return RowFactory.create(values);
    }

    private static Object[] values(Payment payment) {
        return new Object[] {payment.id(), payment.time(), payment.customer(), payment.terminal(), payment.amount()};
    }
}
