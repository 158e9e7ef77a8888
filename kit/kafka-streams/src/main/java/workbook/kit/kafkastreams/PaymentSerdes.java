package workbook.kit.kafkastreams;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.engines.Revenue;

/** Serdes for the topics and the state of payments. Each writes text in UTF-8; null stays null. */
public final class PaymentSerdes {

    private PaymentSerdes() {}

    /** Payments as JSON. */
    public static Serde<ReceivedPayment> payments() {
        return text(ReceivedPayment::toJson, ReceivedPayment::fromJson);
    }

    /** Revenues as JSON. */
    public static Serde<Revenue> revenues() {
        return text(Revenue::toJson, Revenue::fromJson);
    }

    /** Decimals with all their digits: {@code 0.30}. */
    public static Serde<BigDecimal> decimals() {
        return text(BigDecimal::toPlainString, BigDecimal::new);
    }

    private static <T> Serde<T> text(Function<T, String> write, Function<String, T> read) {
        return Serdes.serdeFrom(
                (topic, value) -> value == null ? null : write.apply(value).getBytes(UTF_8),
                (topic, bytes) -> bytes == null ? null : read.apply(new String(bytes, UTF_8)));
    }
}
