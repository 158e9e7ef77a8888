package workbook.kit.kafkastreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.engines.Revenue;

class PaymentSerdesTest {

    private static final Instant TIME = Instant.parse("2026-01-01T09:30:00Z");

    @Test
    void valuesAreReadAsTheyWereWritten() {
        assertRead(PaymentSerdes.payments(), new ReceivedPayment(null, TIME, 10, null, new BigDecimal("-2.50")));
        assertRead(PaymentSerdes.revenues(), new Revenue(TIME, 7, new BigDecimal("0.00")));
        assertRead(PaymentSerdes.decimals(), new BigDecimal("1E+3").setScale(2));
    }

    @Test
    void nullStaysNull() {
        assertRead(PaymentSerdes.payments(), null);
        assertRead(PaymentSerdes.revenues(), null);
        assertRead(PaymentSerdes.decimals(), null);
    }

    private static <T> void assertRead(Serde<T> serde, T value) {
        assertThat(serde.deserializer().deserialize("", serde.serializer().serialize("", value)))
                .isEqualTo(value);
    }
}
