package lesson06;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link HealthCheck} that people give. */
public final class HealthCheckMisconceptions {

    private HealthCheckMisconceptions() {}

    @Misconception(
            believed = "There is a lag, so the query is falling behind.",
            really = "It is behind, but the lag may be shrinking: after an outage every query has a backlog,"
                    + " and a query that reduces it works as it should. A lag is a problem only if it grows.",
            concept = "Lag")
    public static class TreatsAnyLagAsFallingBehind extends HealthCheck {
        @Override
        boolean applies(Diagnosis diagnosis, List<JsonNode> progresses) {
            return diagnosis == Diagnosis.FALLING_BEHIND
                    ? lag(progresses.get(progresses.size() - 1)) > 0
                    : super.applies(diagnosis, progresses);
        }
    }

    @Misconception(
            believed = "A query falls behind if inputRowsPerSecond exceeds processedRowsPerSecond.",
            really = "Both count the rows that the query has read: one divides them by the time between two"
                    + " triggers, the other by the duration of the batch. A query that runs batch after batch at"
                    + " its limit shows the same number twice, however fast the topic grows.",
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
            believed = "The lag at the end is greater than at the start: the query is falling behind.",
            really = "One burst between two reports is enough for that. The definition requires that the lag"
                    + " grows with every batch.",
            concept = "Lag")
    public static class ComparesTheLastLagWithTheFirst extends HealthCheck {
        @Override
        boolean applies(Diagnosis diagnosis, List<JsonNode> progresses) {
            return diagnosis == Diagnosis.FALLING_BEHIND
                    ? lag(progresses.get(progresses.size() - 1)) > lag(progresses.get(0))
                    : super.applies(diagnosis, progresses);
        }
    }

    @Misconception(
            believed = "The state of a query is the sum over its operators.",
            really = "Each stateful operator has its own state, and only one of them leaks. In a sum, the rows"
                    + " that the other operators remove hide the leak.",
            concept = "State")
    public static class SumsOverTheOperators extends HealthCheck {
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
            believed = "State that grows is a leak.",
            really = "In the morning every state grows: more customers come than leave. numRowsRemoved shows"
                    + " whether the operator can remove rows at all.",
            concept = "Bounded state")
    public static class TreatsGrowthAsALeak extends HealthCheck {
        @Override
        boolean leaks(List<JsonNode> progresses, String operator) {
            return grows(figures(progresses, operator + "/numRowsTotal"));
        }
    }

    @Misconception(
            believed = "State that does not shrink leaks.",
            really = "A state that has its full size stays the same: as many customers as yesterday, and nothing to"
                    + " remove yet. A leak grows with every batch.",
            concept = "Bounded state")
    public static class TreatsConstantStateAsALeak extends HealthCheck {
        @Override
        boolean leaks(List<JsonNode> progresses, String operator) {
            long[] rows = figures(progresses, operator + "/numRowsTotal").toArray();
            return IntStream.range(1, rows.length).allMatch(i -> rows[i] >= rows[i - 1])
                    && figures(progresses, operator + "/numRowsRemoved").allMatch(removed -> removed == 0);
        }
    }

    @Misconception(
            believed = "A query has one source.",
            really = "A union or a join reads several, and sources has an entry for each. The lag of a query is the"
                    + " sum over all of them, and any of them may be skewed.",
            concept = "Lag")
    public static class LooksAtTheFirstSource extends HealthCheck {
        @Override
        boolean applies(Diagnosis diagnosis, List<JsonNode> progresses) {
            return super.applies(
                    diagnosis,
                    progresses.stream()
                            .map(progress -> {
                                ObjectNode first = progress.deepCopy();
                                first.putArray("sources").add(progress.at("/sources/0"));
                                return (JsonNode) first;
                            })
                            .toList());
        }
    }

    @Misconception(
            believed = "A partition that the first report does not have cannot be compared, so I leave it out.",
            really = "Its records count as any others. It started at offset 0, so its endOffset is the number of"
                    + " records read from it. Often the new partition is the one that gets the most.",
            concept = "Skew")
    public static class LeavesNewPartitionsOut extends HealthCheck {
        @Override
        boolean applies(Diagnosis diagnosis, List<JsonNode> progresses) {
            List<JsonNode> known = progresses.stream()
                    .map(progress -> withoutNewPartitions(progress, progresses.get(0)))
                    .toList();
            return super.applies(diagnosis, diagnosis == Diagnosis.SKEWED ? known : progresses);
        }

        private static JsonNode withoutNewPartitions(JsonNode progress, JsonNode first) {
            JsonNode copy = progress.deepCopy();
            for (int i = 0; i < copy.path("sources").size(); i++) {
                JsonNode before = first.at("/sources/" + i + "/endOffset");
                copy.at("/sources/" + i + "/endOffset")
                        .properties()
                        .forEach(topic -> ((ObjectNode) topic.getValue())
                                .retain(before.path(topic.getKey()).properties().stream()
                                        .map(Map.Entry::getKey)
                                        .toList()));
            }
            return copy;
        }
    }

    @Misconception(
            believed = "The partitions of all topics can be compared with each other.",
            really = "A topic with much traffic next to one with little is not skewed: each may be balanced."
                    + " Skew is an imbalance among the partitions of one topic.",
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
            believed = "A share is a share, of however many records.",
            really = "Of three records, one of four partitions always gets more than its fair share. Small"
                    + " numbers are never balanced, and alerts on them are soon ignored.",
            concept = "Skew")
    public static class ReportsSkewOfFewRecords extends HealthCheck {
        @Override
        boolean isSkewed(long[] reads) {
            long all = LongStream.of(reads).sum();
            return all > 0 && LongStream.of(reads).max().orElse(0) * reads.length >= 2 * all;
        }
    }

    @Misconception(
            believed = "A watermark that is months behind the clock is stuck.",
            really = "The watermark follows event time, not the clock. A query that reads last winter's"
                    + " payments again has last winter's watermark, and is healthy as long as the watermark"
                    + " advances.",
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
            believed = "A watermark that does not advance is stuck.",
            really = "It does not advance if the events do not, for example if sensors are off or a topic"
                    + " contains one minute a thousand times. It is stuck if event time advances without it.",
            concept = "Watermarks")
    public static class LooksAtTheWatermarkOnly extends HealthCheck {
        @Override
        boolean isStuck(List<JsonNode> progresses) {
            return progresses.get(0).at("/eventTime").has("watermark") && isWatermarkConstant(progresses);
        }
    }

    @Misconception(
            believed = "The last report has the newest events, so the watermark must have advanced there.",
            really = "A batch runs with the watermark that the batches before it have set. The events of the"
                    + " last report affect the watermark of the next batch, whose report does not exist yet.",
            concept = "Watermarks")
    public static class ExpectsTheWatermarkInTheSameBatch extends HealthCheck {
        @Override
        boolean isStuck(List<JsonNode> progresses) {
            String first = latest(progresses.get(0));
            return !first.isEmpty()
                    && latest(progresses.get(progresses.size() - 1)).compareTo(first) > 0
                    && isWatermarkConstant(progresses);
        }
    }

    @Misconception(
            believed = "maxOffsetsBehindLatest is the lag.",
            really = "It is the lag of the worst partition. The lag of the other partitions can grow while the"
                    + " worst stays the same. The lag is the sum over all partitions.",
            concept = "Lag")
    public static class UsesMaxOffsetsBehindLatest extends HealthCheck {
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
            believed = "A wrong watermark shows in the number of dropped rows.",
            really = "Only a watermark that is too far ahead drops rows. One that an idle input holds back"
                    + " drops none: rows enter the state, none leave it, and the state grows.",
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
            believed = "The lag is reported first, since it is what hurts, then the rest.",
            really = "A hot partition makes a query fall behind, and a stuck watermark makes its state leak."
                    + " If only the effect is reported, someone adds machines or memory, and the problem is back"
                    + " tomorrow.",
            concept = "Monitoring")
    public static class ReportsTheEffectFirst extends HealthCheck {
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
