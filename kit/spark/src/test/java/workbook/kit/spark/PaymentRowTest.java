package workbook.kit.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import workbook.kit.Payment;

class PaymentRowTest {

    @Test
    void theSchemaHasSparksTypes() {
        assertThat(PaymentRow.SCHEMA)
                .isEqualTo(new StructType()
                        .add("id", DataTypes.LongType)
                        .add("time", DataTypes.TimestampType)
                        .add("customer", DataTypes.IntegerType)
                        .add("terminal", DataTypes.IntegerType)
                        .add("amount", DataTypes.createDecimalType(10, 2)));
    }

    @Test
    void aRowHasTheValuesInTheOrderOfTheSchema() {
        Payment payment = new Payment(7, Instant.parse("2018-04-01T10:00:00Z"), 12, 345, new BigDecimal("9.90"));
        Row row = PaymentRow.of(payment);

        assertThat(row.size()).isEqualTo(PaymentRow.SCHEMA.size());
        assertThat(row.getDecimal(PaymentRow.SCHEMA.fieldIndex("amount"))).isEqualTo(payment.amount());
        assertThat(row.getInstant(PaymentRow.SCHEMA.fieldIndex("time"))).isEqualTo(payment.time());
    }
}
