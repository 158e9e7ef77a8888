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
 * Checks the diagnoses of recordings, then of one recording with other figures. These have a number for each report: the
 * lag, the rows in state and the rows removed from it, the latest event and the watermark in minutes after noon. Only
 * {@code read} has a number for each partition: the records read between the first report and the last.
 */
@Checkpoint(HealthCheck.class)
class HealthCheckCheckpoint {

    @Test
    @Order(1)
    void aQueryThatKeepsUpOrCatchesUpIsHealthy(HealthCheck answer) {
        recordings("healthy", "catching-up")
                .emits(row("healthy", "HEALTHY"), row("catching-up", "HEALTHY"))
                .run(Diagnosing.recordings(answer));
    }

    @Test
    @Order(2)
    void aQueryFallsBehindIfMoreArrivesThanItReads(HealthCheck answer) {
        recordings("falling-behind")
                .emits(row("falling-behind", "FALLING_BEHIND"))
                .run(Diagnosing.recordings(answer));
    }

    /** There are two operators, and the other one removes rows. */
    @Test
    @Order(3)
    void stateLeaksIfOneOperatorNeverRemovesRows(HealthCheck answer) {
        recordings("leaking-state").emits(row("leaking-state", "LEAKING_STATE")).run(Diagnosing.recordings(answer));
    }

    /** The query falls behind, too. */
    @Test
    @Order(4)
    void aHotPartitionIsSkewEvenIfTheQueryFallsBehind(HealthCheck answer) {
        recordings("skewed").emits(row("skewed", "SKEWED")).run(Diagnosing.recordings(answer));
    }

    /** With the idle input, state leaks, too. */
    @Test
    @Order(5)
    void aWatermarkThatDoesNotFollowTheEventsIsStuck(HealthCheck answer) {
        recordings("idle-input", "wrong-clock")
                .emits(row("idle-input", "STUCK_WATERMARK"), row("wrong-clock", "STUCK_WATERMARK"))
                .run(Diagnosing.recordings(answer));
    }

    @Test
    @Order(6)
    void aQueryThatDoesNotFallBehindInEveryBatchIsHealthy(HealthCheck answer) {
        varied().batch(row(1, "10 20 20 30", "25 30 20 25", "9 9 9 9", "3 3 3 3", "10 20 30 40", "0 5 15 25"))
                .emits(row(1, "HEALTHY"))
                .run(Diagnosing.varied(answer));
    }

    @Test
    @Order(7)
    void anOperatorThatSometimesRemovesRowsDoesNotLeak(HealthCheck answer) {
        varied().batch(row(1, "0 0 0 0", "25 30 20 25", "9 12 14 17", "0 0 3 0", "10 20 30 40", "0 5 15 25"))
                .emits(row(1, "HEALTHY"))
                .run(Diagnosing.varied(answer));
    }

    @Test
    @Order(8)
    void skewIsTwiceTheFairShareOfAHundredRecords(HealthCheck answer) {
        varied().batch(
                        row(1, "0 0 0 0", "60 10 10 19", "9 9 9 9", "3 3 3 3", "10 20 30 40", "0 5 15 25"),
                        row(2, "0 0 0 0", "50 20 10 20", "9 9 9 9", "3 3 3 3", "10 20 30 40", "0 5 15 25"),
                        row(3, "0 0 0 0", "50 20 10 21", "9 9 9 9", "3 3 3 3", "10 20 30 40", "0 5 15 25"))
                .emits(row(1, "HEALTHY"), row(2, "SKEWED"), row(3, "HEALTHY"))
                .run(Diagnosing.varied(answer));
    }

    /** No event is newer than the earlier ones, or only those of the last batch are. */
    @Test
    @Order(9)
    void aWatermarkWithoutNewerEventsIsNotStuck(HealthCheck answer) {
        varied().batch(
                        row(1, "0 0 0 0", "25 30 20 25", "9 9 9 9", "3 3 3 3", "10 10 10 10", "5 5 5 5"),
                        row(2, "0 0 0 0", "25 30 20 25", "9 9 9 9", "3 3 3 3", "10 10 10 30", "5 5 5 5"))
                .emits(row(1, "HEALTHY"), row(2, "HEALTHY"))
                .run(Diagnosing.varied(answer));
    }

    /** Two queries for each diagnosis; the figures are generated for the diagnosis. */
    @Test
    @Order(10)
    void randomQueriesAreDiagnosedByTheDefinitions(HealthCheck answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        List<ScriptRow> queries = new ArrayList<>();
        List<ScriptRow> diagnoses = new ArrayList<>();
        for (int query = 0; query < 2 * Diagnosis.values().length; query++) {
            Diagnosis diagnosis = Diagnosis.values()[query / 2];
            queries.add(new RandomQuery(random, diagnosis).row(query));
            diagnoses.add(row(query, diagnosis.name()));
        }
        varied().title(seed.hint()).batch(queries).emits(diagnoses).run(Diagnosing.varied(answer));
    }

    private static Script recordings(String... names) {
        return Script.of("recording STRING")
                .columns("recording", "diagnosis")
                .batch(Arrays.stream(names).map(Script::row).toList());
    }

    private static Script varied() {
        return Script.of("query INT, lag STRING, read STRING, state STRING, removed STRING, latest STRING,"
                        + " watermark STRING")
                .columns("query", "diagnosis");
    }

    /** Random figures to which only one diagnosis applies. */
    private static final class RandomQuery {

        private final Random random;
        private final Diagnosis diagnosis;
        private final int reports;
        private final int partitions;

        RandomQuery(Random random, Diagnosis diagnosis) {
            this.random = random;
            this.diagnosis = diagnosis;
            this.reports = 6 + random.nextInt(3);
            this.partitions = 3 + random.nextInt(4);
        }

        ScriptRow row(int query) {
            long[] latest = growing();
            long ahead = latest[reports - 1] + random.nextInt(600);
            return Script.row(
                    query,
                    text(diagnosis == Diagnosis.FALLING_BEHIND ? growing() : falling()),
                    text(read()),
                    text(diagnosis == Diagnosis.LEAKING_STATE ? growing() : falling()),
                    text(diagnosis == Diagnosis.LEAKING_STATE ? all(0) : falling()),
                    text(latest),
                    text(diagnosis == Diagnosis.STUCK_WATERMARK ? all(ahead) : latest));
        }

        private long[] growing() {
            return LongStream.iterate(random.nextInt(20), figure -> figure + 1 + random.nextInt(20))
                    .limit(reports)
                    .toArray();
        }

        private long[] falling() {
            return LongStream.of(growing())
                    .map(figure -> 20L * reports - figure)
                    .toArray();
        }

        private long[] all(long figure) {
            return LongStream.generate(() -> figure).limit(reports).toArray();
        }

        /** Without skew, no partition has twice as much as another. */
        private long[] read() {
            long[] read = random.longs(partitions, 50, 100).toArray();
            if (diagnosis == Diagnosis.SKEWED) {
                read[random.nextInt(partitions)] += 2 * LongStream.of(read).sum();
            }
            return read;
        }

        private static String text(long[] figures) {
            return LongStream.of(figures).mapToObj(String::valueOf).collect(Collectors.joining(" "));
        }
    }

    /** Passes reports to the answer, and records its diagnoses. */
    private static final class Diagnosing implements Job {

        private final HealthCheck answer;
        private final Function<ScriptRow, List<String>> reports;
        private List<ScriptRow> input;
        private List<ScriptRow> diagnoses;

        private Diagnosing(HealthCheck answer, Function<ScriptRow, List<String>> reports) {
            this.answer = answer;
            this.reports = reports;
        }

        static Diagnosing recordings(HealthCheck answer) {
            return new Diagnosing(
                    answer,
                    row -> Reports.recorded(row.getString(0)).stream()
                            .map(JsonNode::toString)
                            .toList());
        }

        static Diagnosing varied(HealthCheck answer) {
            return new Diagnosing(answer, Reports::with);
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            input = rows;
        }

        @Override
        public void run() {
            diagnoses = input.stream()
                    .map(row -> row(row.get(0), String.valueOf(answer.diagnose(reports.apply(row)))))
                    .toList();
        }

        @Override
        public List<ScriptRow> output() {
            return diagnoses;
        }
    }

    /** The progress reports that {@link HealthCheckRecorder} has recorded. */
    private static final class Reports {

        private static final ObjectMapper JSON = new ObjectMapper();
        private static final String TOPIC = "payments";
        private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

        private Reports() {}

        static List<JsonNode> recorded(String name) {
            try (InputStream recording =
                    HealthCheckCheckpoint.class.getResourceAsStream("/lesson06/" + name + ".json")) {
                List<JsonNode> reports = new ArrayList<>();
                JSON.readTree(recording).forEach(reports::add);
                return reports;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The recording of a healthy query, with these figures and only one topic. */
        static List<String> with(ScriptRow figures) {
            List<JsonNode> healthy = recorded("healthy");
            long[] waiting = figures(figures, 1);
            long most = Arrays.stream(waiting).max().orElseThrow();
            List<String> reports = new ArrayList<>();
            for (int i = 0; i < waiting.length; i++) {
                ObjectNode report = healthy.get(i % healthy.size()).deepCopy();
                report.put("batchId", i);
                report.put("timestamp", NOON.plusSeconds(5L * i).toString());
                setTimes((ObjectNode) report.path("eventTime"), figures(figures, 5)[i], figures(figures, 6)[i]);
                setState(
                        (ObjectNode) report.at("/stateOperators/0"),
                        figures(figures, 3)[i],
                        figures(figures, 4)[i],
                        figures(figures, 6)[i] > figures(figures, 5)[i]);
                boolean becomesSlower = waiting[waiting.length - 1] > waiting[0];
                setRates(report, i, becomesSlower);
                setRates((ObjectNode) report.at("/sources/0"), i, becomesSlower);
                long inOne = Math.min(waiting[i], most - most / 3);
                setOffsets(report, figures(figures, 2), i, waiting.length - 1, inOne, waiting[i] - inOne);
                reports.add(report.toString());
            }
            return reports;
        }

        /** If the watermark is ahead of the events, rows are dropped. */
        private static void setState(ObjectNode operator, long total, long removed, boolean isTooLate) {
            operator.put("numRowsTotal", total)
                    .put("numRowsRemoved", removed)
                    .put("numRowsDroppedByWatermark", isTooLate ? 3 : 0);
        }

        /** The input rate depends on the duration of the batch before. A query that falls behind here becomes slower. */
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

        /** The time in Spark's format. */
        private static String minutesAfterNoon(long minutes) {
            return NOON.plusSeconds(60 * minutes).toString().replace("Z", ".000Z");
        }

        /**
         * Each report has read its part of the records. The lag is in one partition and in the next; if it grows with each
         * report, the smaller part grows.
         */
        private static void setOffsets(
                ObjectNode report, long[] read, int place, int last, long inOne, long inTheNext) {
            long[] waiting = new long[read.length];
            waiting[place % read.length] += inOne;
            waiting[(place + 1) % read.length] += inTheNext;
            ObjectNode source = (ObjectNode) report.at("/sources/0");
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
            report.put("numInputRows", rows);
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
