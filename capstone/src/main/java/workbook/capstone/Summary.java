package workbook.capstone;

import java.time.Instant;
import java.util.Locale;
import workbook.capstone.batch.GoldTables;
import workbook.capstone.monitoring.DefinitionOfDone;
import workbook.capstone.monitoring.Outcomes;
import workbook.capstone.monitoring.RunRecord;
import workbook.capstone.monitoring.Stopwatch;

/**
 * The summary of a run: the definition of done with its measurements, the highest-scored alerts, the refused records.
 */
final class Summary {

    private static final double LATENCY_LIMIT_MS = 1_000;
    private static final int ALERTS_SHOWN = 3;

    private final Pipeline pipeline;
    private final Outcomes outcomes;
    private final RunRecord.Flow flow;
    private final String bricks;
    private final DefinitionOfDone done = new DefinitionOfDone();
    private GoldTables.Result gold;

    /** @param bricks whose they are, as {@link workbook.kit.app.Bricks} words it; empty for the pipeline's own */
    Summary(Pipeline pipeline, RunRecord.Flow flow, String bricks) {
        this.pipeline = pipeline;
        this.outcomes = pipeline.outcomes();
        this.flow = flow;
        this.bricks = bricks;
    }

    /** Counts the tables, writes the gold tables and returns the text. All queries must have finished. */
    String text() {
        measure();
        return done + gold() + versions() + bricks() + ledger() + "%n".formatted() + alerts() + refusals();
    }

    boolean holds() {
        return done.holds();
    }

    /** Returns the record of the run. Call {@link #text} first. */
    RunRecord record() {
        return RunRecord.of(Instant.now(), flow, done, outcomes);
    }

    private void measure() {
        long produced = pipeline.produced();
        long payments = pipeline.payments();
        long raw = pipeline.rawInLake();
        long scored = pipeline.scoredInLake();
        gold = pipeline.updateGoldTables();
        Stopwatch toScore = outcomes.toScore();
        done.point(
                "Kafka produces and consumes",
                outcomes.toBroker().stopped() == payments,
                text("%,d records; to a plain consumer p50 %s", produced, latency(outcomes.toBroker())));
        done.point(
                "Spark processes the stream",
                produced == outcomes.scored() + outcomes.refused(),
                text("%,d in = %,d scored + %,d dead-lettered", produced, outcomes.scored(), outcomes.refused()));
        done.point(
                "Inference is integrated",
                outcomes.scored() == payments,
                text(
                        "%,d alerts, %,d of them frauds; %,d frauds in all",
                        outcomes.alerts(),
                        outcomes.rightAlerts(),
                        outcomes.frauds().size()));
        done.point(
                "Results are in the lake",
                raw == produced && scored == payments,
                text("Delta: %,d records as received, %,d scored payments", raw, scored));
        done.point(
                "The batch analytics job ran",
                gold.labelled() == payments
                        && gold.frauds() == outcomes.frauds().size(),
                text("%,d hours, %,d terminals; a week later: %s", gold.hours(), gold.terminals(), gold.quality()));
        done.point("Throughput is visible", flow.throughput() > 0, text("%.0f payments/s", flow.throughput()));
        done.point(
                "End-to-end latency < 1 s",
                toScore.measured() > 0 && toScore.percentile(99) < LATENCY_LIMIT_MS,
                text("p50 %s, max %.0f ms, %s", latency(toScore), toScore.percentile(100), warmUp()));
    }

    /** A run that Ctrl-C stops during the warm-up excludes nothing. */
    private String warmUp() {
        long seconds = flow.warmUp().toSeconds();
        return seconds == 0 ? "warm-up included" : text("first %d s excluded", seconds);
    }

    private static String latency(Stopwatch stopwatch) {
        return text("%.1f ms, p99 %.1f ms", stopwatch.percentile(50), stopwatch.percentile(99));
    }

    private String gold() {
        return text(
                "  gold   complete days with model quality: %,d; days with score drift: %,d of %,d%n         %s%n",
                gold.judgedDays(), gold.drift().moved(), gold.drift().days(), gold.customers());
    }

    private String versions() {
        String versions = pipeline.schemaVersions().toString();
        return versions.isEmpty() ? "" : text("  schema %s%n", versions);
    }

    private String bricks() {
        return bricks.isEmpty() ? "" : text("  bricks %s%n", bricks.replace("; ", text("%n         ")));
    }

    private String ledger() {
        return pipeline.ledger()
                .map(kept -> text(
                        "  ledger %,d rows for %,d payments, %,d alerts by rules, by five bricks%n",
                        kept.rows(), kept.payments(), kept.alerts()))
                .orElse("");
    }

    private String alerts() {
        StringBuilder text = new StringBuilder();
        outcomes.topAlerts(ALERTS_SHOWN).forEach(alert -> text.append(text("  alert  %s%n", alert)));
        return text.toString();
    }

    private String refusals() {
        StringBuilder text = new StringBuilder();
        outcomes.refusalsByReason().forEach((reason, count) -> text.append(text("  dead   %d × %s%n", count, reason)));
        return text.toString();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
