package workbook.kit.engines;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import workbook.kit.Payment;

/**
 * A card payment as it is received. It has the columns of {@link Payment#SCHEMA}, but {@code id}, {@code customer} and
 * {@code terminal} may be null.
 *
 * @param time event time, UTC; never null
 * @param amount with two decimals; never null
 */
public record ReceivedPayment(Long id, Instant time, Integer customer, Integer terminal, BigDecimal amount) {

    /** Reads the JSON that {@link #toJson} writes. */
    public static ReceivedPayment fromJson(String json) {
        JsonNode fields = Json.read(json);
        return new ReceivedPayment(
                fields.get("id").isNull() ? null : fields.get("id").longValue(),
                Instant.parse(fields.get("time").textValue()),
                Json.integer(fields.get("customer")),
                Json.integer(fields.get("terminal")),
                fields.get("amount").decimalValue());
    }

    /** Returns a JSON object on one line, as {@link Payment#toJson} does; a field without a value is null. */
    public String toJson() {
        return "{\"id\":" + id + ",\"time\":\"" + time + "\",\"customer\":" + customer + ",\"terminal\":" + terminal
                + ",\"amount\":" + amount.toPlainString() + "}";
    }
}
