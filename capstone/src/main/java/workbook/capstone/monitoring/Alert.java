package workbook.capstone.monitoring;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import workbook.capstone.inference.Reason;

/**
 * A record of {@link workbook.capstone.streaming.Topics#ALERTS}: a payment with a score at or above the alert
 * threshold, and the reasons.
 *
 * @param time the payment's event time, UTC
 * @param score from 0 to 1
 * @param reasons the features that contributed most, in descending order
 */
public record Alert(
        long id, Instant time, int customer, int terminal, BigDecimal amount, double score, List<Reason> reasons) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * Reads a record's value, and ignores further fields.
     *
     * @throws UncheckedIOException if the value is not an alert
     */
    static Alert parse(byte[] value) {
        try {
            return JSON.readValue(value, Alert.class);
        } catch (IOException e) {
            throw new UncheckedIOException("not an alert: " + new String(value, StandardCharsets.UTF_8), e);
        }
    }

    /** Returns a line, and below it one for each reason: {@code terminal risk 7d 0.93, usually 0.01}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(
                "%.2f  %s  customer %d paid %s at terminal %d", score, time, customer, amount.setScale(2), terminal));
        reasons.forEach(reason -> text.append(String.format(
                "%n               %s %.2f, usually %.2f",
                reason.feature().replace('_', ' '), reason.value(), reason.usual())));
        return text.toString();
    }
}
