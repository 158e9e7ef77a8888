package workbook.capstone.streaming;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that was refused, as a person can read and mend it: a line of JSON.
 *
 * @param origin {@code topic-partition@offset} of the record
 * @param reason why it was refused
 * @param value what it held, where that is text; else null
 * @param base64 what it held, where that is no text; null where it is, or where it held nothing
 */
public record DeadLetter(String origin, String reason, String value, String base64) {

    private static final JsonMapper JSON = new JsonMapper();

    static DeadLetter of(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        String text = value == null ? null : text(value);
        return new DeadLetter(
                header(record, Topics.ORIGIN),
                header(record, Topics.REASON),
                text,
                value == null || text != null ? null : Base64.getEncoder().encodeToString(value));
    }

    /** The text that these bytes are, or null if they are none. */
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
     * Reads a line that {@link #toJson} wrote, and that somebody may have changed since.
     *
     * @throws IllegalArgumentException if it is none; the message says where it breaks off
     */
    public static DeadLetter fromJson(String line) {
        try {
            return JSON.readValue(line, DeadLetter.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    /** One line. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the record holds now; null if nothing. */
    public byte[] bytes() {
        if (value != null) {
            return value.getBytes(StandardCharsets.UTF_8);
        }
        return base64 == null ? null : Base64.getDecoder().decode(base64);
    }
}
