package lesson06;

import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import lesson06.SilentStream.Condition;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.check.spark.SharedSpark;
import workbook.kit.Scratch;
import workbook.kit.spark.Inbox;

/** The stories say what happens to real queries, and when, by a clock that stands still until a story moves it. */
@Checkpoint(SilentStream.class)
class SilentStreamCheckpoint {

    private static final Duration IDLE_EVERY = Duration.ofSeconds(10);

    @Test
    @Order(1)
    void aQueryThatReadsIsRunningAndOneWithNothingToReadIsIdle(SilentStream answer) {
        run(
                answer,
                story().batch(
                                row("10:00:00", "tills", "starts"),
                                row("10:00:00", "web", "starts"),
                                row("10:00:10", "tills", "reads"))
                        .emits(row("tills", "RUNNING"), row("web", "IDLE")));
    }

    @Test
    @Order(2)
    void aQueryIsIdleForAsLongAsItSaysSo(SilentStream answer) {
        run(
                answer,
                story().batch(row("10:00:00", "tills", "starts"), row("10:00:00", "tills", "reads"), time("11:00:00"))
                        .emits(row("tills", "IDLE")));
    }

    @Test
    @Order(3)
    void aQueryInABatchWithoutAnEndIsStalledAfterAMinute(SilentStream answer) {
        run(
                answer,
                story().batch(
                                row("10:00:00", "tills", "starts"),
                                row("10:00:00", "tills", "reads"),
                                row("10:00:00", "tills", "hangs"),
                                time("10:01:00"))
                        .emits(row("tills", "RUNNING"))
                        .batch(time("10:01:01"))
                        .emits(row("tills", "STALLED")));
    }

    @Test
    @Order(4)
    void whatAnotherQuerySaysDoesNotHideTheSilenceOfOne(SilentStream answer) {
        run(
                answer,
                story().batch(
                                row("10:00:00", "tills", "starts"),
                                row("10:00:00", "web", "starts"),
                                row("10:00:00", "tills", "hangs"),
                                row("10:05:00", "web", "reads"))
                        .emits(row("tills", "STALLED"), row("web", "RUNNING")));
    }

    @Test
    @Order(5)
    void aQueryThatFailedIsDeadAndNobodyMissesOneThatWasStopped(SilentStream answer) {
        run(
                answer,
                story().batch(
                                row("10:00:00", "tills", "starts"),
                                row("10:00:00", "web", "starts"),
                                row("10:00:05", "tills", "fails"),
                                row("10:00:05", "web", "is stopped"),
                                time("12:00:00"))
                        .emits(row("tills", "DEAD")));
    }

    @Test
    @Order(6)
    void aDeadQueryThatIsStartedAgainIsAlive(SilentStream answer) {
        run(
                answer,
                story().batch(
                                row("10:00:00", "tills", "starts"),
                                row("10:00:00", "tills", "fails"),
                                row("10:00:20", "tills", "starts"))
                        .emits(row("tills", "RUNNING")));
    }

    @Test
    @Order(7)
    void theEndOfAnOldRunIsNotThatOfTheNewOneHoweverLateItIsHeardOf(SilentStream answer) {
        run(
                answer,
                story().batch(
                                row("10:00:00", "tills", "starts"),
                                row("10:00:05", "tills", "fails and starts before it is heard of"))
                        .emits(row("tills", "RUNNING")));
    }

    /** What the old runs have said is heard when the new ones have started, which then say nothing. */
    @Test
    @Order(8)
    void whatIsHeardOfAnOldRunSaysNothingOfTheNewOne(SilentStream answer) {
        run(
                answer,
                story().batch(
                                row("10:00:00", "tills", "starts"),
                                row("10:00:00", "web", "starts"),
                                row("10:00:05", "tills", "reads, fails, and hangs anew before it is heard of"),
                                row("10:00:05", "web", "is stopped, and hangs anew before it is heard of"))
                        .emits(row("tills", "RUNNING"), row("web", "RUNNING")));
    }

    @Test
    @Order(9)
    void whateverHappensTheConditionsAreThoseOfTheTerms(SilentStream answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        Script story = story().title(seed.hint());
        Oracle oracle = new Oracle();
        for (int i = 0; i < 9; i++) {
            story.batch(oracle.happenings(random)).emits(oracle.conditions());
        }
        run(answer, story);
    }

    private static Script story() {
        return Script.of("at STRING, query STRING, happens STRING").columns("query", "condition");
    }

    /** The clock moves, and nothing else happens. */
    private static ScriptRow time(String time) {
        return row(time, "", "");
    }

    private static void run(SilentStream answer, Script story) {
        try (Queries queries = new Queries(answer)) {
            story.run(queries);
        }
    }

    /** Makes up what happens, and says by the terms what is then the matter. */
    private static final class Oracle {

        private static final String[] NAMES = {"tills", "web", "app"};
        private static final int[] SECONDS = {5, 10, 30, 60, 61, 300};

        private final Map<String, Known> queries = new LinkedHashMap<>();
        private Instant now = at("14:00:00");

        private record Known(boolean hangs, Instant heard, Condition said) {}

        List<ScriptRow> happenings(Random random) {
            now = now.plusSeconds(SECONDS[random.nextInt(SECONDS.length)]);
            queries.replaceAll((name, query) -> isIdle(query) ? new Known(false, now, Condition.IDLE) : query);
            List<ScriptRow> happenings = new ArrayList<>(List.of(time(timeOfDay())));
            for (String name : NAMES) {
                happening(name, random.nextInt(8)).ifPresent(what -> happenings.add(row(timeOfDay(), name, what)));
            }
            return happenings;
        }

        private boolean isIdle(Known query) {
            return !query.hangs()
                    && query.said() != Condition.DEAD
                    && !now.isBefore(query.heard().plus(IDLE_EVERY));
        }

        private Optional<String> happening(String name, int which) {
            Known query = queries.get(name);
            if (query == null || query.said() == Condition.DEAD) {
                return which < 6 ? happens(name, "starts", new Known(false, now, Condition.RUNNING)) : Optional.empty();
            }
            if (query.hangs()) {
                return which < 2
                        ? happens(name, "goes on", new Known(false, now, Condition.RUNNING))
                        : Optional.empty();
            }
            return switch (which) {
                case 0 -> happens(name, "reads", new Known(false, now, Condition.RUNNING));
                case 1, 2 -> happens(name, "hangs", new Known(true, query.heard(), query.said()));
                case 3 -> happens(name, "fails", new Known(false, now, Condition.DEAD));
                case 4 ->
                    happens(name, "fails and starts before it is heard of", new Known(false, now, Condition.RUNNING));
                case 5 -> happens(name, "is stopped", null);
                default -> Optional.empty();
            };
        }

        private Optional<String> happens(String name, String happening, Known then) {
            queries.put(name, then);
            queries.values().removeIf(Objects::isNull);
            return Optional.of(happening);
        }

        List<ScriptRow> conditions() {
            return queries.entrySet().stream()
                    .map(query ->
                            row(query.getKey(), condition(query.getValue()).name()))
                    .toList();
        }

        private Condition condition(Known query) {
            boolean isSilent = now.isAfter(query.heard().plus(SilentStream.PATIENCE));
            return isSilent && query.said() != Condition.DEAD ? Condition.STALLED : query.said();
        }

        private String timeOfDay() {
            return LocalTime.ofInstant(now, ZoneOffset.UTC).format(DateTimeFormatter.ISO_LOCAL_TIME);
        }
    }

    /** Real queries, to which happens what the rows say; and what the answer says of them. */
    private static final class Queries implements Job, AutoCloseable {

        private final SparkSession spark = SharedSpark.session();
        private final Map<String, Query> queries = new LinkedHashMap<>();
        private final SilentStream answer;
        private final Messenger messenger;
        private List<ScriptRow> happenings;
        private volatile Instant now;

        Queries(SilentStream answer) {
            this.answer = answer;
            messenger = new Messenger(answer.listener(() -> now), () -> now);
            spark.streams().addListener(messenger);
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            happenings = rows;
        }

        @Override
        public void run() throws Exception {
            for (ScriptRow happening : happenings) {
                now = at(happening.getString(0));
                for (Query query : queries.values()) {
                    query.awaitIdle();
                }
                if (!happening.getString(1).isEmpty()) {
                    queries.computeIfAbsent(happening.getString(1), name -> new Query(spark, messenger))
                            .happens(happening.getString(2));
                    messenger.awaitQuiet();
                }
            }
        }

        @Override
        public List<ScriptRow> output() throws Exception {
            messenger.verify();
            Map<UUID, String> names = new HashMap<>();
            queries.forEach((name, query) -> names.put(query.running.id(), name));
            return answer.conditions().entrySet().stream()
                    .map(query -> row(names.get(query.getKey()), String.valueOf(query.getValue())))
                    .toList();
        }

        @Override
        public void close() {
            queries.values().forEach(Query::close);
            messenger.awaitQuiet();
            spark.streams().removeListener(messenger);
        }
    }

    /** Reads files, and does with a batch what the story wants. */
    private static final class Query {

        private static final String IDLE_INTERVAL = "spark.sql.streaming.noDataProgressEventInterval";

        private final Inbox inbox = Inbox.create();
        private final String checkpoint =
                Scratch.folder("query-").resolve("checkpoint").toString();
        private final SparkSession spark;
        private final Messenger messenger;
        private StreamingQuery running;
        private volatile boolean fails;
        private volatile CountDownLatch begun;
        private volatile CountDownLatch end = new CountDownLatch(0);

        private interface Happening {
            void comes() throws Exception;
        }

        Query(SparkSession spark, Messenger messenger) {
            this.spark = spark;
            this.messenger = messenger;
        }

        void happens(String what) throws Exception {
            switch (what) {
                case "starts" -> start();
                case "reads" -> read();
                case "hangs" -> hang(this::deliver);
                case "goes on" -> {
                    end.countDown();
                    running.processAllAvailable();
                }
                case "fails" -> fail();
                case "fails and starts before it is heard of" ->
                    unheard(() -> {
                        fail();
                        start();
                    });
                case "is stopped" -> running.stop();
                case "reads, fails, and hangs anew before it is heard of" ->
                    unheard(() -> {
                        read();
                        fail();
                        hang(this::run);
                    });
                case "is stopped, and hangs anew before it is heard of" ->
                    unheard(() -> {
                        running.stop();
                        deliver();
                        hang(this::run);
                    });
                default -> throw new IllegalArgumentException(what);
            }
        }

        private void unheard(Happening happening) throws Exception {
            messenger.dawdle();
            try {
                happening.comes();
            } finally {
                messenger.hurry();
            }
        }

        private void deliver() {
            inbox.deliver(List.of("a payment"));
        }

        private void read() {
            deliver();
            running.processAllAvailable();
        }

        /** The batch that this brings about does not end. */
        private void hang(Happening happening) throws Exception {
            begun = new CountDownLatch(1);
            end = new CountDownLatch(1);
            happening.comes();
            begun.await();
        }

        private void start() throws TimeoutException {
            run();
            running.processAllAvailable();
        }

        /** Spark says every ten seconds that a query is idle; here it says so all the time, and the messenger waits. */
        private void run() throws TimeoutException {
            spark.conf().set(IDLE_INTERVAL, 0);
            try {
                running = spark.readStream()
                        .text(inbox.path())
                        .writeStream()
                        .option("checkpointLocation", checkpoint)
                        .foreachBatch((VoidFunction2<Dataset<Row>, Long>) (batch, number) -> write(batch))
                        .start();
            } finally {
                spark.conf().unset(IDLE_INTERVAL);
            }
        }

        private void write(Dataset<Row> batch) throws InterruptedException {
            if (fails) {
                fails = false;
                throw new IllegalStateException("The query fails here, as the story tells.");
            }
            batch.count();
            if (begun != null) {
                begun.countDown();
            }
            end.await();
        }

        private void fail() {
            fails = true;
            deliver();
            try {
                running.awaitTermination();
            } catch (StreamingQueryException e) {
                // as the story tells
            }
        }

        void awaitIdle() throws InterruptedException {
            if (running.isActive() && end.getCount() == 0) {
                messenger.awaitIdle(running.runId());
            }
        }

        void close() {
            try {
                if (running != null) {
                    running.stop();
                }
            } catch (TimeoutException e) {
                throw new IllegalStateException("A query did not stop.", e);
            }
        }
    }

    /** Passes on what Spark tells: that a query is idle, only every ten seconds of the story's clock. */
    private static final class Messenger extends StreamingQueryListener {

        private static final long LIMIT_MILLIS = 30_000;

        private final StreamingQueryListener answer;
        private final InstantSource clock;
        private final Map<UUID, Instant> told = new HashMap<>();
        private volatile CountDownLatch hurry = new CountDownLatch(0);
        private Throwable thrown;

        Messenger(StreamingQueryListener answer, InstantSource clock) {
            this.answer = answer;
            this.clock = clock;
        }

        @Override
        public void onQueryStarted(QueryStartedEvent event) {
            tell(event.runId(), () -> answer.onQueryStarted(event));
        }

        @Override
        public void onQueryProgress(QueryProgressEvent event) {
            awaitHurry();
            tell(event.progress().runId(), () -> answer.onQueryProgress(event));
        }

        @Override
        public synchronized void onQueryIdle(QueryIdleEvent event) {
            if (!clock.instant().isBefore(told.get(event.runId()).plus(IDLE_EVERY))) {
                tell(event.runId(), () -> answer.onQueryIdle(event));
            }
        }

        @Override
        public void onQueryTerminated(QueryTerminatedEvent event) {
            awaitHurry();
            tell(event.runId(), () -> answer.onQueryTerminated(event));
        }

        private void awaitHurry() {
            try {
                hurry.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private synchronized void tell(UUID run, Runnable event) {
            try {
                event.run();
            } catch (Throwable t) {
                thrown = thrown == null ? t : thrown;
            }
            told.put(run, clock.instant());
            notifyAll();
        }

        /** From now on the progress and the end of a query are told later. */
        void dawdle() {
            hurry = new CountDownLatch(1);
        }

        void hurry() {
            hurry.countDown();
        }

        /** Waits until an idle query has said so, if it is time for it. */
        synchronized void awaitIdle(UUID run) throws InterruptedException {
            long end = System.currentTimeMillis() + LIMIT_MILLIS;
            while (!clock.instant().isBefore(told.get(run).plus(IDLE_EVERY))) {
                if (System.currentTimeMillis() > end) {
                    throw new IllegalStateException("An idle query has not said so.");
                }
                wait(LIMIT_MILLIS);
            }
        }

        /** Waits until everything has been told that Spark knew. */
        void awaitQuiet() {
            try {
                SharedSpark.session().sparkContext().listenerBus().waitUntilEmpty(LIMIT_MILLIS);
            } catch (TimeoutException e) {
                throw new IllegalStateException("The listener has not come to an end.", e);
            }
        }

        synchronized void verify() throws Exception {
            if (thrown instanceof Error error) {
                throw error;
            }
            if (thrown != null) {
                throw (Exception) thrown;
            }
        }
    }
}
