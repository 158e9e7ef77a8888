package lesson06;

import static workbook.check.script.Script.row;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import lesson06.HealthCheck.Diagnosis;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;

/**
 * Checks the diagnoses of recordings, then of one recording with other figures. These have a number for each report:
 * the lag, the rows in state and the rows removed from it, the latest event and the watermark in minutes after noon, or
 * {@code -} if there is none. Only {@code read} has a number for each partition: the records read between the first report
 * and the last, with a {@code +} if the partition is only in the last report. A {@code |} separates stateful operators,
 * or sources, an {@code &} the topics of a source.
 */
@Checkpoint(HealthCheck.class)
class HealthCheckCheckpoint {

    private static final int LAG = 1;
    private static final int READ = 2;
    private static final int STATE = 3;
    private static final int REMOVED = 4;
    private static final int LATEST = 5;
    private static final int WATERMARK = 6;
    private static final String NONE = "-";

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

    /**
     * In query 2 neither source falls behind in every report, in query 3 no partition, and in query 5 no topic, but together
     * they do.
     */
    @Test
    @Order(6)
    void aQueryFallsBehindIfTheWholeLagGrowsInEveryReport(HealthCheck answer) {
        varied().batch(
                        row(1, "10 20 20 30", "25 30 20 25", "9 9 9 9", "3 3 3 3", "10 20 30 40", "0 5 15 25"),
                        row(2, "10 20 30 40", "30 | 30", "9 9 9 9", "3 3 3 3", "10 20 30 40", "0 5 15 25"),
                        row(3, "10 20 30 40", "25 30 20 25", "9 9 9 9", "3 3 3 3", "10 20 30 40", "0 5 15 25"),
                        row(4, "30 10 20 30 40", "25 30", "9 9 9 9 9", "3 3 3 3 3", "10 20 30 40 50", "0 5 15 25 35"),
                        row(5, "10 20 30 40", "30 & 30", "9 9 9 9", "3 3 3 3", "10 20 30 40", "0 5 15 25"))
                .emits(
                        row(1, "HEALTHY"),
                        row(2, "FALLING_BEHIND"),
                        row(3, "FALLING_BEHIND"),
                        row(4, "HEALTHY"),
                        row(5, "FALLING_BEHIND"))
                .run(Diagnosing.varied(answer));
    }

    /** In the last two queries the first operator removes rows, or there is none. */
    @Test
    @Order(7)
    void onlyAnOperatorThatGrowsInEveryReportAndRemovesNoRowLeaks(HealthCheck answer) {
        varied().batch(
                        row(1, "0 0 0 0", "25 30 20 25", "9 12 14 17", "0 0 3 0", "10 20 30 40", "0 5 15 25"),
                        row(2, "0 0 0 0", "25 30 20 25", "9 9 9 9", "0 0 0 0", "10 20 30 40", "0 5 15 25"),
                        row(3, "0 0 0 0", "25 30 20 25", "9 12 12 17", "0 0 0 0", "10 20 30 40", "0 5 15 25"),
                        row(
                                4,
                                "0 0 0 0",
                                "25 30 20 25",
                                "9 12 14 17 | 5 5 5 5",
                                "3 3 3 3 | 0 0 0 0",
                                "10 20 30 40",
                                "0 5 15 25"),
                        row(5, "0 0 0 0", "25 30 20 25", "", "", "10 20 30 40", "0 5 15 25"),
                        row(
                                6,
                                "0 0 0 0",
                                "25 30 20 25",
                                lastOfTwenty("5 5 5 5", "9 12 14 17"),
                                lastOfTwenty("0 0 0 0", "0 0 0 0"),
                                "10 20 30 40",
                                "0 5 15 25"))
                .emits(
                        row(1, "HEALTHY"),
                        row(2, "HEALTHY"),
                        row(3, "HEALTHY"),
                        row(4, "HEALTHY"),
                        row(5, "HEALTHY"),
                        row(6, "LEAKING_STATE"))
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

    /** A topic's only partition has all its records. In the last query the new partition has more than half of them. */
    @Test
    @Order(9)
    void skewIsFoundInEverySourceAndInANewPartition(HealthCheck answer) {
        varied().batch(
                        row(1, "0 0 0 0", "200", "9 9 9 9", "3 3 3 3", "10 20 30 40", "0 5 15 25"),
                        row(2, "0 0 0 0", "30 30 | 0 120 0", "9 9 9 9", "3 3 3 3", "10 20 30 40", "0 5 15 25"),
                        row(3, "0 0 0 0", "15 15 15 +55", "9 9 9 9", "3 3 3 3", "10 20 30 40", "0 5 15 25"),
                        row(4, "0 0 0 0", "30 30 & 0 120 0", "9 9 9 9", "3 3 3 3", "10 20 30 40", "0 5 15 25"),
                        row(5, "0 0 0 0", "70 15 15 | 15 15 70", "9 9 9 9", "3 3 3 3", "10 20 30 40", "0 5 15 25"),
                        row(
                                6,
                                "0 0 0 0",
                                lastOfTwenty("30 30", "0 120 0"),
                                "9 9 9 9",
                                "3 3 3 3",
                                "10 20 30 40",
                                "0 5 15 25"))
                .emits(
                        row(1, "HEALTHY"),
                        row(2, "SKEWED"),
                        row(3, "SKEWED"),
                        row(4, "SKEWED"),
                        row(5, "SKEWED"),
                        row(6, "SKEWED"))
                .run(Diagnosing.varied(answer));
    }

    /** The figures of twenty operators or sources, more than a report has fields. */
    private static String lastOfTwenty(String others, String last) {
        return (others + " | ").repeat(19) + last;
    }

    /** No event is newer than the earlier ones, or only those of the last batch are, or one is missing. */
    @Test
    @Order(10)
    void aWatermarkWithoutNewerEventsIsNotStuck(HealthCheck answer) {
        varied().batch(
                        row(1, "0 0 0 0", "25 30 20 25", "9 9 9 9", "3 3 3 3", "10 10 10 10", "5 5 5 5"),
                        row(2, "0 0 0 0", "25 30 20 25", "9 9 9 9", "3 3 3 3", "10 10 10 30", "5 5 5 5"),
                        row(3, "0 0 0 0", "25 30 20 25", "9 9 9 9", "3 3 3 3", "- 20 30 40", "5 5 5 5"),
                        row(4, "0 0 0 0", "25 30 20 25", "9 9 9 9", "3 3 3 3", "10 20 - 40", "5 5 5 5"),
                        row(5, "0 0 0 0", "25 30 20 25", "9 9 9 9", "3 3 3 3", "10 20 30 40", "5 5 5 6"),
                        row(6, "0 0 0 0", "25 30 20 25", "9 9 9 9", "3 3 3 3", "- - - -", "- - - -"),
                        row(7, "0 0 0 0", "25 30 20 25", "9 9 9 9", "3 3 3 3", "10 - 30 20", "5 5 5 5"))
                .emits(
                        row(1, "HEALTHY"),
                        row(2, "HEALTHY"),
                        row(3, "HEALTHY"),
                        row(4, "HEALTHY"),
                        row(5, "HEALTHY"),
                        row(6, "HEALTHY"),
                        row(7, "STUCK_WATERMARK"))
                .run(Diagnosing.varied(answer));
    }

    /** The oracle: the definitions. Of a hundred queries, the first one with another diagnosis is shown. */
    @Test
    @Order(11)
    void randomQueriesAreDiagnosedByTheDefinitions(HealthCheck answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        List<ScriptRow> queries = IntStream.range(0, 100)
                .mapToObj(number -> new RandomQuery(random).row(number))
                .toList();
        ScriptRow shown = queries.stream()
                .filter(query -> !isRight(answer, query))
                .findFirst()
                .orElse(queries.get(0));
        varied().title(seed.hint())
                .batch(shown)
                .emits(row(shown.get(0), new Definitions(shown).diagnosis().name()))
                .run(Diagnosing.varied(answer));
    }

    private static boolean isRight(HealthCheck answer, ScriptRow query) {
        try {
            return answer.diagnose(Reports.with(query)) == new Definitions(query).diagnosis();
        } catch (RuntimeException e) {
            return false; // the script reports it
        }
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

    /** Random figures, many of them at the limits of the definitions. */
    private static final class RandomQuery {

        private final Random random;
        private final int reports;

        RandomQuery(Random random) {
            this.random = random;
            reports = 4 + random.nextInt(5);
        }

        ScriptRow row(int query) {
            int operators = random.nextInt(4);
            boolean hasWatermark = random.nextInt(8) > 0;
            return Script.row(
                    query,
                    trend(),
                    several(1 + random.nextInt(2), this::source),
                    several(operators, this::trend),
                    several(operators, this::removed),
                    hasWatermark ? withGap(trend()) : all("-"),
                    hasWatermark ? watermark() : all("-"));
        }

        /** Grows in every report, or in all but one, where it stays or falls, or never. */
        private String trend() {
            int kind = random.nextInt(4);
            int exception = 1 + random.nextInt(reports - 1);
            long[] figures = new long[reports];
            figures[0] = 20 + random.nextInt(20);
            for (int i = 1; i < reports; i++) {
                long step = 1 + random.nextInt(20);
                figures[i] = figures[i - 1] + (kind == 0 || kind < 3 && i != exception ? step : kind == 1 ? -step : 0);
            }
            return text(LongStream.of(figures).mapToObj(String::valueOf));
        }

        private String removed() {
            String none = all("0");
            return random.nextBoolean() ? none : replaced(none, random.nextInt(reports), "3");
        }

        private String withGap(String latest) {
            return random.nextInt(3) > 0 ? latest : replaced(latest, random.nextInt(reports), "-");
        }

        /** Stands still, or advances in the last report only, or in every report. */
        private String watermark() {
            return switch (random.nextInt(4)) {
                case 0 -> replaced(all("5"), reports - 1, "6");
                case 1 -> text(IntStream.range(0, reports).mapToObj(String::valueOf));
                default -> all("5");
            };
        }

        private String source() {
            return Stream.generate(this::read).limit(1 + random.nextInt(2)).collect(Collectors.joining(" & "));
        }

        /** One partition has twice its fair share, or a record more or less; some have few records, some are new. */
        private String read() {
            int partitions = 1 + random.nextInt(5);
            long most = random.nextInt(4) == 0 ? 20 : 100;
            long[] read = random.longs(partitions, 0, most).toArray();
            int hot = random.nextInt(partitions);
            long others = LongStream.of(read).sum() - read[hot];
            if (partitions > 2) {
                read[hot] = Math.max(0, 2 * others / (partitions - 2) + random.nextInt(3) - 1);
            }
            int isNew = random.nextInt(3 * partitions);
            return text(IntStream.range(0, partitions).mapToObj(i -> (i == isNew && i > 0 ? "+" : "") + read[i]));
        }

        private String all(String figure) {
            return text(Stream.generate(() -> figure).limit(reports));
        }

        private static String several(int count, Supplier<String> figures) {
            return Stream.generate(figures).limit(count).collect(Collectors.joining(" | "));
        }

        private static String replaced(String figures, int place, String figure) {
            List<String> replaced = new ArrayList<>(List.of(figures.split(" ")));
            replaced.set(place, figure);
            return String.join(" ", replaced);
        }

        private static String text(Stream<String> figures) {
            return figures.collect(Collectors.joining(" "));
        }
    }

    /** The definitions of the diagnoses, applied to the figures of a query. */
    private record Definitions(ScriptRow query) {

        Diagnosis diagnosis() {
            if (isStuck()) {
                return Diagnosis.STUCK_WATERMARK;
            }
            if (leaks()) {
                return Diagnosis.LEAKING_STATE;
            }
            if (Figures.several(query, READ).stream().flatMap(Figures::topics).anyMatch(Definitions::isSkewed)) {
                return Diagnosis.SKEWED;
            }
            return grows(Figures.numbers(query.getString(LAG))) ? Diagnosis.FALLING_BEHIND : Diagnosis.HEALTHY;
        }

        private boolean isStuck() {
            String[] latest = Figures.all(query.getString(LATEST));
            String first = latest[0];
            String lastButOne = latest[latest.length - 2];
            boolean isConstant = Set.of(Figures.all(query.getString(WATERMARK))[0])
                    .containsAll(List.of(Figures.all(query.getString(WATERMARK))));
            return isConstant
                    && !first.equals(NONE)
                    && !lastButOne.equals(NONE)
                    && Long.parseLong(lastButOne) > Long.parseLong(first);
        }

        private boolean leaks() {
            List<String> state = Figures.several(query, STATE);
            List<String> removed = Figures.several(query, REMOVED);
            return IntStream.range(0, state.size())
                    .anyMatch(operator -> grows(Figures.numbers(state.get(operator)))
                            && LongStream.of(Figures.numbers(removed.get(operator)))
                                    .allMatch(rows -> rows == 0));
        }

        private static boolean isSkewed(String read) {
            long[] records = Figures.numbers(read);
            long all = LongStream.of(records).sum();
            return all >= 100 && LongStream.of(records).anyMatch(one -> one * records.length >= 2 * all);
        }

        private static boolean grows(long[] figures) {
            return IntStream.range(1, figures.length).allMatch(i -> figures[i] > figures[i - 1]);
        }
    }

    /** Reads the figures of a query from their text. */
    private static final class Figures {

        private Figures() {}

        /** The figures of each operator or source. */
        static List<String> several(ScriptRow query, int column) {
            String text = query.getString(column);
            return text.isEmpty() ? List.of() : List.of(text.split(" \\| "));
        }

        static Stream<String> topics(String source) {
            return Stream.of(source.split(" & "));
        }

        static String[] all(String text) {
            return text.split(" ");
        }

        static long[] numbers(String text) {
            return Arrays.stream(all(text)).mapToLong(Long::parseLong).toArray();
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

        /** The recording of a healthy query, with these figures. */
        static List<String> with(ScriptRow query) {
            List<JsonNode> healthy = recorded("healthy");
            Offsets offsets = new Offsets(query);
            List<String> reports = new ArrayList<>();
            for (int i = 0; i < offsets.reports(); i++) {
                ObjectNode report = healthy.get(i % healthy.size()).deepCopy();
                report.put("batchId", i);
                report.put("timestamp", NOON.plusSeconds(5L * i).toString());
                setTimes(report, Figures.all(query.getString(LATEST))[i], Figures.all(query.getString(WATERMARK))[i]);
                setState(report, query, i);
                offsets.set(report, i);
                setRates(report, i, offsets.becomesSlower());
                report.path("sources")
                        .forEach(source -> setRates((ObjectNode) source, place(report), offsets.becomesSlower()));
                reports.add(report.toString());
            }
            return reports;
        }

        private static int place(ObjectNode report) {
            return report.path("batchId").asInt();
        }

        /** If the watermark is ahead of the events, rows are dropped. */
        private static void setState(ObjectNode report, ScriptRow query, int place) {
            ObjectNode operator = (ObjectNode) report.at("/stateOperators/0");
            ArrayNode operators = report.putArray("stateOperators");
            String latest = report.at("/eventTime/max").asText("");
            boolean isTooLate = report.at("/eventTime/watermark").asText("").compareTo(latest) > 0;
            List<String> state = Figures.several(query, STATE);
            List<String> removed = Figures.several(query, REMOVED);
            for (int i = 0; i < state.size(); i++) {
                operators.add(operator.deepCopy()
                        .put("numRowsTotal", Figures.numbers(state.get(i))[place])
                        .put("numRowsRemoved", Figures.numbers(removed.get(i))[place])
                        .put("numRowsDroppedByWatermark", isTooLate ? 3 : 0));
            }
        }

        /**
         * The input rate depends on the duration of the batch before. A query that falls behind here becomes slower.
         */
        private static void setRates(ObjectNode progress, int place, boolean becomesSlower) {
            int seconds = becomesSlower ? 20 + place : 20 - place;
            progress.put("processedRowsPerSecond", 1_000.0 / seconds)
                    .put("inputRowsPerSecond", 1_000.0 / (becomesSlower ? seconds - 1 : seconds + 1));
        }

        /** A query without a watermark has no event time, a batch without rows has no events. */
        private static void setTimes(ObjectNode report, String latest, String watermark) {
            report.remove("eventTime");
            if (watermark.equals(NONE)) {
                return;
            }
            ObjectNode eventTime = report.putObject("eventTime");
            if (!latest.equals(NONE)) {
                List.of("min", "avg", "max").forEach(time -> eventTime.put(time, minutesAfterNoon(latest)));
            }
            eventTime.put("watermark", minutesAfterNoon(watermark));
        }

        /** The time in Spark's format. */
        private static String minutesAfterNoon(String minutes) {
            return NOON.plusSeconds(60 * Long.parseLong(minutes)).toString().replace("Z", ".000Z");
        }
    }

    /**
     * The offsets of a query's sources. Each report has read its part of the records. The lag is in one partition and in the
     * next, which may be of another source; if it grows with each report, the smaller part grows.
     */
    private static final class Offsets {

        /** The topics of each source, and the records of each of their partitions. */
        private final List<List<String[]>> read;

        private final long[] lag;

        Offsets(ScriptRow query) {
            read = Figures.several(query, READ).stream()
                    .map(source -> Figures.topics(source).map(Figures::all).toList())
                    .toList();
            lag = Figures.numbers(query.getString(LAG));
        }

        int reports() {
            return lag.length;
        }

        boolean becomesSlower() {
            return lag[lag.length - 1] > lag[0];
        }

        void set(ObjectNode report, int place) {
            ObjectNode template = (ObjectNode) report.at("/sources/0");
            ArrayNode sources = report.putArray("sources");
            long rows = 0;
            int partitionsBefore = 0;
            for (int i = 0; i < read.size(); i++) {
                ObjectNode source = template.deepCopy();
                rows += set(source, i, place, partitionsBefore);
                partitionsBefore += partitions(read.get(i)).toList().size();
                sources.add(source);
            }
            report.put("numInputRows", rows);
        }

        private static Stream<String> partitions(List<String[]> topics) {
            return topics.stream().flatMap(Arrays::stream);
        }

        /** Returns the number of rows that the batch has read. */
        private long set(ObjectNode source, int number, int place, int partitionsBefore) {
            ObjectNode start = source.putObject("startOffset");
            ObjectNode end = source.putObject("endOffset");
            ObjectNode latest = source.putObject("latestOffset");
            List<String> names = new ArrayList<>();
            List<Long> behind = new ArrayList<>();
            long rows = 0;
            for (String[] partitions : read.get(number)) {
                String topic = "topic-" + names.size(); // sources may read the same topics
                names.add(topic);
                ObjectNode from = start.putObject(topic);
                ObjectNode to = end.putObject(topic);
                ObjectNode until = latest.putObject(topic);
                for (int partition = 0; partition < partitions.length; partition++) {
                    long waiting = waiting(partitionsBefore++, place);
                    if (setPartition(from, to, String.valueOf(partition), partitions[partition], place)) {
                        long position = to.path(String.valueOf(partition)).asLong();
                        until.put(String.valueOf(partition), position + waiting);
                        behind.add(waiting);
                        rows += position - from.path(String.valueOf(partition)).asLong();
                    }
                }
            }
            LongSummaryStatistics lags =
                    behind.stream().mapToLong(Long::longValue).summaryStatistics();
            source.put("description", "KafkaV2[Subscribe[" + String.join(", ", names) + "]]");
            source.put("numInputRows", rows);
            source.putObject("metrics")
                    .put("minOffsetsBehindLatest", String.valueOf(lags.getMin()))
                    .put("avgOffsetsBehindLatest", String.valueOf(lags.getAverage()))
                    .put("maxOffsetsBehindLatest", String.valueOf(lags.getMax()));
            return rows;
        }

        /** Sets where the batch begins and ends in a partition; not in one that is new, before the last report. */
        private boolean setPartition(ObjectNode start, ObjectNode end, String name, String read, int place) {
            boolean isNew = read.startsWith("+");
            long records = Long.parseLong(read);
            if (isNew && place < reports() - 1) {
                return false;
            }
            if (!isNew) {
                start.put(name, 1_000 + records * Math.max(0, place - 1) / (reports() - 1));
            }
            end.put(name, isNew ? records : 1_000 + records * place / (reports() - 1));
            return true;
        }

        /** The lag of a partition, counted over all sources. New partitions have none. */
        private long waiting(int partition, int place) {
            int[] old = old();
            long most = Arrays.stream(lag).max().orElseThrow();
            long inOne = Math.min(lag[place], most - most / 3);
            return (partition == old[place % old.length] ? inOne : 0)
                    + (partition == old[(place + 1) % old.length] ? lag[place] - inOne : 0);
        }

        /** The partitions, counted over all sources, that are in every report. */
        private int[] old() {
            List<String> all = read.stream().flatMap(Offsets::partitions).toList();
            return IntStream.range(0, all.size())
                    .filter(partition -> !all.get(partition).startsWith("+"))
                    .toArray();
        }
    }
}
