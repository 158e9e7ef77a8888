package lesson12;

import static workbook.check.script.Script.row;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lesson12.WhichEngine.Choice;
import lesson12.WhichEngine.Engine;
import lesson12.WhichEngine.Place;
import lesson12.WhichEngine.Requirements;
import lesson12.WhichEngine.Speed;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;

/**
 * Each row names what is different from {@link Given#USUAL}: a {@code +} between several places or clusters, milliseconds, and
 * {@code 20/100} for a row and an interval. The output is the engine to take, and the reason that excludes an engine.
 */
@Checkpoint(WhichEngine.class)
class WhichEngineCheckpoint {

    private static final String FITS = "fits";

    @Test
    @Order(1)
    void kafkaStreamsReadsAndWritesOnlyKafka(WhichEngine answer) {
        new Cases("streams", "flink", "spark", "storm")
                .gives("inputs KAFKA", FITS, FITS, FITS, FITS)
                .gives("inputs FILES", "INPUT", FITS, FITS, FITS)
                .gives("inputs KAFKA+FILES", "INPUT", FITS, FITS, FITS)
                .gives("output FILES", "OUTPUT", FITS, FITS, FITS)
                .run(answer);
    }

    @Test
    @Order(2)
    void theOutputDecidesWhetherAJobIsExactlyOnce(WhichEngine answer) {
        new Cases("streams", "flink", "spark", "storm")
                .gives("once yes", FITS, FITS, "GUARANTEE", "GUARANTEE")
                .gives("once yes, output FILES", "OUTPUT", FITS, FITS, "GUARANTEE")
                .gives("once yes, inputs FILES", "INPUT", FITS, "GUARANTEE", "GUARANTEE")
                .run(answer);
    }

    @Test
    @Order(3)
    void aJobInSqlNeedsAnEngineWithSql(WhichEngine answer) {
        new Cases("streams", "flink", "spark", "storm")
                .gives("sql yes", "SQL", FITS, FITS, "SQL")
                .run(answer);
    }

    @Test
    @Order(4)
    void aPortableJobNeedsAnEngineThatRunsBeam(WhichEngine answer) {
        new Cases("streams", "flink", "spark", "storm")
                .gives("portable yes", "RUNNER", FITS, FITS, "RUNNER")
                .run(answer);
    }

    @Test
    @Order(5)
    void everyEngineExceptKafkaStreamsNeedsItsCluster(WhichEngine answer) {
        new Cases("streams", "flink", "spark", "storm")
                .gives("clusters none", FITS, "CLUSTER", "CLUSTER", "CLUSTER")
                .gives("clusters FLINK", FITS, FITS, "CLUSTER", "CLUSTER")
                .gives("clusters SPARK+STORM", FITS, "CLUSTER", FITS, FITS)
                .gives("clusters SPARK+STORM, portable yes", "RUNNER", "CLUSTER", FITS, "RUNNER")
                .run(answer);
    }

    @Test
    @Order(6)
    void aResultMayTakeAsLongAsTheLatencyAndNotLonger(WhichEngine answer) {
        new Cases("streams", "flink", "storm")
                .gives("streams 21/100, flink 20/9000, storm 19/60000, latency 20", "LATENCY", FITS, FITS)
                .gives("streams 19/100, flink 21/9000, storm 20/60000, latency 20", FITS, "LATENCY", FITS)
                .gives("streams 20/100, flink 19/9000, storm 21/60000, latency 20", FITS, FITS, "LATENCY")
                .run(answer);
    }

    @Test
    @Order(7)
    void aResultInATransactionOrAFileWaitsForTheNextCommit(WhichEngine answer) {
        new Cases("streams", "flink")
                .gives("once yes, latency 9020", FITS, FITS)
                .gives("once yes, latency 9019", FITS, "LATENCY")
                .gives("once yes, latency 5000", FITS, "LATENCY")
                .gives("once yes, latency 120", FITS, "LATENCY")
                .gives("once yes, latency 119", "LATENCY", "LATENCY")
                .gives("once yes, latency 60", "LATENCY", "LATENCY")
                .gives("once yes, output FILES, latency 9020", "OUTPUT", FITS)
                .run(answer);
        new Cases("flink", "storm")
                .gives("output FILES, latency 60030", FITS, FITS)
                .gives("output FILES, latency 60029", FITS, "LATENCY")
                .gives("output FILES, latency 9020", FITS, "LATENCY")
                .gives("output FILES, latency 9019", "LATENCY", "LATENCY")
                .gives("inputs FILES, latency 30", FITS, FITS)
                .run(answer);
    }

    @Test
    @Order(8)
    void aRowOfAMicroBatchWaitsForTwoBatches(WhichEngine answer) {
        new Cases("spark")
                .gives("state yes, latency 2000", FITS)
                .gives("state yes, latency 1999", "LATENCY")
                .gives("state yes, spark 3000/1000, latency 2000", FITS)
                .gives("state yes, output FILES, once yes, latency 2000", FITS)
                .gives("state yes, output FILES, once yes, latency 1999", "LATENCY")
                .run(answer);
    }

    @Test
    @Order(9)
    void realTimeModeIsForJobsWithoutStateFromKafkaToKafka(WhichEngine answer) {
        new Cases("spark")
                .gives("latency 40", FITS)
                .gives("latency 39", "LATENCY")
                .gives("sql yes, latency 40", FITS)
                .gives("inputs FILES, latency 1999", "LATENCY")
                .gives("inputs FILES, latency 2000", FITS)
                .gives("inputs KAFKA+FILES, latency 1999", "LATENCY")
                .gives("output FILES, latency 1999", "LATENCY")
                .gives("output FILES, latency 2000", FITS)
                .gives("portable yes, latency 1999", "LATENCY")
                .gives("portable yes, latency 2000", FITS)
                .run(answer);
    }

    /** Each row has one thing more that excludes engines than the row below it. */
    @Test
    @Order(10)
    void anEngineIsExcludedForTheFirstReason(WhichEngine answer) {
        String slow = "state yes, latency 10, clusters none";
        new Cases("streams", "flink", "spark", "storm")
                .gives(
                        slow + ", portable yes, sql yes, once yes, output FILES, inputs FILES",
                        "INPUT",
                        "LATENCY",
                        "LATENCY",
                        "GUARANTEE")
                .gives(
                        slow + ", portable yes, sql yes, once yes, output FILES",
                        "OUTPUT",
                        "LATENCY",
                        "LATENCY",
                        "GUARANTEE")
                .gives(slow + ", portable yes, sql yes, once yes", "SQL", "LATENCY", "GUARANTEE", "GUARANTEE")
                .gives(slow + ", portable yes, sql yes", "SQL", "LATENCY", "LATENCY", "SQL")
                .gives(slow + ", portable yes", "RUNNER", "LATENCY", "LATENCY", "RUNNER")
                .gives(slow, "LATENCY", "LATENCY", "LATENCY", "LATENCY")
                .gives("clusters none", FITS, "CLUSTER", "CLUSTER", "CLUSTER")
                .run(answer);
    }

    @Test
    @Order(11)
    void kafkaStreamsIsTakenBeforeEveryCluster(WhichEngine answer) {
        new Cases("engine", "streams", "flink")
                .gives("clusters FLINK", "KAFKA_STREAMS", FITS, FITS)
                .gives("clusters STORM+FLINK", "KAFKA_STREAMS", FITS, FITS)
                .gives("clusters none", "KAFKA_STREAMS", FITS, "CLUSTER")
                .gives("once yes", "KAFKA_STREAMS", FITS, FITS)
                .gives("streams 5000/100", "KAFKA_STREAMS", FITS, FITS)
                .gives("streams 100001/100", "FLINK", "LATENCY", FITS)
                .run(answer);
    }

    @Test
    @Order(12)
    void thenTheClusterThatTheTeamPrefersIsTaken(WhichEngine answer) {
        new Cases("engine")
                .gives("sql yes, clusters FLINK+SPARK", "FLINK")
                .gives("sql yes, clusters SPARK+FLINK", "SPARK")
                .gives("sql yes, clusters SPARK+FLINK, state yes, latency 500", "FLINK")
                .gives("sql yes, clusters SPARK+FLINK, once yes", "FLINK")
                .gives("sql yes, clusters STORM+SPARK+FLINK", "SPARK")
                .gives("inputs FILES, clusters STORM+SPARK+FLINK", "STORM")
                .gives("inputs FILES, clusters SPARK+STORM", "SPARK")
                .gives("inputs KAFKA+FILES, output FILES, once yes, clusters STORM+SPARK+FLINK", "SPARK")
                .run(answer);
    }

    @Test
    @Order(13)
    void noEngineIsTakenIfAllAreExcluded(WhichEngine answer) {
        new Cases("engine", "streams", "flink", "spark", "storm")
                .gives("latency 10", null, "LATENCY", "LATENCY", "LATENCY", "LATENCY")
                .gives("sql yes, clusters none", null, "SQL", "CLUSTER", "CLUSTER", "SQL")
                .gives("sql yes, clusters STORM", null, "SQL", "CLUSTER", "CLUSTER", "SQL")
                .gives("once yes, latency 100", null, "LATENCY", "LATENCY", "GUARANTEE", "GUARANTEE")
                .run(answer);
    }

    @Test
    @Order(14)
    void randomJobsGetWhatATableSays(WhichEngine answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        Cases cases = new Cases("engine", "streams", "flink", "spark", "storm")
                .title(seed.hint() + "; usually: " + Given.USUAL);
        Stream.generate(() -> random(random)).limit(100).forEach(given -> cases.gives(given, Oracle.of(given)));
        cases.run(answer);
    }

    /** Five things are different, so that a message shows all of them. The latency is near that of an engine. */
    private static String random(Random random) {
        String measured =
                oneOf(random, Given.ENGINES) + " " + (5 + random.nextInt(50)) + "/" + (201 + 2 * random.nextInt(9_000));
        List<String> clusters = new ArrayList<>(List.of("FLINK", "SPARK", "STORM"));
        Collections.shuffle(clusters, random);
        List<String> wishes = new ArrayList<>(List.of(
                "inputs " + oneOf(random, List.of("FILES", "KAFKA+FILES")),
                "output FILES",
                "once yes",
                "sql yes",
                "portable yes",
                "state yes",
                "clusters " + oneOf(random, List.of("none", clusters.get(0), String.join("+", clusters)))));
        Collections.shuffle(wishes, random);
        String different = measured + ", " + String.join(", ", wishes.subList(0, 3));
        long latency =
                Oracle.millis(oneOf(random, Given.ENGINES), Given.of(different).values()) - random.nextInt(2);
        return different + ", latency " + (random.nextInt(4) == 0 ? 100_000 : latency);
    }

    private static String oneOf(Random random, List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** Looks up in a table, for each engine, the words that a job needs. */
    private static final class Oracle {

        private static final String BOTH = "INPUT KAFKA, INPUT FILES, OUTPUT KAFKA, OUTPUT FILES";

        private static final Map<String, String> CAN = Map.of(
                "streams",
                "INPUT KAFKA, OUTPUT KAFKA, GUARANTEE KAFKA",
                "flink",
                BOTH + ", GUARANTEE KAFKA, GUARANTEE FILES, SQL, RUNNER",
                "spark",
                BOTH + ", GUARANTEE FILES, SQL, RUNNER",
                "storm",
                BOTH);

        static Object[] of(String text) {
            Map<String, String> given = Given.of(text).values();
            Map<String, String> reasons = new LinkedHashMap<>();
            Given.ENGINES.forEach(engine -> reasons.put(engine, reason(engine, given)));
            String taken = reasons.get("streams").equals(FITS) ? "KAFKA_STREAMS" : null;
            for (String cluster : given.get("clusters").split("\\+")) {
                if (taken == null && FITS.equals(reasons.get(cluster.toLowerCase(Locale.ROOT)))) {
                    taken = cluster;
                }
            }
            List<Object> values = new ArrayList<>();
            values.add(taken);
            values.addAll(reasons.values());
            return values.toArray();
        }

        private static String reason(String engine, Map<String, String> given) {
            List<String> needed = new ArrayList<>();
            for (String place : given.get("inputs").split("\\+")) {
                needed.add("INPUT " + place);
            }
            needed.add("OUTPUT " + given.get("output"));
            if (given.get("once").equals("yes")) {
                needed.add("GUARANTEE " + given.get("output"));
            }
            if (given.get("sql").equals("yes")) {
                needed.add("SQL");
            }
            if (given.get("portable").equals("yes")) {
                needed.add("RUNNER");
            }
            needed.removeAll(List.of(CAN.get(engine).split(", ")));
            if (!needed.isEmpty()) {
                return needed.get(0).split(" ")[0];
            }
            if (millis(engine, given) > Long.parseLong(given.get("latency"))) {
                return "LATENCY";
            }
            String running = given.get("clusters") + "+streams";
            return running.toLowerCase(Locale.ROOT).contains(engine) ? FITS : "CLUSTER";
        }

        static long millis(String engine, Map<String, String> given) {
            String[] speed = given.get(engine).split("/");
            long row = Long.parseLong(speed[0]);
            long interval = Long.parseLong(speed[1]);
            String job = Stream.of("inputs", "output", "state", "portable")
                    .map(given::get)
                    .collect(Collectors.joining(" "));
            if (engine.equals("spark")) {
                return job.equals("KAFKA KAFKA no no") ? row : interval + interval;
            }
            boolean isImmediate = (given.get("output") + given.get("once")).equals("KAFKAno");
            return isImmediate ? row : row + interval;
        }
    }

    /** A job by names. */
    private record Given(Map<String, String> values) {

        static final String USUAL =
                "inputs KAFKA, output KAFKA, once no, sql no, portable no, state no, latency 100000,"
                        + " clusters FLINK+SPARK+STORM, streams 20/100, flink 20/9000, spark 40/1000, storm 30/60000";

        static final List<String> ENGINES = List.of("streams", "flink", "spark", "storm");

        static Given of(String different) {
            Map<String, String> values = new TreeMap<>();
            Stream.of(USUAL.split(", "), different.split(", "))
                    .flatMap(Stream::of)
                    .map(value -> value.split(" "))
                    .forEach(value -> values.put(value[0], value[1]));
            return new Given(values);
        }

        Requirements needs() {
            return new Requirements(
                    list("inputs").map(Place::valueOf).collect(Collectors.toUnmodifiableSet()),
                    Place.valueOf(values.get("output")),
                    is("once"),
                    is("sql"),
                    is("portable"),
                    is("state"),
                    Duration.ofMillis(Long.parseLong(values.get("latency"))),
                    list("clusters")
                            .filter(name -> !name.equals("none"))
                            .map(Engine::valueOf)
                            .toList());
        }

        Map<Engine, Speed> measured() {
            Map<Engine, Speed> speeds = new EnumMap<>(Engine.class);
            for (Engine engine : Engine.values()) {
                String[] millis = values.get(name(engine)).split("/");
                speeds.put(
                        engine,
                        new Speed(
                                Duration.ofMillis(Long.parseLong(millis[0])),
                                Duration.ofMillis(Long.parseLong(millis[1]))));
            }
            return Collections.unmodifiableMap(speeds);
        }

        static String name(Engine engine) {
            return ENGINES.get(engine.ordinal());
        }

        private Stream<String> list(String name) {
            return Stream.of(values.get(name).split("\\+"));
        }

        private boolean is(String name) {
            return values.get(name).equals("yes");
        }
    }

    /** Jobs, and what is expected of the choice. */
    private static final class Cases {

        private final List<String> columns;
        private final List<ScriptRow> given = new ArrayList<>();
        private final List<ScriptRow> expected = new ArrayList<>();
        private String title = "Usually: " + Given.USUAL;

        Cases(String... columns) {
            this.columns = List.of(columns);
        }

        Cases title(String hint) {
            title = hint;
            return this;
        }

        Cases gives(String different, Object... values) {
            given.add(row(different));
            expected.add(
                    row(Stream.concat(Stream.of(different), Stream.of(values)).toArray()));
            return this;
        }

        void run(WhichEngine answer) {
            Script.of("job STRING")
                    .columns(Stream.concat(Stream.of("job"), columns.stream())
                            .map(name -> name + " STRING")
                            .toList())
                    .title(title)
                    .batch(given)
                    .emitsInOrder(expected.toArray())
                    .run(new Choosing(answer, columns));
        }
    }

    /** Calls the answer. */
    private static final class Choosing implements Job {

        private final WhichEngine answer;
        private final List<String> columns;
        private final List<ScriptRow> choices = new ArrayList<>();
        private List<ScriptRow> jobs = List.of();

        Choosing(WhichEngine answer, List<String> columns) {
            this.answer = answer;
            this.columns = columns;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            jobs = rows;
        }

        @Override
        public void run() {
            for (ScriptRow job : jobs) {
                Given given = Given.of(job.getString(0));
                Choice choice = answer.choose(given.needs(), given.measured());
                choices.add(row(Stream.concat(
                                Stream.of(job.getString(0)), columns.stream().map(column -> value(choice, column)))
                        .toArray()));
            }
        }

        private static String value(Choice choice, String column) {
            if (column.equals("engine")) {
                return choice.engine().map(Enum::name).orElse(null);
            }
            Engine engine = Engine.values()[Given.ENGINES.indexOf(column)];
            return choice.excluded().containsKey(engine)
                    ? String.valueOf(choice.excluded().get(engine))
                    : FITS;
        }

        @Override
        public List<ScriptRow> output() {
            return choices;
        }
    }
}
