package workbook.kit.engines;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * The revenue of a terminal in an hour.
 *
 * @param hour the start of the hour, UTC
 * @param terminal null for the payments whose terminal is null
 * @param revenue the sum of the amounts
 */
public record Revenue(Instant hour, Integer terminal, BigDecimal revenue) {

    /** Reads the JSON that {@link #toJson} writes. */
    public static Revenue fromJson(String json) {
        JsonNode fields = Json.read(json);
        return new Revenue(
                Instant.parse(fields.get("hour").textValue()),
                Json.integer(fields.get("terminal")),
                fields.get("revenue").decimalValue());
    }

    /** Returns a JSON object on one line, with the hour in ISO 8601, UTC: {@code "2026-01-01T09:00:00Z"}. */
    public String toJson() {
        return "{\"hour\":\"" + hour + "\",\"terminal\":" + terminal + ",\"revenue\":" + revenue.toPlainString() + "}";
    }
}
