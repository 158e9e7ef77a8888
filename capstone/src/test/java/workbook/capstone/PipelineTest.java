package workbook.capstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.capstone.batch.GoldTables;
import workbook.capstone.format.Encoding;
import workbook.capstone.monitoring.Outcomes;
import workbook.capstone.monitoring.Snapshot;
import workbook.capstone.spark.FeaturesJob;

/** The whole pipeline, with a real broker and Spark, and one malformed record in eleven. */
class PipelineTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path lake;

    @Test
    void everyPaymentIsScoredAndEveryMalformedRecordIsDeadLetteredWithAReason() {
        try (Pipeline pipeline = Pipeline.start(new Pipeline.Settings(
                42, 2, 0.1, lake, FeaturesJob.Variant.PIPELINE, true, Encoding.JSON, Optional.empty()))) {
            pipeline.run(2_000, Duration.ofSeconds(5), () -> true);
            pipeline.drain(PATIENCE);
            assertThatTheSnapshotAgrees(pipeline);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(pipeline.queries())
                            .filteredOn(query -> query.name().equals("lake"))
                            .extracting(Snapshot.Query::lag)
                            .doesNotContainNull());
            pipeline.finish();
            // Spark notifies its listeners a moment after the query has ended.
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(pipeline.queries())
                            .extracting(Snapshot.Query::state)
                            .containsOnly(Snapshot.State.STOPPED));

            // 10,000 in five seconds, and the one that is sent at startup.
            assertThat(pipeline.payments()).isEqualTo(10_001);
            assertThat(pipeline.produced()).isEqualTo(11_001);
            Outcomes outcomes = pipeline.outcomes();
            assertThat(outcomes.scored()).isEqualTo(10_001);
            assertThat(outcomes.refused()).isEqualTo(1_000);
            assertThat(outcomes.refusalsByReason()).containsExactlyInAnyOrderEntriesOf(reasons());
            assertThat(outcomes.rightAlerts()).isPositive();

            assertThat(pipeline.rawInLake()).isEqualTo(11_001);
            assertThat(pipeline.scoredInLake()).isEqualTo(10_001);
            assertThat(pipeline.featuresInLake())
                    .as("one for the customer, one for the terminal")
                    .isEqualTo(2 * 10_001);
            assertThat(pipeline.ledger())
                    .hasValueSatisfying(counts -> assertThat(counts.rows())
                            .as("each once; at this rate, some may be dropped as late")
                            .isEqualTo(counts.payments())
                            .isPositive());

            assertThat(pipeline.customersInLake()).isEqualTo(5_000);

            GoldTables.Result gold = pipeline.updateGoldTables();
            assertThat(gold.labelled()).isEqualTo(10_001);
            assertThat(gold.frauds()).isEqualTo(outcomes.frauds().size()).isPositive();
            assertThat(gold.segments().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .as("of the 100 changes that are sent with 10,001 payments, customers leave with 17")
                    .isEqualTo(5_000 - 17);
            assertThat(gold.quality().rocAuc()).isGreaterThan(0.7);
        }
    }

    @Test
    void aFailedStartLeavesNeitherBrokerNorSparkRunning() {
        List<String> before = kafkaThreads();
        assertThatThrownBy(() -> Pipeline.start(new Pipeline.Settings(
                        42, 0, 0, lake, FeaturesJob.Variant.PIPELINE, false, Encoding.JSON, Optional.empty())))
                .hasMessageStartingWith("Topic payments was not created: Number of partitions")
                .hasNoSuppressedExceptions();
        assertThat(SparkSession.getDefaultSession().isDefined()).isFalse();
        await().untilAsserted(() -> assertThat(kafkaThreads()).isSubsetOf(before));
    }

    private static List<String> kafkaThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("kafka"))
                .toList();
    }

    private static void assertThatTheSnapshotAgrees(Pipeline pipeline) {
        Snapshot figures = new PipelineSnapshots(pipeline).get();
        assertThat(figures.produced()).isEqualTo(11_001);
        assertThat(figures.scored()).isEqualTo(10_001);
        assertThat(figures.refused()).isEqualTo(1_000);
        assertThat(figures.lag()).isZero();
        assertThat(figures.toScore().count()).isEqualTo(10_001);
        assertThat(figures.newestEvent()).isAfter(Instant.parse("2018-05-20T00:00:00Z"));
        assertThat(figures.queries())
                .extracting(Snapshot.Query::name)
                .contains("scoring", "lake", "features", "customers", "ledger");
        assertThat(figures.queries()).allMatch(Snapshot.Query::isUp);
        assertThat(figures.newestAlerts()).isNotEmpty().hasSizeLessThanOrEqualTo((int) figures.alerts());
        assertThat(figures.refusals())
                .hasSize(12)
                .extracting(Snapshot.Refusal::count)
                .containsOnly(100L, 34L, 33L);
    }

    /** A hundred of each kind of malformed record; the last kind has three forms. */
    private static Map<String, Long> reasons() {
        return Map.ofEntries(
                entry("not JSON: Unrecognized token 'ERROR'", 100L),
                entry("not JSON: Unexpected end-of-input in VALUE_STRING", 100L),
                entry("amount: not a number", 100L),
                entry("amount: missing", 100L),
                entry("amount: negative", 100L),
                entry("amount: above 1000000", 100L),
                entry("time: more than a day in the future", 100L),
                entry("not JSON: Unrecognized token 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx ...", 100L),
                entry("not JSON: Invalid UTF-8 middle byte 0x22", 100L),
                entry("no value", 34L),
                entry("not a JSON object", 33L),
                entry("amount: null", 33L));
    }
}
