package workbook.capstone.monitoring.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

    private final Metrics metrics = new Metrics();

    private List<String> lines() {
        return metrics.text().lines().toList();
    }

    @Test
    void countsAreCounters() {
        metrics.update(Snapshots.at(NOW, 1_000, 5));
        assertThat(lines())
                .contains(
                        "# TYPE fraud_payments_scored_total counter",
                        "fraud_payments_scored_total 1000.0",
                        "fraud_records_produced_total 1035.0",
                        "fraud_dead_letters_total 30.0",
                        "fraud_alerts_total 2.0",
                        "# TYPE fraud_lag_records gauge",
                        "fraud_lag_records 5.0");
    }

    @Test
    void latenciesAreSummariesInSeconds() {
        metrics.update(Snapshots.at(NOW, 1_000, 5));
        assertThat(lines())
                .contains(
                        "# TYPE fraud_score_latency_seconds summary",
                        "fraud_score_latency_seconds{quantile=\"0.5\"} 0.0013",
                        "fraud_score_latency_seconds{quantile=\"0.99\"} 0.0092",
                        "fraud_score_latency_seconds_count 1000",
                        "fraud_score_latency_seconds_sum 1.5",
                        "fraud_broker_latency_seconds{quantile=\"0.9\"} 0.0011");
    }

    @Test
    void quantilesWithoutMeasurementsAreNaN() {
        assertThat(lines())
                .contains("fraud_score_latency_seconds{quantile=\"0.99\"} NaN", "fraud_payments_scored_total 0.0");
    }

    @Test
    void queriesAreLabels() {
        metrics.update(
                Snapshots.of(NOW, 1_000, 5, List.of(Snapshots.SCORING, Snapshots.FEATURES, Snapshots.failed("why"))));
        assertThat(lines())
                .contains(
                        "fraud_query_up{query=\"scoring\"} 1.0",
                        "fraud_query_up{query=\"features\"} 1.0",
                        "fraud_query_up{query=\"lake\"} 0.0",
                        "fraud_batch_duration_seconds{query=\"features\"} 2.5",
                        "fraud_batch_tasks{query=\"features\"} 9.0",
                        "fraud_batch_spilled_bytes{query=\"features\"} 0.0",
                        "fraud_query_lag_records{query=\"features\"} 6000.0",
                        "fraud_state_rows{query=\"features\"} 42000.0",
                        "fraud_state_bytes{query=\"features\"} 3500000.0",
                        "fraud_watermark_timestamp_seconds{query=\"features\"} "
                                + Instant.parse("2018-05-20T11:00:00Z").getEpochSecond() / 1e9 + "E9");
        assertThat(metrics.text())
                .doesNotContain(
                        "fraud_batch_duration_seconds{query=\"scoring\"}",
                        "fraud_query_lag_records{query=\"scoring\"}",
                        "fraud_watermark_timestamp_seconds{query=\"scoring\"}");
    }

    @Test
    void metricsShowTheNewestSnapshot() {
        metrics.update(Snapshots.at(NOW, 1_000, 5));
        metrics.update(Snapshots.of(NOW.plusSeconds(1), 1_300, 0, List.of(Snapshots.failed("why"))));
        assertThat(lines())
                .contains("fraud_payments_scored_total 1300.0", "fraud_query_up{query=\"lake\"} 0.0")
                .doesNotContain("fraud_query_up{query=\"scoring\"} 1.0");
    }

    @Test
    void everyMetricHasAHelpText() {
        metrics.update(Snapshots.at(NOW, 1_000, 5));
        List<String> helped = lines().stream()
                .filter(line -> line.startsWith("# HELP "))
                .map(line -> line.split(" ")[2])
                .toList();
        List<String> typed = lines().stream()
                .filter(line -> line.startsWith("# TYPE fraud"))
                .map(line -> line.split(" ")[2])
                .toList();
        assertThat(typed).hasSizeGreaterThan(12);
        assertThat(helped).containsAll(typed);
        assertThat(lines())
                .filteredOn(line -> line.startsWith("# HELP"))
                .allSatisfy(line -> assertThat(line.split(" ")).hasSizeGreaterThan(4));
    }

    @Test
    void reasonsAreNotLabels() {
        metrics.update(Snapshots.at(NOW, 1_000, 5));
        assertThat(metrics.text()).doesNotContain("onerror");
    }
}
