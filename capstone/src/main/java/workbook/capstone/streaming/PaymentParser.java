package workbook.capstone.streaming;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import workbook.kit.Payment;

/**
 * Parses the bytes of a record into a {@link Payment}, or returns the reason why that fails. It never throws: one bad
 * record must not stop a stream.
 *
 * <p>A payment is one JSON object, UTF-8, with the fields of {@link Payment#SCHEMA}; further fields are ignored, so
 * producers may add some. It refuses amounts below 0, above {@link #MAX_AMOUNT} or with more than two decimals, and
 * event times before 1970 or more than {@link #MAX_AHEAD} after the record's Kafka timestamp.
 */
public final class PaymentParser {

    /** The largest accepted amount. */
    public static final BigDecimal MAX_AMOUNT = new BigDecimal(1_000_000);

    /**
     * How far a payment's event time may be ahead of the clock: one event far in the future advances every watermark.
     */
    public static final Duration MAX_AHEAD = Duration.ofDays(1);

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
            return new Parsed.Accepted(payment(JSON.readTree(value), received));
        } catch (Malformed e) {
            return new Parsed.Rejected(e.getMessage());
        } catch (JsonProcessingException e) {
            return new Parsed.Rejected("not JSON: " + firstLine(e.getOriginalMessage()));
        } catch (IOException e) {
            return new Parsed.Rejected("not UTF-8: " + firstLine(e.getMessage()));
        }
    }

    private static Payment payment(JsonNode json, Instant received) throws Malformed {
        if (json == null || !json.isObject()) {
            throw new Malformed("not a JSON object");
        }
        return new Payment(
                id(json), time(json, received), number(json, "customer"), number(json, "terminal"), amount(json));
    }

    private static long id(JsonNode json) throws Malformed {
        JsonNode id = field(json, "id");
        require(id.isIntegralNumber() && id.canConvertToLong(), "id", "not a whole number");
        return id.longValue();
    }

    private static int number(JsonNode json, String name) throws Malformed {
        JsonNode number = field(json, name);
        require(number.isIntegralNumber() && number.canConvertToInt(), name, "not a whole number");
        require(number.intValue() >= 0, name, "negative");
        return number.intValue();
    }

    private static Instant time(JsonNode json, Instant received) throws Malformed {
        JsonNode text = field(json, "time");
        require(text.isTextual(), "time", "not a text");
        Instant time = instant(text.textValue());
        require(!time.isBefore(Instant.EPOCH), "time", "before 1970");
        require(!time.isAfter(received.plus(MAX_AHEAD)), "time", "more than a day in the future");
        return time;
    }

    private static Instant instant(String text) throws Malformed {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new Malformed("time: not an ISO-8601 instant");
        }
    }

    private static BigDecimal amount(JsonNode json) throws Malformed {
        JsonNode number = field(json, "amount");
        require(number.isNumber(), "amount", "not a number");
        BigDecimal amount = number.decimalValue();
        require(amount.signum() >= 0, "amount", "negative");
        // Compare before scaling: 1e999999999 is a short text and a very long number.
        require(amount.compareTo(MAX_AMOUNT) <= 0, "amount", "above " + MAX_AMOUNT);
        require(amount.stripTrailingZeros().scale() <= 2, "amount", "more than two decimals");
        return amount.setScale(2);
    }

    private static JsonNode field(JsonNode json, String name) throws Malformed {
        JsonNode field = json.get(name);
        require(field != null, name, "missing");
        require(!field.isNull(), name, "null");
        return field;
    }

    private static void require(boolean holds, String field, String fault) throws Malformed {
        if (!holds) {
            throw new Malformed(field + ": " + fault);
        }
    }

    /** Returns Jackson's message without the list of expected tokens. */
    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("").replaceFirst(": (was )?expect.*", "");
        return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON) + " ...";
    }

    private static final class Malformed extends Exception {
        Malformed(String reason) {
            super(reason, null, false, false);
        }
    }
}
