package workbook.capstone.monitoring.page;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import workbook.capstone.monitoring.Snapshot;

/**
 * The newest snapshot for Prometheus, in base units: seconds, bytes, records. The reason of a refusal is not a label:
 * reasons quote records, and every new label value is a new time series.
 */
final class Metrics {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    /** The gauges of each query, each with the function that reads it. */
    private final Map<MultiGauge, Function<Snapshot.Query, Optional<Number>>> ofQueries = new LinkedHashMap<>();

    private volatile Snapshot now = Snapshot.EMPTY;

    Metrics() {
        counter("fraud.records.produced", "Records in the topic payments, malformed ones included", Snapshot::produced);
        counter("fraud.payments.scored", "Scored payments", Snapshot::scored);
        counter("fraud.dead.letters", "Refused records", Snapshot::refused);
        counter("fraud.alerts", "Payments with an alert", Snapshot::alerts);
        gauge("fraud.lag.records", "Records produced that are neither scored nor refused yet", Snapshot::lag);
        gauge(
                "fraud.newest.event.timestamp.seconds",
                "Event time of the newest payment, seconds since 1970",
                snapshot -> snapshot.newestEvent() == null ? Double.NaN : seconds(snapshot.newestEvent()));
        summary(
                "fraud_score_latency_seconds",
                "From sending a payment until a consumer reads its score",
                () -> now.toScore());
        summary(
                "fraud_broker_latency_seconds",
                "From sending a payment until a plain consumer reads it",
                () -> now.toBroker());
        ofQueries(
                "fraud.query.up",
                "1 while the query is running or idle, 0 when it has stopped or failed",
                query -> Optional.of(query.isUp() ? 1 : 0));
        ofQueries(
                "fraud.batch.duration.seconds",
                "Duration of the query's last batch",
                query -> batch(query, Snapshot.Batch::seconds));
        ofQueries(
                "fraud.batch.rows",
                "Input rows of the query's last batch",
                query -> batch(query, Snapshot.Batch::rows));
        ofQueries("fraud.batch.id", "Number of the query's last batch", query -> batch(query, Snapshot.Batch::id));
        ofQueries(
                "fraud.batch.tasks",
                "Tasks of the query's last batch but one",
                query -> Optional.ofNullable(query.bill()).map(Snapshot.Bill::tasks));
        ofQueries(
                "fraud.batch.spilled.bytes",
                "Bytes that tasks of the query's last batch but one wrote to the disk because their memory was full",
                query -> Optional.ofNullable(query.bill()).map(Snapshot.Bill::spilled));
        ofQueries(
                "fraud.query.lag.records",
                "Records in Kafka beyond the query's last batch",
                query -> Optional.ofNullable(query.lag()).map(Snapshot.Lag::records));
        ofQueries("fraud.state.rows", "Rows in the query's state", query -> Optional.of(query.stateRows()));
        ofQueries("fraud.state.bytes", "Memory used by the query's state", query -> Optional.of(query.stateBytes()));
        ofQueries(
                "fraud.watermark.timestamp.seconds",
                "The query's event-time watermark, seconds since 1970",
                query -> Optional.ofNullable(query.watermark()).map(Metrics::seconds));
        new JvmMemoryMetrics().bindTo(registry);
    }

    /** Replaces all values by those of this snapshot. */
    void update(Snapshot snapshot) {
        now = snapshot;
        ofQueries.forEach((gauge, figure) -> gauge.register(
                snapshot.queries().stream()
                        .flatMap(query -> figure.apply(query).stream()
                                .map(value -> MultiGauge.Row.of(Tags.of("query", query.name()), value)))
                        .toList(),
                true));
    }

    /** Returns all metrics in Prometheus's text format. */
    String text() {
        return registry.scrape();
    }

    private void counter(String name, String help, ToDoubleFunction<Snapshot> figure) {
        FunctionCounter.builder(name, this, metrics -> figure.applyAsDouble(metrics.now))
                .description(help)
                .register(registry);
    }

    private void gauge(String name, String help, ToDoubleFunction<Snapshot> figure) {
        Gauge.builder(name, () -> figure.applyAsDouble(now)).description(help).register(registry);
    }

    private void ofQueries(String name, String help, Function<Snapshot.Query, Optional<Number>> figure) {
        ofQueries.put(MultiGauge.builder(name).description(help).register(registry), figure);
    }

    /** A snapshot is measured already, so Micrometer's timers do not fit. */
    private void summary(String name, String help, Supplier<Snapshot.Latency> latency) {
        registry.getPrometheusRegistry().register(() -> summary(name, help, latency.get()));
    }

    private static MetricSnapshot summary(String name, String help, Snapshot.Latency latency) {
        return SummarySnapshot.builder()
                .name(name)
                .help(help + "; quantiles of the last 10 s")
                .dataPoint(SummarySnapshot.SummaryDataPointSnapshot.builder()
                        .count(latency.count())
                        .sum(latency.sumSeconds())
                        .quantiles(Quantiles.of(
                                quantile(latency, 0.5, latency.p50()),
                                quantile(latency, 0.9, latency.p90()),
                                quantile(latency, 0.99, latency.p99())))
                        .build())
                .build();
    }

    private static Quantile quantile(Snapshot.Latency latency, double share, double ms) {
        return new Quantile(share, latency.recent() == 0 ? Double.NaN : ms / 1_000);
    }

    private static Optional<Number> batch(Snapshot.Query query, Function<Snapshot.Batch, Number> figure) {
        return Optional.ofNullable(query.batch()).map(figure);
    }

    private static double seconds(Instant time) {
        return time.toEpochMilli() / 1_000.0;
    }
}
