package workbook.capstone.streaming;

import java.util.List;
import java.util.Map;
import workbook.kit.LocalKafka;

/** The topics of the pipeline. */
public final class Topics {

    /** Payments as JSON, keyed by customer, so that one customer's payments keep their order. */
    public static final String PAYMENTS = "payments";

    /** Every payment with its score, as JSON, keyed by payment id. */
    public static final String SCORES = "scores";

    /** The scores above the model's alert threshold, once more, and the features that weighed most. */
    public static final String ALERTS = "alerts";

    /** TopicStream that are no payments, byte for byte, with the reason and their origin in the headers. */
    public static final String DEAD_LETTERS = "dead-letters";

    /** How each query stands, once a second, as JSON, keyed by its name: {@link workbook.capstone.monitoring.Snapshot.Query}. */
    public static final String QUERIES = "queries";

    /** A header of {@link #SCORES}: when the payment was sent, milliseconds since 1970, by its record's timestamp. */
    public static final String SENT = "sent";

    /** A header of {@link #PAYMENTS}: the payment's id, for whoever follows a record without parsing it. */
    public static final String ID = "id";

    /** A header of {@link #DEAD_LETTERS}: why the record was refused. */
    public static final String REASON = "reason";

    /** A header of {@link #DEAD_LETTERS}: {@code topic-partition@offset} of the record. */
    public static final String ORIGIN = "origin";

    /** The largest dead letter: a record at the broker's limit of 1 MiB and its headers must still fit. */
    public static final int MAX_DEAD_LETTER_BYTES = 2 * 1024 * 1024;

    private Topics() {}

    /**
     * The broker that the environment names: what several processes share is in none of them.
     *
     * @throws LocalKafka.NoKafkaException if it does not answer
     * @throws IllegalStateException if the environment names none
     */
    public static LocalKafka externalBroker() {
        if (System.getenv(LocalKafka.CHOICE) == null) {
            throw new IllegalStateException("Which broker? Set " + LocalKafka.CHOICE + "=host:port.");
        }
        return LocalKafka.start();
    }

    /** Creates those that do not exist; {@code payments} with the given number of partitions. */
    public static void create(LocalKafka kafka, int partitions) {
        kafka.createTopic(PAYMENTS, partitions);
        kafka.createTopic(SCORES, partitions);
        kafka.createTopic(ALERTS, 1);
        kafka.createTopic(QUERIES, 1, Map.of("cleanup.policy", "compact"));
        kafka.createTopic(DEAD_LETTERS, 1, Map.of("max.message.bytes", Integer.toString(MAX_DEAD_LETTER_BYTES)));
    }

    /** Where all of them end now. */
    public static Positions ends(LocalKafka kafka) {
        return TopicReader.ends(kafka.bootstrapServers(), List.of(PAYMENTS, SCORES, ALERTS, DEAD_LETTERS));
    }
}
