package workbook.capstone.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.capstone.features.Coverage;
import workbook.capstone.features.EntityFeatures;
import workbook.capstone.features.EntityKey;
import workbook.capstone.features.SharedFeatureStore;
import workbook.capstone.format.JsonFormat;
import workbook.capstone.streaming.PaymentProducer;
import workbook.capstone.streaming.Replay;
import workbook.capstone.streaming.Topics;
import workbook.kit.Fraud;
import workbook.kit.Payment;
import workbook.kit.SimulatedPayment;
import workbook.kit.Simulator;

/** The query with a real broker and lake, compared with a loop over the same payments. */
class FeaturesJobTest extends OnKafkaAndSpark {

    private static final int DAYS = 42;
    private static final Simulator.Settings SIMULATION = Simulator.Settings.defaults()
            .withCustomers(30)
            .withTerminals(20)
            .withDays(DAYS)
            .withRadius(30);

    private static final int RUNS = 3;

    @TempDir
    Path folder;

    private final Map<EntityKey, List<Payment>> cards = new HashMap<>();
    private final Map<EntityKey, EntityFeatures> newest = new HashMap<>();
    private final List<Row> table = new ArrayList<>();

    @Test
    void storeAndTableEqualALoopDespiteDuplicatesLatePaymentsAndRestarts() throws Exception {
        Lake lake = new Lake(folder.resolve("lake"));
        FeaturesJob job = job(lake, FeaturesJob.Variant.PIPELINE);
        List<List<Payment>> runs = runs();
        try (SharedFeatureStore store = SharedFeatureStore.of(job.store())) {
            List<Payment> before = List.of();
            for (List<Payment> run : runs) {
                send(run);
                send(before); // again: recent ones are duplicates, those older than a day are late
                send(run.subList(run.size() / 2, run.size()));
                job.start(spark).awaitTermination();
                loop(run);
                before = run;
            }

            assertThat(lake.read(spark, Lake.FEATURES).collectAsList()).containsExactlyInAnyOrderElementsOf(table);
            assertThat(newest)
                    .hasSizeGreaterThan(30)
                    .allSatisfy((key, features) ->
                            assertThat(store.get(key).orElseThrow().features()).contains(features));
            Coverage coverage =
                    store.get(EntityKey.customer(0)).orElseThrow().coverage().orElseThrow();
            assertThat(coverage.since()).isEqualTo(runs.get(0).get(0).time());
            assertThat(coverage.until()).isEqualTo(last(runs.get(RUNS - 1)));
        }
    }

    @Test
    void withTheBricksOfTheExercisesDuplicatesCount() throws Exception {
        Lake lake = new Lake(folder.resolve("lake"));
        FeaturesJob job = job(lake, FeaturesJob.Variant.EXERCISES);
        List<Payment> payments = runs().get(0).subList(0, 10);
        try (SharedFeatureStore store = SharedFeatureStore.of(job.store())) {
            send(payments);
            send(payments);
            job.start(spark).awaitTermination();
            assertThat(lake.count(spark, Lake.FEATURES))
                    .as("for customers and terminals")
                    .isEqualTo(2 * 20);
            assertThat(store.get(EntityKey.customer(payments.get(9).customer()))
                            .orElseThrow()
                            .features())
                    .hasValueSatisfying(features ->
                            assertThat(features.windows().get(0).count()).isEven());
            assertThat(store.get(EntityKey.terminal(payments.get(9).terminal()))
                            .orElseThrow()
                            .features())
                    .map(EntityFeatures::time)
                    .hasValueSatisfying(time ->
                            assertThat(time).isAfterOrEqualTo(payments.get(9).time()));
        }
    }

    private FeaturesJob job(Lake lake, FeaturesJob.Variant variant) {
        return new FeaturesJob(
                kafka.bootstrapServers(),
                JsonFormat.PLAIN,
                Topics.ends(kafka).of(Topics.PAYMENTS).toJson(),
                "embedded:features-job-test",
                lake,
                variant,
                folder.resolve("checkpoint"),
                BatchJob.AVAILABLE_NOW);
    }

    /** Each run has a third of the days. At the end of a run a third of the customers is five hours behind. */
    private static List<List<Payment>> runs() {
        List<List<Payment>> runs = new ArrayList<>();
        List<Payment> late = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            List<Payment> days = new Simulator(SIMULATION)
                    .payments(run * DAYS / RUNS, (run + 1) * DAYS / RUNS)
                    .map(SimulatedPayment::payment)
                    .toList();
            Instant behind = run == RUNS - 1 ? last(days) : last(days).minus(Duration.ofHours(5));
            List<Payment> sent = new ArrayList<>(days);
            sent.addAll(late);
            late = days.stream()
                    .filter(payment ->
                            payment.customer() % 3 == 0 && payment.time().isAfter(behind))
                    .toList();
            sent.removeAll(late);
            runs.add(sent);
        }
        return runs;
    }

    private static Instant last(List<Payment> payments) {
        return payments.stream()
                .map(Payment::time)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static void send(List<Payment> payments) {
        Iterator<SimulatedPayment> once = payments.stream()
                .map(payment -> new SimulatedPayment(payment, Fraud.NONE))
                .iterator();
        try (PaymentProducer producer = new PaymentProducer(kafka.bootstrapServers(), JsonFormat.PLAIN)) {
            new Replay(producer, once, 0.01, payment -> {}).run(1e9, Duration.ofMinutes(1), () -> true);
            producer.flush();
            assertThat(producer.payments()).isEqualTo(payments.size());
        }
    }

    /**
     * Computes the expected features: a payment counts those of earlier runs, and those of its run with an earlier
     * time.
     */
    private void loop(List<Payment> run) {
        run.stream()
                .sorted(Comparator.comparing(Payment::time).thenComparingLong(Payment::id))
                .forEach(payment -> {
                    count(EntityKey.customer(payment.customer()), payment);
                    count(EntityKey.terminal(payment.terminal()), payment);
                });
    }

    private void count(EntityKey key, Payment payment) {
        List<Payment> card = cards.computeIfAbsent(key, none -> new ArrayList<>());
        card.add(payment);
        List<EntityFeatures.Window> windows =
                Stream.of(1, 7, 30).map(days -> window(card, payment, days)).toList();
        newest.merge(
                key,
                new EntityFeatures(key, payment.time(), payment.id(), windows),
                (known, next) -> next.time().isBefore(known.time()) ? known : next);
        List<Object> row = new ArrayList<>(List.of(key.kind().toString(), key.number(), payment.time(), payment.id()));
        windows.forEach(window -> row.addAll(List.of(window.count(), window.mean())));
        table.add(RowFactory.create(row.toArray()));
    }

    private static EntityFeatures.Window window(List<Payment> card, Payment payment, int days) {
        Instant end = payment.time().truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
        List<BigDecimal> amounts = card.stream()
                .filter(other -> other.time().isBefore(end) && !other.time().isBefore(end.minus(days, ChronoUnit.DAYS)))
                .map(Payment::amount)
                .toList();
        BigDecimal sum = amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal mean = sum.divide(BigDecimal.valueOf(amounts.size()), 2, RoundingMode.HALF_UP);
        return new EntityFeatures.Window(amounts.size(), mean);
    }
}
