package workbook.capstone.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import workbook.kit.Payment;

/**
 * Parses the bytes of a record into a {@link Payment}, or returns the reason why that fails. It never throws: one bad
 * record must not stop a stream.
 *
 * <p>A payment is one JSON object, UTF-8, with the fields of {@link Payment#SCHEMA}; further fields are ignored, so
 * producers may add some. {@link PaymentRules} say what else it must fulfil.
 */
public final class PaymentParser {

    /** Reasons are short: the record itself is beside them in the dead-letter topic. */
    private static final int MAX_REASON = 60;

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build()
            .readerFor(JsonNode.class);

    /**
     * Parses one record.
     *
     * @param value the record's value, or null
     * @param received when Kafka received it
     */
    public Parsed parse(byte[] value, Instant received) {
        if (value == null) {
            return new Parsed.Rejected("no value");
        }
        try {
            return new Parsed.Accepted(PaymentRules.checked(payment(JSON.readTree(value)), received));
        } catch (Refusal e) {
            return new Parsed.Rejected(e.getMessage());
        } catch (JsonProcessingException e) {
            return new Parsed.Rejected("not JSON: " + firstLine(e.getOriginalMessage()));
        } catch (IOException e) {
            return new Parsed.Rejected("not UTF-8: " + firstLine(e.getMessage()));
        }
    }

    private static Payment payment(JsonNode json) throws Refusal {
        if (json == null || !json.isObject()) {
            throw new Refusal("not a JSON object");
        }
        return new Payment(id(json), time(json), number(json, "customer"), number(json, "terminal"), amount(json));
    }

    private static long id(JsonNode json) throws Refusal {
        JsonNode id = field(json, "id");
        Refusal.unless(id.isIntegralNumber() && id.canConvertToLong(), "id", "not a whole number");
        return id.longValue();
    }

    private static int number(JsonNode json, String name) throws Refusal {
        JsonNode number = field(json, name);
        Refusal.unless(number.isIntegralNumber() && number.canConvertToInt(), name, "not a whole number");
        return number.intValue();
    }

    private static Instant time(JsonNode json) throws Refusal {
        JsonNode text = field(json, "time");
        Refusal.unless(text.isTextual(), "time", "not a text");
        return instant(text.textValue());
    }

    private static Instant instant(String text) throws Refusal {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new Refusal("time: not an ISO-8601 instant");
        }
    }

    private static BigDecimal amount(JsonNode json) throws Refusal {
        JsonNode number = field(json, "amount");
        Refusal.unless(number.isNumber(), "amount", "not a number");
        return number.decimalValue();
    }

    private static JsonNode field(JsonNode json, String name) throws Refusal {
        JsonNode field = json.get(name);
        Refusal.unless(field != null, name, "missing");
        Refusal.unless(!field.isNull(), name, "null");
        return field;
    }

    /** Returns Jackson's message without the list of expected tokens. */
    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("").replaceFirst(": (was )?expect.*", "");
        return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON) + " ...";
    }
}
