package lesson06;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link LagMeter} that people give. */
public final class LagMeterMisconceptions {

    private LagMeterMisconceptions() {}

    @Misconception(
            believed = "The progress already contains the lag: maxOffsetsBehindLatest.",
            really = "That is the lag of one partition of the source, the worst one. It suits an alert, since"
                    + " it shows a single stuck partition. The number of waiting records is the sum over all"
                    + " partitions.",
            concept = "Lag")
    public static class UsesMaxOffsetsBehindLatest extends LagMeter {
        @Override
        public void onQueryProgress(QueryProgressEvent event) {
            super.onQueryProgress(event);
            readings.computeIfPresent(event.progress().id(), (query, reading) -> {
                long worst = Arrays.stream(event.progress().sources())
                        .filter(source -> source.metrics().containsKey("maxOffsetsBehindLatest"))
                        .mapToLong(source -> Long.parseLong(source.metrics().get("maxOffsetsBehindLatest")))
                        .sum();
                return new Reading(
                        worst, worst == 0 ? 0 : worst / reading.processing(), reading.arriving(), reading.processing());
            });
        }
    }

    @Misconception(
            believed = "The query catches up by the difference of its two rates: processedRowsPerSecond minus"
                    + " inputRowsPerSecond.",
            really = "What counts is the difference from the rate at which records arrive, and"
                    + " inputRowsPerSecond is not that rate: it is the number of rows that the batch read,"
                    + " divided by the time since the previous trigger. While a query runs batch after batch,"
                    + " both rates are nearly equal, and their difference is noise.",
            concept = "Rates")
    public static class SubtractsTheInputRate extends LagMeter {
        @Override
        public void onQueryProgress(QueryProgressEvent event) {
            super.onQueryProgress(event);
            StreamingQueryProgress progress = event.progress();
            double gain = progress.processedRowsPerSecond() - progress.inputRowsPerSecond();
            readings.computeIfPresent(
                    progress.id(),
                    (query, reading) -> new Reading(
                            reading.records(),
                            reading.records() == 0 ? 0 : reading.records() / gain,
                            reading.arriving(),
                            reading.processing()));
        }
    }

    @Misconception(
            believed = "inputRowsPerSecond is the rate at which records arrive.",
            really = "It counts the rows that the batch read, not those that arrive in the topic. With"
                    + " maxOffsetsPerTrigger it stays the same however much more is produced. After a pause it"
                    + " can be any number, because it is divided by the time since the previous trigger, even"
                    + " one without input. The arrival rate is the change of latestOffset over time.",
            concept = "Rates")
    public static class UsesTheInputRateAsArrivalRate extends LagMeter {
        @Override
        public void onQueryProgress(QueryProgressEvent event) {
            boolean isFirst = !ends.containsKey(event.progress().id());
            super.onQueryProgress(event);
            double arriving = isFirst ? Double.NaN : event.progress().inputRowsPerSecond();
            readings.computeIfPresent(
                    event.progress().id(),
                    (query, reading) ->
                            new Reading(reading.records(), reading.seconds(), arriving, reading.processing()));
        }
    }

    @Misconception(
            believed = "Duration.toSeconds() is the time between two reports.",
            really =
                    "It is the number of whole seconds, rounded down. A query without a trigger interval starts several"
                            + " batches per second: half a second is 0, and the rate infinite.",
            concept = "Rates")
    public static class CountsWholeSeconds extends LagMeter {
        private final Map<UUID, Instant> timestamps = new ConcurrentHashMap<>();

        @Override
        public void onQueryProgress(QueryProgressEvent event) {
            super.onQueryProgress(event);
            Instant now = Instant.parse(event.progress().timestamp());
            Instant before = timestamps.put(event.progress().id(), now);
            if (before != null) {
                Duration between = Duration.between(before, now);
                double records = between.toMillis() / 1_000.0;
                readings.computeIfPresent(
                        event.progress().id(),
                        (query, reading) -> new Reading(
                                reading.records(),
                                reading.seconds(),
                                reading.arriving() * records / between.toSeconds(),
                                reading.processing()));
            }
        }
    }

    @Misconception(
            believed = "processedRowsPerSecond of the progress is the speed of the query.",
            really = "It is the sum over all sources. It includes the rows of a file that the query also"
                    + " reads, and makes the time to catch up look too short. Each source has its own rate.",
            concept = "Rates")
    public static class CountsTheRowsOfAllSources extends LagMeter {
        @Override
        public void onQueryProgress(QueryProgressEvent event) {
            super.onQueryProgress(event);
            double all = event.progress().processedRowsPerSecond();
            readings.computeIfPresent(
                    event.progress().id(),
                    (query, reading) -> new Reading(
                            reading.records(),
                            reading.records() == 0 ? 0 : reading.records() / all,
                            reading.arriving(),
                            all));
        }
    }

    @Misconception(
            believed = "One field for the previous progress is sufficient.",
            really = "A listener receives the events of all queries of its session, in any order. Store what"
                    + " belongs to a query under its id; otherwise the offsets of one query are subtracted from"
                    + " those of another.",
            concept = "Listeners")
    public static class KeepsOneProgressForAllQueries extends LagMeter {
        private UUID last;

        @Override
        public void onQueryProgress(QueryProgressEvent event) {
            if (last != null && ends.containsKey(last)) {
                ends.put(event.progress().id(), ends.get(last));
            }
            last = event.progress().id();
            super.onQueryProgress(event);
        }
    }

    @Misconception(
            believed = "Dividing doubles is safe: it throws no exception.",
            really = "It throws none, but 0.0 / 0.0 is NaN, and NaN is neither less nor greater than any limit"
                    + " of an alert. A batch can have offsets but no rows, after an aborted transaction or in a"
                    + " compacted topic. Without a lag there is nothing to divide.",
            concept = "Rates")
    public static class DividesZeroByZero extends LagMeter {
        @Override
        public void onQueryProgress(QueryProgressEvent event) {
            super.onQueryProgress(event);
            readings.computeIfPresent(
                    event.progress().id(),
                    (query, reading) -> new Reading(
                            reading.records(),
                            reading.records() / reading.processing(),
                            reading.arriving(),
                            reading.processing()));
        }
    }

    @Misconception(
            believed = "A query without input still sends progress, with zeros.",
            really = "It did before Spark 3.5. Since then listeners receive another event from an idle query,"
                    + " and onQueryIdle does nothing unless you override it: the meter shows the speed of the"
                    + " last batch for the rest of the night.",
            concept = "Listeners")
    public static class ExpectsProgressWhileIdle extends LagMeter {
        @Override
        public void onQueryIdle(QueryIdleEvent event) {
            // as inherited from StreamingQueryListener
        }
    }

    @Misconception(
            believed = "A query that has ended sends no more events, so there is nothing to do.",
            really = "That is why its last reading stays: the dashboard shows a healthy query that failed"
                    + " hours ago. onQueryTerminated is the last event of a query, whether it was stopped or has"
                    + " failed.",
            concept = "Listeners")
    public static class KeepsReadingsOfTerminatedQueries extends LagMeter {
        @Override
        public void onQueryTerminated(QueryTerminatedEvent event) {
            ends.remove(event.id());
        }
    }

    @Misconception(
            believed = "Without a latestOffset the lag is 0.",
            really = "Unknown is not zero. The batch that a crash interrupted runs again from the offset log,"
                    + " and for this batch Spark does not request the latest offsets. A meter that shows 0 then"
                    + " ends the alert just after a crash.",
            concept = "Lag")
    public static class TreatsUnknownLagAsZero extends LagMeter {
        @Override
        public void onQueryProgress(QueryProgressEvent event) {
            super.onQueryProgress(event);
            StreamingQueryProgress progress = event.progress();
            boolean isUnknown = Arrays.stream(progress.sources())
                    .anyMatch(source -> source.description().startsWith("Kafka") && source.latestOffset() == null);
            if (isUnknown) {
                readings.put(progress.id(), new Reading(0, 0, Double.NaN, progress.processedRowsPerSecond()));
            }
        }
    }
}
