package workbook.capstone;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.awaitility.Awaitility;
import workbook.capstone.format.JsonFormat;
import workbook.capstone.inference.FraudModel;
import workbook.capstone.inference.Training;
import workbook.capstone.spark.Lake;
import workbook.capstone.spark.Sessions;
import workbook.capstone.streaming.PaymentProducer;
import workbook.capstone.streaming.Replay;
import workbook.capstone.streaming.TopicReader;
import workbook.capstone.streaming.Topics;
import workbook.kit.SimulatedPayment;
import workbook.kit.Simulator;

/** Sends payments to a pipeline of other processes and reads the scores, to detect losses. */
final class Load implements AutoCloseable {

    private static final Pattern LOOKUP = Pattern.compile("\"lookup\":\"(\\w+)\"");
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final double RATE = 200;
    private static final double MALFORMED = 0.01;
    private static final Simulator.Settings SIMULATION =
            Simulator.Settings.defaults().withCustomers(500);

    private final Set<Long> sent = ConcurrentHashMap.newKeySet();
    private final Set<Long> scored = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> lookups = new ConcurrentHashMap<>();
    private final AtomicBoolean goOn = new AtomicBoolean(true);
    private final PaymentProducer producer;
    private final TopicReader scores;
    private final CompletableFuture<Void> sending;

    private Load(String broker) {
        producer = new PaymentProducer(broker, JsonFormat.PLAIN);
        scores = TopicReader.start(
                broker,
                TopicReader.beginnings(broker, List.of(Topics.SCORES)),
                record -> score(text(record.key()), text(record.value())));
        Iterator<SimulatedPayment> days =
                Training.unknownPayments(new Simulator(SIMULATION), SIMULATION).iterator();
        Replay replay = new Replay(
                producer, days, MALFORMED, payment -> sent.add(payment.payment().id()));
        sending = CompletableFuture.runAsync(() -> replay.run(RATE, Duration.ofDays(1), goOn::get));
    }

    private void score(String id, String score) {
        scored.add(Long.parseLong(id));
        Matcher lookup = LOOKUP.matcher(score);
        if (lookup.find()) {
            lookups.merge(lookup.group(1), 1L, Long::sum);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Trains a model for these payments. */
    static FraudModel model() {
        return Training.on(new Simulator(SIMULATION), SIMULATION);
    }

    /** Starts sending. The topics must exist. */
    static Load on(String broker) {
        return new Load(broker);
    }

    /** Stops sending; throws if the broker refused a record. */
    void end() {
        goOn.set(false);
        sending.join();
        producer.flush();
        producer.throwIfFailed();
    }

    /** Returns the ids of the payments sent. */
    Set<Long> sent() {
        return sent;
    }

    /** Returns the ids of the scored payments. */
    Set<Long> scored() {
        return scored;
    }

    /**
     * Returns the number of scores with this source of the customer's features: {@code nightly}, {@code online}, {@code
     * fallback}.
     */
    long lookups(String source) {
        return lookups.getOrDefault(source, 0L);
    }

    /** Returns the number of records sent, malformed ones included. */
    long records() {
        return producer.payments() + producer.malformed();
    }

    /** Waits until the lake has each payment once, and each record as received. */
    void awaitIn(Lake lake) throws IOException {
        try (SparkSession spark = Sessions.start(1)) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> {
                        assertThat(lake.count(spark, Lake.SILVER)).isGreaterThanOrEqualTo(sent.size());
                        assertThat(lake.count(spark, Lake.BRONZE)).isGreaterThanOrEqualTo(records());
                    });
            assertThat(lake.read(spark, Lake.SILVER)
                            .select("id")
                            .as(Encoders.LONG())
                            .collectAsList())
                    .containsExactlyInAnyOrderElementsOf(sent);
            assertThat(lake.count(spark, Lake.BRONZE)).isEqualTo(records());
            assertThat(lake.read(spark, Lake.BRONZE)
                            .select("partition", "offset")
                            .distinct()
                            .count())
                    .isEqualTo(records());
        }
    }

    /** Waits until the table of features has each payment twice: once for its customer, once for its terminal. */
    void awaitFeaturesIn(Lake lake) throws IOException {
        try (SparkSession spark = Sessions.start(1)) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() ->
                            assertThat(lake.count(spark, Lake.FEATURES)).isGreaterThanOrEqualTo(2L * sent.size()));
            for (String kind : List.of("customer", "terminal")) {
                assertThat(lake.read(spark, Lake.FEATURES)
                                .where(col("kind").equalTo(kind))
                                .select("id")
                                .as(Encoders.LONG())
                                .collectAsList())
                        .containsExactlyInAnyOrderElementsOf(sent);
            }
        }
    }

    @Override
    public void close() {
        goOn.set(false);
        sending.join();
        scores.close();
        producer.close();
    }
}
