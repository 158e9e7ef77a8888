package workbook.capstone.streaming;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import workbook.capstone.format.Format;

/**
 * A refused record as a line of JSON, for a person to read and fix.
 *
 * @param origin {@code topic-partition@offset} of the record
 * @param reason why it was refused
 * @param value the record's value as JSON, if it is a payment in any format, or as text, if it is valid UTF-8; else null
 * @param base64 the record's value, if there is no text; else null
 */
public record DeadLetter(String origin, String reason, String value, String base64) {

    private static final JsonMapper JSON = new JsonMapper();

    /** @param format of payments */
    static DeadLetter of(ConsumerRecord<byte[], byte[]> record, Format format) {
        byte[] value = format.toJson(record.value());
        String text = value == null ? null : text(value);
        return new DeadLetter(
                header(record, Topics.ORIGIN),
                header(record, Topics.REASON),
                text,
                value == null || text != null ? null : Base64.getEncoder().encodeToString(value));
    }

    /** Decodes UTF-8, or returns null if these bytes are not UTF-8. */
    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /**
     * Reads a line that {@link #toJson} wrote and a person may have edited.
     *
     * @throws IllegalArgumentException if the line is not valid; the message says where
     */
    public static DeadLetter fromJson(String line) {
        try {
            return JSON.readValue(line, DeadLetter.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    /** Returns one line of JSON. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the record's value, as text if there is one; null if it has none. */
    public byte[] bytes() {
        if (value != null) {
            return value.getBytes(StandardCharsets.UTF_8);
        }
        return base64 == null ? null : Base64.getDecoder().decode(base64);
    }
}
