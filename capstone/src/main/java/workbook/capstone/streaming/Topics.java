package workbook.capstone.streaming;

import java.util.List;
import java.util.Map;
import workbook.kit.LocalKafka;

/** The topics of the pipeline. */
public final class Topics {

    /**
     * Payments in the pipeline's {@link workbook.capstone.format.Format}, keyed by customer: a customer's payments keep their
     * order.
     */
    public static final String PAYMENTS = "payments";

    /** Every payment with its score, in the same format, keyed by payment id. */
    public static final String SCORES = "scores";

    /** The scores at or above the model's alert threshold, with the features that contributed most, as JSON. */
    public static final String ALERTS = "alerts";

    /** Records that are not payments, byte for byte, with the reason and their origin in headers. */
    public static final String DEAD_LETTERS = "dead-letters";

    /**
     * Dead letters that are not to be sent again, with all their headers: nobody could mend them, or they were sent three
     * times, or an earlier one of their key is here.
     */
    public static final String PARKED = "parked";

    /**
     * The customers' master data as JSON: every {@link CustomerVersion}, keyed by customer and version. The topic is
     * compacted: of a version that is sent again, the broker keeps the last record. With the customer alone as key, a
     * simulator that starts again would replace newer versions by the first.
     */
    public static final String CUSTOMERS = "customers";

    /**
     * The status of each query, once a second, as JSON, keyed by its name: {@link
     * workbook.capstone.monitoring.Snapshot.Query}.
     */
    public static final String QUERIES = "queries";

    /**
     * A header of {@link #SCORES}: the timestamp of the payment's record, in milliseconds since 1970. Without it, the
     * payment was a dead letter, and says nothing about latency.
     */
    public static final String SENT = "sent";

    /** A header of {@link #PAYMENTS}: the payment's id, to follow a record without parsing it. */
    public static final String ID = "id";

    /** A header of {@link #DEAD_LETTERS}: why the record was refused. */
    public static final String REASON = "reason";

    /** A header of {@link #DEAD_LETTERS}: {@code topic-partition@offset} of the record when it was first refused. */
    public static final String ORIGIN = "origin";

    /** A header of a dead letter that was sent again: how often, as a number. */
    public static final String ATTEMPTS = "attempts";

    /** The maximum size of a dead letter: a record at the broker's limit of 1 MiB, with headers, must fit. */
    public static final int MAX_DEAD_LETTER_BYTES = 2 * 1024 * 1024;

    private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact");

    private Topics() {}

    /**
     * Connects to the broker that the environment names. Several processes share it, so none of them embeds it.
     *
     * @throws LocalKafka.NoKafkaException if the broker does not respond
     * @throws IllegalStateException if the environment names no broker
     */
    public static LocalKafka externalBroker() {
        if (System.getenv(LocalKafka.CHOICE) == null) {
            throw new IllegalStateException("This command needs a broker. Set " + LocalKafka.CHOICE + "=host:port.");
        }
        return LocalKafka.start();
    }

    /** Creates the missing topics; {@code payments} and {@code scores} with this number of partitions. */
    public static void create(LocalKafka kafka, int partitions) {
        kafka.createTopic(PAYMENTS, partitions);
        kafka.createTopic(SCORES, partitions);
        kafka.createTopic(ALERTS, 1);
        kafka.createTopic(CUSTOMERS, 1, COMPACTED);
        kafka.createTopic(QUERIES, 1, COMPACTED);
        createForDeadLetters(kafka);
    }

    /** Creates the missing topics of dead letters. */
    public static void createForDeadLetters(LocalKafka kafka) {
        Map<String, String> large = Map.of("max.message.bytes", Integer.toString(MAX_DEAD_LETTER_BYTES));
        kafka.createTopic(DEAD_LETTERS, 1, large);
        kafka.createTopic(PARKED, 1, large);
    }

    /** Returns the current end offsets of the topics of payments, scores, alerts and dead letters. */
    public static Positions ends(LocalKafka kafka) {
        return TopicReader.ends(kafka.bootstrapServers(), List.of(PAYMENTS, SCORES, ALERTS, DEAD_LETTERS));
    }
}
