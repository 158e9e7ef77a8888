package workbook.kit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaymentTest {

    private static final Payment PAYMENT =
            new Payment(1_820_000_007L, Instant.parse("2018-04-01T10:00:00Z"), 12, 345, new BigDecimal("99999999.90"));

    @Test
    void jsonReadsBackAsTheSamePayment() throws Exception {
        JsonNode json = new ObjectMapper().readTree(PAYMENT.toJson());

        Payment read = new Payment(
                json.get("id").longValue(),
                Instant.parse(json.get("time").textValue()),
                json.get("customer").intValue(),
                json.get("terminal").intValue(),
                json.get("amount").decimalValue().setScale(2));
        assertThat(read).isEqualTo(PAYMENT);
    }

    @Test
    void jsonHasTheFieldsOfTheSchemaInItsOrder() throws Exception {
        assertThat(new ObjectMapper().readTree(PAYMENT.toJson()).fieldNames())
                .toIterable()
                .containsExactly(
                        Payment.SCHEMA.replaceAll("\\(.*?\\)| [A-Z]+", "").split(", "));
    }

    @Test
    void jsonWritesAnAmountWithItsCentsAndNoExponent() {
        assertThat(PAYMENT.toJson()).endsWith("\"amount\":99999999.90}");
    }
}
