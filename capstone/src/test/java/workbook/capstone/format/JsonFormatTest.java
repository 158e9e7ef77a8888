package workbook.capstone.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import workbook.kit.Payment;

class JsonFormatTest {

    private static final Payment PAYMENT =
            new Payment(7, Instant.parse("2018-04-01T08:59:58Z"), 596, 3156, new BigDecimal("57.10"));

    @Test
    void theNextVersionHasAFieldMoreThatIsIgnored() {
        byte[] evolved = JsonFormat.PLAIN.evolved().write(PAYMENT);
        assertThat(new String(evolved, StandardCharsets.UTF_8))
                .isEqualTo(PAYMENT.toJson().replace("}", ",\"channel\":\"web\"}"));
        assertThat(JsonFormat.PLAIN.parse(evolved, PAYMENT.time())).isEqualTo(new Parsed.Accepted(PAYMENT));
        assertThat(JsonFormat.PLAIN.version(evolved)).isEmpty();
    }
}
