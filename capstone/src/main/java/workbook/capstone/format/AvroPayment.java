package workbook.capstone.format;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.avro.Conversions.DecimalConversion;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import workbook.kit.Payment;

/** A payment's fields in a record of Avro. */
final class AvroPayment {

    private static final DecimalConversion DECIMALS = new DecimalConversion();
    private static final Schema AMOUNT =
            AvroSchemas.PAYMENT_1.getField("amount").schema();
    private static final LogicalType DECIMAL = AMOUNT.getLogicalType();

    private AvroPayment() {}

    /** Returns a record of this schema with the payment's fields. */
    static GenericRecord of(Payment payment, Schema schema) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("id", payment.id());
        record.put("time", ChronoUnit.MICROS.between(Instant.EPOCH, payment.time()));
        record.put("customer", payment.customer());
        record.put("terminal", payment.terminal());
        record.put("amount", DECIMALS.toFixed(payment.amount().setScale(2), AMOUNT, DECIMAL));
        return record;
    }

    /** Returns the payment in a record. */
    static Payment from(GenericRecord record) {
        return new Payment(
                (long) record.get("id"),
                Instant.EPOCH.plus((long) record.get("time"), ChronoUnit.MICROS),
                (int) record.get("customer"),
                (int) record.get("terminal"),
                amount(record));
    }

    private static BigDecimal amount(GenericRecord record) {
        return DECIMALS.fromFixed((GenericFixed) record.get("amount"), AMOUNT, DECIMAL);
    }
}
