package lesson06;

import static workbook.check.script.Script.row;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import lesson06.HealthCheck.Diagnosis;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;

/**
 * First the recordings as they are, then one of them with other figures in it. These are told document by document:
 * records that wait, rows in state and rows removed from it, the latest event and the watermark in minutes after noon. Only
 * {@code read} is told by partition: the records read between the first document and the last.
 */
@Checkpoint(HealthCheck.class)
class HealthCheckCheckpoint {

    @Test
    @Order(1)
    void aQueryThatKeepsUpOrCatchesUpIsHealthy(HealthCheck answer) {
        recordings("healthy", "catching-up")
                .emits(row("healthy", "HEALTHY"), row("catching-up", "HEALTHY"))
                .run(Judging.recordings(answer));
    }

    @Test
    @Order(2)
    void aQueryIsFallingBehindIfMoreComesThanItReads(HealthCheck answer) {
        recordings("falling-behind")
                .emits(row("falling-behind", "FALLING_BEHIND"))
                .run(Judging.recordings(answer));
    }

    /** There are two operators, and the other one forgets. */
    @Test
    @Order(3)
    void stateLeaksIfOneOperatorNeverForgets(HealthCheck answer) {
        recordings("leaking-state").emits(row("leaking-state", "LEAKING_STATE")).run(Judging.recordings(answer));
    }

    /** It is falling behind as well. */
    @Test
    @Order(4)
    void aHotPartitionIsSkewEvenIfTheQueryFallsBehindForIt(HealthCheck answer) {
        recordings("skewed").emits(row("skewed", "SKEWED")).run(Judging.recordings(answer));
    }

    /** For the idle input, state leaks as well. */
    @Test
    @Order(5)
    void aWatermarkThatDoesNotFollowTheEventsIsStuck(HealthCheck answer) {
        recordings("idle-input", "wrong-clock")
                .emits(row("idle-input", "STUCK_WATERMARK"), row("wrong-clock", "STUCK_WATERMARK"))
                .run(Judging.recordings(answer));
    }

    @Test
    @Order(6)
    void whoDoesNotFallBehindInEveryBatchIsHealthy(HealthCheck answer) {
        varied().batch(row(1, "10 20 20 30", "25 30 20 25", "9 9 9 9", "3 3 3 3", "10 20 30 40", "0 5 15 25"))
                .emits(row(1, "HEALTHY"))
                .run(Judging.varied(answer));
    }

    @Test
    @Order(7)
    void whoForgetsNowAndThenDoesNotLeak(HealthCheck answer) {
        varied().batch(row(1, "0 0 0 0", "25 30 20 25", "9 12 14 17", "0 0 3 0", "10 20 30 40", "0 5 15 25"))
                .emits(row(1, "HEALTHY"))
                .run(Judging.varied(answer));
    }

    @Test
    @Order(8)
    void skewIsTwiceTheFairShareOfAHundredRecords(HealthCheck answer) {
        varied().batch(
                        row(1, "0 0 0 0", "60 10 10 19", "9 9 9 9", "3 3 3 3", "10 20 30 40", "0 5 15 25"),
                        row(2, "0 0 0 0", "50 20 10 20", "9 9 9 9", "3 3 3 3", "10 20 30 40", "0 5 15 25"),
                        row(3, "0 0 0 0", "50 20 10 21", "9 9 9 9", "3 3 3 3", "10 20 30 40", "0 5 15 25"))
                .emits(row(1, "HEALTHY"), row(2, "SKEWED"), row(3, "HEALTHY"))
                .run(Judging.varied(answer));
    }

    /** No event is newer than those before, or only the last batch's are. */
    @Test
    @Order(9)
    void aWatermarkWithoutAReasonToMoveIsNotStuck(HealthCheck answer) {
        varied().batch(
                        row(1, "0 0 0 0", "25 30 20 25", "9 9 9 9", "3 3 3 3", "10 10 10 10", "5 5 5 5"),
                        row(2, "0 0 0 0", "25 30 20 25", "9 9 9 9", "3 3 3 3", "10 10 10 30", "5 5 5 5"))
                .emits(row(1, "HEALTHY"), row(2, "HEALTHY"))
                .run(Judging.varied(answer));
    }

    /** Two queries of each diagnosis, which is decided before there are figures. */
    @Test
    @Order(10)
    void otherQueriesAreDiagnosedByTheSameDefinitions(HealthCheck answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        List<ScriptRow> queries = new ArrayList<>();
        List<ScriptRow> diagnoses = new ArrayList<>();
        for (int query = 0; query < 2 * Diagnosis.values().length; query++) {
            Diagnosis diagnosis = Diagnosis.values()[query / 2];
            queries.add(new RandomQuery(random, diagnosis).row(query));
            diagnoses.add(row(query, diagnosis.name()));
        }
        varied().title(seed.hint()).batch(queries).emits(diagnoses).run(Judging.varied(answer));
    }

    private static Script recordings(String... names) {
        return Script.of("recording STRING")
                .columns("recording", "diagnosis")
                .batch(Arrays.stream(names).map(Script::row).toList());
    }

    private static Script varied() {
        return Script.of("query INT, waiting STRING, read STRING, state STRING, removed STRING, latest STRING,"
                        + " watermark STRING")
                .columns("query", "diagnosis");
    }

    /** Figures for which one diagnosis is true, and no other nearly so. */
    private static final class RandomQuery {

        private final Random random;
        private final Diagnosis diagnosis;
        private final int documents;
        private final int partitions;

        RandomQuery(Random random, Diagnosis diagnosis) {
            this.random = random;
            this.diagnosis = diagnosis;
            this.documents = 6 + random.nextInt(3);
            this.partitions = 3 + random.nextInt(4);
        }

        ScriptRow row(int query) {
            long[] latest = growing();
            long ahead = latest[documents - 1] + random.nextInt(600);
            return Script.row(
                    query,
                    told(diagnosis == Diagnosis.FALLING_BEHIND ? growing() : falling()),
                    told(read()),
                    told(diagnosis == Diagnosis.LEAKING_STATE ? growing() : falling()),
                    told(diagnosis == Diagnosis.LEAKING_STATE ? all(0) : falling()),
                    told(latest),
                    told(diagnosis == Diagnosis.STUCK_WATERMARK ? all(ahead) : latest));
        }

        private long[] growing() {
            return LongStream.iterate(random.nextInt(20), figure -> figure + 1 + random.nextInt(20))
                    .limit(documents)
                    .toArray();
        }

        private long[] falling() {
            return LongStream.of(growing())
                    .map(figure -> 20L * documents - figure)
                    .toArray();
        }

        private long[] all(long figure) {
            return LongStream.generate(() -> figure).limit(documents).toArray();
        }

        /** Where there is no skew, none has twice as much as another. */
        private long[] read() {
            long[] read = random.longs(partitions, 50, 100).toArray();
            if (diagnosis == Diagnosis.SKEWED) {
                read[random.nextInt(partitions)] += 2 * LongStream.of(read).sum();
            }
            return read;
        }

        private static String told(long[] figures) {
            return LongStream.of(figures).mapToObj(String::valueOf).collect(Collectors.joining(" "));
        }
    }

    /** Shows the answer documents, and writes down what it says. */
    private static final class Judging implements Job {

        private final HealthCheck answer;
        private final Function<ScriptRow, List<String>> documents;
        private List<ScriptRow> shown;
        private List<ScriptRow> said;

        private Judging(HealthCheck answer, Function<ScriptRow, List<String>> documents) {
            this.answer = answer;
            this.documents = documents;
        }

        static Judging recordings(HealthCheck answer) {
            return new Judging(
                    answer,
                    row -> Documents.recorded(row.getString(0)).stream()
                            .map(JsonNode::toString)
                            .toList());
        }

        static Judging varied(HealthCheck answer) {
            return new Judging(answer, Documents::with);
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            shown = rows;
        }

        @Override
        public void run() {
            said = shown.stream()
                    .map(row -> row(row.get(0), String.valueOf(answer.diagnose(documents.apply(row)))))
                    .toList();
        }

        @Override
        public List<ScriptRow> output() {
            return said;
        }
    }

    /** What {@link HealthCheckRecorder} has recorded. */
    private static final class Documents {

        private static final ObjectMapper JSON = new ObjectMapper();
        private static final String TOPIC = "payments";
        private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

        private Documents() {}

        static List<JsonNode> recorded(String name) {
            try (InputStream recording =
                    HealthCheckCheckpoint.class.getResourceAsStream("/lesson06/" + name + ".json")) {
                List<JsonNode> documents = new ArrayList<>();
                JSON.readTree(recording).forEach(documents::add);
                return documents;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The recording of a healthy query with these figures in it, and one topic only. */
        static List<String> with(ScriptRow figures) {
            List<JsonNode> healthy = recorded("healthy");
            long[] waiting = figures(figures, 1);
            long most = Arrays.stream(waiting).max().orElseThrow();
            List<String> documents = new ArrayList<>();
            for (int i = 0; i < waiting.length; i++) {
                ObjectNode document = healthy.get(i % healthy.size()).deepCopy();
                document.put("batchId", i);
                document.put("timestamp", NOON.plusSeconds(5L * i).toString());
                setTimes((ObjectNode) document.path("eventTime"), figures(figures, 5)[i], figures(figures, 6)[i]);
                setState(
                        (ObjectNode) document.at("/stateOperators/0"),
                        figures(figures, 3)[i],
                        figures(figures, 4)[i],
                        figures(figures, 6)[i] > figures(figures, 5)[i]);
                boolean becomesSlower = waiting[waiting.length - 1] > waiting[0];
                setRates(document, i, becomesSlower);
                setRates((ObjectNode) document.at("/sources/0"), i, becomesSlower);
                long inOne = Math.min(waiting[i], most - most / 3);
                setOffsets(document, figures(figures, 2), i, waiting.length - 1, inOne, waiting[i] - inOne);
                documents.add(document.toString());
            }
            return documents;
        }

        /** Where the watermark is ahead of the events, they are dropped. */
        private static void setState(ObjectNode operator, long total, long removed, boolean isTooLate) {
            operator.put("numRowsTotal", total)
                    .put("numRowsRemoved", removed)
                    .put("numRowsDroppedByWatermark", isTooLate ? 3 : 0);
        }

        /** The input rate is by the time that the batch before took. Who falls behind here does so by becoming slower. */
        private static void setRates(ObjectNode progress, int place, boolean becomesSlower) {
            int seconds = becomesSlower ? 20 + place : 20 - place;
            progress.put("processedRowsPerSecond", 1_000.0 / seconds)
                    .put("inputRowsPerSecond", 1_000.0 / (becomesSlower ? seconds - 1 : seconds + 1));
        }

        private static void setTimes(ObjectNode eventTime, long latest, long watermark) {
            for (String time : List.of("min", "avg", "max")) {
                eventTime.put(time, minutesAfterNoon(latest));
            }
            eventTime.put("watermark", minutesAfterNoon(watermark));
        }

        /** As Spark writes it. */
        private static String minutesAfterNoon(long minutes) {
            return NOON.plusSeconds(60 * minutes).toString().replace("Z", ".000Z");
        }

        /**
         * Of what is read from the first document to the last, each has its part. What waits is in one partition and in the
         * next; where more waits each time, it is the lesser part that grows.
         */
        private static void setOffsets(
                ObjectNode document, long[] read, int place, int last, long inOne, long inTheNext) {
            long[] waiting = new long[read.length];
            waiting[place % read.length] += inOne;
            waiting[(place + 1) % read.length] += inTheNext;
            ObjectNode source = (ObjectNode) document.at("/sources/0");
            ObjectNode start = set(source, "startOffset");
            ObjectNode end = set(source, "endOffset");
            ObjectNode latest = set(source, "latestOffset");
            long rows = 0;
            for (int partition = 0; partition < read.length; partition++) {
                String name = String.valueOf(partition);
                long from = 1_000 + read[partition] * Math.max(0, place - 1) / last;
                long to = 1_000 + read[partition] * place / last;
                start.put(name, from);
                end.put(name, to);
                latest.put(name, to + waiting[partition]);
                rows += to - from;
            }
            source.put("numInputRows", rows);
            document.put("numInputRows", rows);
            ((ObjectNode) source.path("metrics"))
                    .put(
                            "minOffsetsBehindLatest",
                            String.valueOf(Arrays.stream(waiting).min().orElseThrow()))
                    .put(
                            "avgOffsetsBehindLatest",
                            String.valueOf(Arrays.stream(waiting).average().orElseThrow()))
                    .put(
                            "maxOffsetsBehindLatest",
                            String.valueOf(Arrays.stream(waiting).max().orElseThrow()));
        }

        private static ObjectNode set(ObjectNode source, String offset) {
            return source.putObject(offset).putObject(TOPIC);
        }

        private static long[] figures(ScriptRow figures, int column) {
            return Arrays.stream(figures.getString(column).split(" "))
                    .mapToLong(Long::parseLong)
                    .toArray();
        }
    }
}
