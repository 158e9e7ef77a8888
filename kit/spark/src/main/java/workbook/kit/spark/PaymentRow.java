package workbook.kit.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import workbook.kit.Payment;

/** A {@link Payment} as a row of a Spark table. */
public final class PaymentRow {

    /** The columns of {@link Payment#SCHEMA}, all nullable. */
    public static final StructType SCHEMA = StructType.fromDDL(Payment.SCHEMA);

    private PaymentRow() {}

    /**
     * The payments in records of Kafka, whose values are JSON. A value that is no payment becomes a row of nulls.
     *
     * @param records rows with a column {@code value}, as Spark's Kafka source has them
     */
    public static Dataset<Row> parse(Dataset<Row> records) {
        return records.select(from_json(col("value").cast("string"), SCHEMA).as("payment"))
                .select("payment.*");
    }

    /** The payment as a row of {@link #SCHEMA}. */
    public static Row of(Payment payment) {
        return RowFactory.create(
                payment.id(), payment.time(), payment.customer(), payment.terminal(), payment.amount());
    }
}
