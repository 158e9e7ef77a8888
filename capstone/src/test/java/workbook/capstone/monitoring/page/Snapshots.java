package workbook.capstone.monitoring.page;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import workbook.capstone.inference.Reason;
import workbook.capstone.monitoring.Alert;
import workbook.capstone.monitoring.ModelMonitoring;
import workbook.capstone.monitoring.Snapshot;

/** Example snapshots. */
final class Snapshots {

    /** Records are untrusted; this would run if it were rendered as markup. */
    static final String MARKUP = "<img src=x onerror=\"document.title='broken in'\">";

    static final Snapshot.Query SCORING = new Snapshot.Query(
            "scoring", Snapshot.State.RUNNING, "", Instant.parse("2026-01-05T10:00:00Z"), null, null, null, 0, 0, null);
    static final Snapshot.Query FEATURES = new Snapshot.Query(
            "features",
            Snapshot.State.IDLE,
            "",
            Instant.parse("2026-01-05T10:00:01Z"),
            new Snapshot.Batch(17, 2.5, 3_000, 1_200),
            new Snapshot.Lag(6_000, 5),
            Instant.parse("2018-05-20T11:00:00Z"),
            42_000,
            3_500_000,
            new Snapshot.Bill(3, 9, 24_000, 0, List.of("SKEWED")));

    /** A day with all measures, and one without. */
    static final ModelMonitoring MODEL = new ModelMonitoring(
            List.of(
                    new ModelMonitoring.Quality("2018-05-21", 0, null, null, null),
                    new ModelMonitoring.Quality("2018-05-20", 81, 0.8714, 0.6062, 0.29)),
            List.of(
                    new ModelMonitoring.Drift("2018-05-22", 12, null, null),
                    new ModelMonitoring.Drift("2018-05-21", 9_512, 0.3127, true),
                    new ModelMonitoring.Drift("2018-05-20", 9_640, 0.0, false)));

    private Snapshots() {}

    /** A snapshot of a healthy pipeline. */
    static Snapshot at(Instant time, long scored, long lag) {
        return of(time, scored, lag, List.of(SCORING, FEATURES));
    }

    static Snapshot of(Instant time, long scored, long lag, List<Snapshot.Query> queries) {
        return new Snapshot(
                time,
                scored + 30 + lag,
                scored,
                30,
                2,
                lag,
                301.4,
                latency(scored, 1.3, 2.8, 9.2),
                latency(scored, 0.7, 1.1, 4.7),
                Instant.parse("2018-05-20T12:30:00Z"),
                queries,
                List.of(alert(2, "terminal_risk_7d"), alert(1, MARKUP)),
                List.of(
                        new Snapshot.Refusal("amount: negative", 20),
                        new Snapshot.Refusal("not JSON: Unrecognized token '" + MARKUP + "'", 10)));
    }

    static Snapshot.Latency latency(long count, double p50, double p90, double p99) {
        return new Snapshot.Latency(count, count * 0.0015, 3_000, p50, p90, p99);
    }

    static Snapshot.Query failed(String failure) {
        return new Snapshot.Query(
                "lake",
                Snapshot.State.FAILED,
                failure,
                Instant.parse("2026-01-05T10:00:00Z"),
                new Snapshot.Batch(3, 1.2, 600, 500),
                null,
                null,
                0,
                0,
                null);
    }

    private static Alert alert(long id, String feature) {
        return new Alert(
                id,
                Instant.parse("2018-05-20T12:29:00Z"),
                4_711,
                812,
                new BigDecimal("230.50"),
                0.97,
                List.of(new Reason(feature, 0.93, 0.01), new Reason("amount", 230.5, 53.6)));
    }
}
