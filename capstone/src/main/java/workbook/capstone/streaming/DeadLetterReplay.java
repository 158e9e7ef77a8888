package workbook.capstone.streaming;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lesson09.ReplayTheDead;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import workbook.capstone.format.Format;
import workbook.capstone.format.JsonFormat;
import workbook.capstone.format.Parsed;

/**
 * Sends dead letters again that a person has mended, with the brick {@link ReplayTheDead}, and parks the others in {@link
 * Topics#PARKED}. It commits each of them for its group: a letter is handled once, or twice if the process dies in between.
 *
 * <p>The brick gets values as text in ISO 8859-1, which has a character for each byte. So a parked value that is not UTF-8 is
 * still the same bytes.
 */
public final class DeadLetterReplay {

    /** The consumer group that commits the dead letters that were handled. */
    public static final String GROUP = "dead-letters";

    private static final String BYTES = StandardCharsets.ISO_8859_1.name();

    private final String bootstrapServers;
    private final Format format;
    private final Map<String, DeadLetter> letters = new HashMap<>();
    private final Map<String, String> refused = new LinkedHashMap<>();
    private long sent;
    private String unknown;

    /**
     * What became of the dead letters.
     *
     * @param refused why letters of the file are not payments, by origin; they are parked
     * @param unknown the origin of the first dead letter that is not in the file; it and those behind it were not handled.
     *     Null if there is none
     */
    public record Result(long sent, long parked, Map<String, String> refused, String unknown) {}

    /**
     * @param format of payments
     * @param letters as exported, with values that a person may have mended
     */
    public DeadLetterReplay(String bootstrapServers, Format format, List<DeadLetter> letters) {
        this.bootstrapServers = bootstrapServers;
        this.format = format;
        letters.forEach(letter -> this.letters.put(letter.origin(), letter));
    }

    /** Handles the current dead letters up to the first that is not among the exported ones. */
    public Result run() {
        long before = parked();
        try {
            new ReplayTheDead()
                    .replay(
                            new Clients(),
                            new ReplayTheDead.Topics(Topics.DEAD_LETTERS, Topics.PAYMENTS, Topics.PARKED),
                            GROUP,
                            (origin, value) -> mended(origin));
        } catch (RuntimeException e) {
            if (unknown == null) {
                throw e;
            }
        }
        return new Result(sent, parked() - before, refused, unknown);
    }

    /** A letter that the person has not seen must be neither sent nor parked: an exception ends the replay before it. */
    private Optional<String> mended(String origin) {
        DeadLetter letter = letters.get(origin);
        if (letter == null) {
            unknown = origin;
            throw new IllegalStateException(origin + " is not among the exported dead letters");
        }
        Instant now = Instant.now();
        Parsed parsed = format.parse(letter.bytes(), now);
        if (parsed instanceof Parsed.Accepted) {
            return sent(letter.bytes());
        }
        if (letter.value() != null) { // a person mends JSON, whatever the format
            parsed = JsonFormat.PLAIN.parse(letter.bytes(), now);
        }
        if (parsed instanceof Parsed.Accepted accepted) {
            return sent(format.write(accepted.payment()));
        }
        refused.put(origin, ((Parsed.Rejected) parsed).reason());
        return Optional.empty();
    }

    private Optional<String> sent(byte[] value) {
        sent++;
        return Optional.of(new String(value, StandardCharsets.ISO_8859_1));
    }

    private long parked() {
        return TopicReader.ends(bootstrapServers, List.of(Topics.PARKED)).total();
    }

    private final class Clients implements ReplayTheDead.Clients {

        @Override
        public Consumer<String, String> consumer(Map<String, Object> settings) {
            return new KafkaConsumer<>(with(
                    settings,
                    Map.of(
                            "key.deserializer", StringDeserializer.class,
                            "value.deserializer", StringDeserializer.class,
                            "value.deserializer.encoding", BYTES)));
        }

        @Override
        public Producer<String, String> producer(Map<String, Object> settings) {
            return new KafkaProducer<>(with(
                    settings,
                    Map.of(
                            "key.serializer", StringSerializer.class,
                            "value.serializer", StringSerializer.class,
                            "value.serializer.encoding", BYTES,
                            "max.request.size", Topics.MAX_DEAD_LETTER_BYTES)));
        }

        private Map<String, Object> with(Map<String, Object> settings, Map<String, Object> own) {
            Map<String, Object> all = new HashMap<>(settings);
            all.putAll(own);
            all.put("bootstrap.servers", bootstrapServers);
            return all;
        }
    }
}
