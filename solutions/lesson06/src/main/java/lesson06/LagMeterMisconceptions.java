package lesson06;

import java.util.Arrays;
import java.util.UUID;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link LagMeter} that people really give. */
public final class LagMeterMisconceptions {

    private LagMeterMisconceptions() {}

    @Misconception(
            believed = "The lag stands in the progress already: maxOffsetsBehindLatest.",
            really =
                    "That is the lag of one partition of the source, the one that is furthest behind. It is good for an"
                            + " alarm, for one stuck partition shows in it; how many records wait is the sum over all of them.",
            concept = "Lag")
    public static class TakesTheWorstPartition extends LagMeter {
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
            believed = "The query catches up by the difference of its two rates: processedRowsPerSecond less"
                    + " inputRowsPerSecond.",
            really = "The difference that matters is to the rate at which records arrive, and inputRowsPerSecond is not"
                    + " that: it divides the rows that the batch read by the time since the trigger before. While a query"
                    + " goes from batch to batch, both rates are nearly the same, and the difference is noise.",
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
            believed = "inputRowsPerSecond is how fast records come in.",
            really = "Into the query, not onto the topic: it counts the rows that the batch has read. With"
                    + " maxOffsetsPerTrigger it looks the same however much more is produced, and after a pause it can be"
                    + " any number, because it divides by the time since the last trigger, even one that found nothing."
                    + " What arrives is the movement of latestOffset.",
            concept = "Rates")
    public static class TakesWhatIsReadForWhatArrives extends LagMeter {
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
            believed = "processedRowsPerSecond of the progress is the query's speed.",
            really =
                    "It is the sum over all its sources. The rows of a file that the query reads beside its topics are in"
                            + " it, and make the lag look shorter than it is. Each source has its own rate.",
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
            believed = "A field for the progress before will do.",
            really =
                    "A listener hears all queries of its session, in any order. What belongs to one query has to be kept"
                            + " under its id, or one query's offsets are subtracted from another's.",
            concept = "Listeners")
    public static class RemembersOneProgressForAll extends LagMeter {
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
            believed = "Dividing doubles is safe: there is no exception.",
            really =
                    "None, but 0.0 / 0.0 is NaN, and NaN is neither less nor greater than any alarm's limit. A batch may"
                            + " have offsets and no rows, where a transaction was aborted or the log was compacted; where nothing"
                            + " waits, nothing is to be divided.",
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
            believed = "A query without data goes on sending progresses, with zeros in them.",
            really =
                    "So it was before Spark 3.5. Since then listeners hear of an idle query by another event, and the method"
                            + " for it, onQueryIdle, does nothing unless you override it: the meter shows the speed of the last"
                            + " batch for the rest of the night.",
            concept = "Listeners")
    public static class WaitsForAProgressWithZeros extends LagMeter {
        @Override
        public void onQueryIdle(QueryIdleEvent event) {
            // as inherited from StreamingQueryListener
        }
    }

    @Misconception(
            believed = "A query that has ended sends nothing any more, so there is nothing to do.",
            really = "That is why its last reading stays: the dashboard shows a healthy query that died hours ago."
                    + " onQueryTerminated is the last that is heard of a query, whether it was stopped or has failed.",
            concept = "Listeners")
    public static class KeepsTheReadingsOfTheDead extends LagMeter {
        @Override
        public void onQueryTerminated(QueryTerminatedEvent event) {
            ends.remove(event.id());
        }
    }

    @Misconception(
            believed = "No latestOffset, no lag: 0.",
            really =
                    "Unknown is not zero. The batch that a crash interrupted is run once more from its log, and for it Spark"
                            + " does not ask Kafka where the topics end. A meter that says 0 then calls off the alarm just after a"
                            + " crash.",
            concept = "Lag")
    public static class TakesUnknownForNothing extends LagMeter {
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
