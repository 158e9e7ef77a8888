package lesson06;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link HealthCheck} that people really give. */
public final class HealthCheckMisconceptions {

    private HealthCheckMisconceptions() {}

    @Misconception(
            believed = "Something waits, so the query is behind.",
            really =
                    "It is behind, but perhaps not falling: after a standstill every query has a backlog, and one that works"
                            + " it off is doing what it should. A lag is a symptom only when it grows.",
            concept = "Lag")
    public static class TakesAnyLagForFallingBehind extends HealthCheck {
        @Override
        boolean applies(Diagnosis diagnosis, List<JsonNode> progresses) {
            return diagnosis == Diagnosis.FALLING_BEHIND
                    ? waiting(progresses.get(progresses.size() - 1)) > 0
                    : super.applies(diagnosis, progresses);
        }
    }

    @Misconception(
            believed = "A query falls behind when inputRowsPerSecond exceeds processedRowsPerSecond.",
            really =
                    "Both count the rows that the query has read: divided by the time between two triggers the one, by the"
                            + " time that the batch took the other. A query that goes from batch to batch, reading as much as its"
                            + " limit allows, shows the same number twice, however fast the topic grows.",
            concept = "Rates")
    public static class ComparesTheRates extends HealthCheck {
        @Override
        boolean applies(Diagnosis diagnosis, List<JsonNode> progresses) {
            return diagnosis == Diagnosis.FALLING_BEHIND
                    ? progresses.stream()
                            .allMatch(progress -> progress.path("inputRowsPerSecond")
                                            .asDouble()
                                    > progress.path("processedRowsPerSecond").asDouble())
                    : super.applies(diagnosis, progresses);
        }
    }

    @Misconception(
            believed = "More waits at the end than at the beginning: the query is falling behind.",
            really =
                    "One burst between two documents is enough for that. The definition asks for more: that it became worse"
                            + " with every single batch.",
            concept = "Lag")
    public static class ComparesTheLastLagWithTheFirst extends HealthCheck {
        @Override
        boolean applies(Diagnosis diagnosis, List<JsonNode> progresses) {
            return diagnosis == Diagnosis.FALLING_BEHIND
                    ? waiting(progresses.get(progresses.size() - 1)) > waiting(progresses.get(0))
                    : super.applies(diagnosis, progresses);
        }
    }

    @Misconception(
            believed = "The state of a query is what all its operators keep together.",
            really =
                    "Each stateful operator has a state of its own, and only one of them leaks. Added up, what the others"
                            + " forget passes for the forgetting of that one.",
            concept = "State")
    public static class AddsUpTheOperators extends HealthCheck {
        @Override
        boolean applies(Diagnosis diagnosis, List<JsonNode> progresses) {
            return diagnosis == Diagnosis.LEAKING_STATE
                    ? grows(all(progresses, "numRowsTotal"))
                            && all(progresses, "numRowsRemoved").sum() == 0
                    : super.applies(diagnosis, progresses);
        }

        private static LongStream all(List<JsonNode> progresses, String figure) {
            return progresses.stream()
                    .mapToLong(progress -> IntStream.range(
                                    0, progress.path("stateOperators").size())
                            .mapToLong(operator -> progress.at("/stateOperators/" + operator + "/" + figure)
                                    .asLong())
                            .sum());
        }
    }

    @Misconception(
            believed = "A state that grows leaks.",
            really =
                    "In the morning every state grows: more customers come than go. It is numRowsRemoved that tells whether"
                            + " the operator can forget at all.",
            concept = "Bounded state")
    public static class TakesGrowthForALeak extends HealthCheck {
        @Override
        boolean leaks(List<JsonNode> progresses, String operator) {
            return grows(figures(progresses, operator + "/numRowsTotal"));
        }
    }

    @Misconception(
            believed = "The partitions of all topics are one lot.",
            really =
                    "A topic with much traffic beside one with little is no skew: each may be spread evenly. What shares a"
                            + " key's load are the partitions of one topic.",
            concept = "Skew")
    public static class PoolsTheTopics extends HealthCheck {
        @Override
        boolean applies(Diagnosis diagnosis, List<JsonNode> progresses) {
            return diagnosis == Diagnosis.SKEWED
                    ? isSkewed(reads(progresses).stream()
                            .flatMapToLong(LongStream::of)
                            .toArray())
                    : super.applies(diagnosis, progresses);
        }
    }

    @Misconception(
            believed = "A share is a share.",
            really =
                    "Of three records, one of four partitions has to get more than its share. Small numbers are never even;"
                            + " whoever alarms on them is soon ignored.",
            concept = "Skew")
    public static class TakesFewRecordsForSkew extends HealthCheck {
        @Override
        boolean isSkewed(long[] reads) {
            long all = LongStream.of(reads).sum();
            return all > 0 && LongStream.of(reads).max().orElse(0) * reads.length >= 2 * all;
        }
    }

    @Misconception(
            believed = "A watermark that is months behind the clock is stuck.",
            really =
                    "The watermark follows event time, not the clock on the wall. A query that reads last winter's payments"
                            + " once more has last winter's watermark, and all is well as long as it moves.",
            concept = "Event time")
    public static class ComparesTheWatermarkWithTheClock extends HealthCheck {
        @Override
        boolean isStuck(List<JsonNode> progresses) {
            JsonNode last = progresses.get(progresses.size() - 1);
            String watermark = last.at("/eventTime/watermark").asText("");
            return !watermark.isEmpty()
                    && Instant.parse(last.path("timestamp").asText())
                            .isAfter(Instant.parse(watermark).plus(Duration.ofDays(1)));
        }
    }

    @Misconception(
            believed = "A watermark that does not move is stuck.",
            really =
                    "It stands still for a good reason where the events do: sensors that are off, a topic that holds the same"
                            + " minute a thousand times. It is stuck when the events go on without it.",
            concept = "Watermarks")
    public static class LooksAtTheWatermarkOnly extends HealthCheck {
        @Override
        boolean isStuck(List<JsonNode> progresses) {
            return progresses.get(0).at("/eventTime").has("watermark") && watermarkStands(progresses);
        }
    }

    @Misconception(
            believed = "The newest events are in the last document, so there the watermark must have moved.",
            really =
                    "A batch is run with the watermark that the batches before have earned. What the last document's batch"
                            + " has seen shows in the next document, which nobody has yet.",
            concept = "Watermarks")
    public static class ExpectsTheWatermarkInTheSameBatch extends HealthCheck {
        @Override
        boolean isStuck(List<JsonNode> progresses) {
            String first = latest(progresses.get(0));
            return !first.isEmpty()
                    && latest(progresses.get(progresses.size() - 1)).compareTo(first) > 0
                    && watermarkStands(progresses);
        }
    }

    @Misconception(
            believed = "maxOffsetsBehindLatest is the lag.",
            really =
                    "It is that of the worst partition. What waits in the others may grow and grow, and the worst stays what it"
                            + " was. The lag is the sum over all partitions.",
            concept = "Lag")
    public static class TakesTheWorstPartition extends HealthCheck {
        @Override
        boolean applies(Diagnosis diagnosis, List<JsonNode> progresses) {
            return diagnosis == Diagnosis.FALLING_BEHIND
                    ? grows(progresses.stream()
                            .mapToLong(progress -> progress.at("/sources/0/metrics/maxOffsetsBehindLatest")
                                    .asLong()))
                    : super.applies(diagnosis, progresses);
        }
    }

    @Misconception(
            believed = "A watermark that is wrong shows in the rows that are dropped, or in whatever else is wrong.",
            really =
                    "Only one that is too far ahead drops rows. One that was left behind, by an input that is idle, drops"
                            + " none: it lets everything in and nothing out, and the state grows.",
            concept = "Watermarks")
    public static class WaitsForDroppedRows extends HealthCheck {
        @Override
        boolean isStuck(List<JsonNode> progresses) {
            return progresses.stream()
                    .flatMapToLong(progress -> IntStream.range(
                                    0, progress.path("stateOperators").size())
                            .mapToLong(operator -> progress.at(
                                            "/stateOperators/" + operator + "/numRowsDroppedByWatermark")
                                    .asLong()))
                    .anyMatch(dropped -> dropped > 0);
        }
    }

    @Misconception(
            believed = "First I name what hurts: the lag, then the rest.",
            really =
                    "A hot partition makes a query fall behind, and a stuck watermark makes its state leak. Whoever is told"
                            + " the effect adds machines, or memory, and has the same trouble tomorrow.",
            concept = "Monitoring")
    public static class NamesTheEffectFirst extends HealthCheck {
        private static final List<Diagnosis> ORDER =
                List.of(Diagnosis.FALLING_BEHIND, Diagnosis.SKEWED, Diagnosis.LEAKING_STATE, Diagnosis.STUCK_WATERMARK);

        @Override
        boolean applies(Diagnosis diagnosis, List<JsonNode> progresses) {
            boolean isOutdone = ORDER.contains(diagnosis)
                    && ORDER.subList(0, ORDER.indexOf(diagnosis)).stream()
                            .anyMatch(effect -> super.applies(effect, progresses));
            return !isOutdone && super.applies(diagnosis, progresses);
        }
    }
}
