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
import java.util.Set;
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
import scala.Option;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.checkpoint.NewInstance;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.check.spark.SharedSpark;
import workbook.kit.Scratch;
import workbook.kit.spark.Inbox;

/** The scripts define what happens to real queries, and when, by a manual clock. */
@Checkpoint(SilentStream.class)
class SilentStreamCheckpoint {

    private static final String TEN = "2026-01-01T10:00:00.000Z";
    private static final Duration IDLE_EVERY = Duration.ofSeconds(10);

    @Test
    @Order(1)
    void aQueryThatReadsIsRunningAndOneWithoutInputIsIdle(SilentStream answer) {
        run(
                answer,
                script().batch(
                                row("10:00:00", "tills", "starts"),
                                row("10:00:00", "web", "starts"),
                                row("10:00:10", "tills", "reads"))
                        .emits(row("tills", "RUNNING"), row("web", "IDLE"))
                        .batch(row("10:00:10", "web", "reads"))
                        .emits(row("tills", "RUNNING"), row("web", "RUNNING"))
                        .batch(row("10:00:25", "web", "reads an empty file"))
                        .emits(row("tills", "IDLE"), row("web", "RUNNING")));
    }

    @Test
    @Order(2)
    void aQueryStaysIdleWhileItSendsIdleEvents(SilentStream answer) {
        run(
                answer,
                script().batch(row("10:00:00", "tills", "starts"), row("10:00:00", "tills", "reads"), time("11:00:00"))
                        .emits(row("tills", "IDLE")));
    }

    @Test
    @Order(3)
    void aQueryInABatchThatHangsIsStalledAfterAMinute(SilentStream answer) {
        run(
                answer,
                script().batch(
                                row("10:00:00", "tills", "starts"),
                                row("10:00:00", "tills", "reads"),
                                row("10:00:00", "tills", "hangs"),
                                time("10:01:00"))
                        .emits(row("tills", "RUNNING"))
                        .batch(time("10:05:00"))
                        .emits(row("tills", "STALLED"))
                        .batch(row("10:05:00", "tills", "continues"), time("10:05:10"))
                        .emits(row("tills", "IDLE"))
                        .batch(row("10:05:10", "tills", "hangs"), time("10:10:00"))
                        .emits(row("tills", "STALLED")));
    }

    @Test
    @Order(4)
    void theEventsOfOneQueryDoNotHideTheSilenceOfAnother(SilentStream answer) {
        run(
                answer,
                script().batch(
                                row("10:00:00", "tills", "starts"),
                                row("10:00:00", "web", "starts"),
                                row("10:00:00", "tills", "hangs"),
                                row("10:05:00", "web", "reads"))
                        .emits(row("tills", "STALLED"), row("web", "RUNNING"))
                        .batch(row("10:05:00", "web", "hangs"), time("10:06:00"))
                        .emits(row("tills", "STALLED"), row("web", "RUNNING"))
                        .batch(time("10:06:00.001"))
                        .emits(row("tills", "STALLED"), row("web", "STALLED")));
    }

    @Test
    @Order(5)
    void aFailedQueryIsReportedAndAStoppedOneIsNot(SilentStream answer) {
        run(
                answer,
                script().batch(
                                row("10:00:00", "tills", "starts"),
                                row("10:00:00", "web", "starts"),
                                row("10:00:05", "tills", "fails"),
                                row("10:00:05", "web", "is stopped"),
                                time("12:00:00"))
                        .emits(row("tills", "FAILED")));
    }

    @Test
    @Order(6)
    void aFailedQueryThatIsRestartedIsRunning(SilentStream answer) {
        run(
                answer,
                script().batch(
                                row("10:00:00", "tills", "starts"),
                                row("10:00:00", "tills", "fails"),
                                row("10:00:20", "tills", "starts"))
                        .emits(row("tills", "RUNNING")));
    }

    @Test
    @Order(7)
    void theEndOfAnOldRunDoesNotEndTheNewRun(SilentStream answer) {
        run(
                answer,
                script().batch(
                                row("10:00:00", "tills", "starts"),
                                row("10:00:05", "tills", "fails and restarts before the event arrives"))
                        .emits(row("tills", "RUNNING")));
    }

    /** The events of the old runs arrive after the new runs have started, which send no further events. */
    @Test
    @Order(8)
    void lateEventsOfAnOldRunDoNotChangeTheNewRun(SilentStream answer) {
        run(
                answer,
                script().batch(
                                row("10:00:00", "tills", "starts"),
                                row("10:00:00", "web", "starts"),
                                row("10:00:05", "tills", "reads, fails, restarts and hangs before the events arrive"),
                                row("10:00:05", "web", "is stopped, restarts and hangs before the event arrives"))
                        .emits(row("tills", "RUNNING"), row("web", "RUNNING")));
    }

    /** While an event of the old run is handled, another thread starts the new run. Then the old run ends. */
    @Test
    @Order(9)
    void aNewRunCountsThatStartsWhileAnEventOfTheOldRunIsHandled(SilentStream answer) {
        UUID query = UUID.randomUUID();
        UUID old = UUID.randomUUID();
        ClockWithAnEvent clock = new ClockWithAnEvent();
        StreamingQueryListener listener = answer.listener(clock);
        listener.onQueryStarted(started(query, old));
        clock.beforeTheNextTime(() -> listener.onQueryStarted(started(query, UUID.randomUUID())));
        listener.onQueryIdle(new StreamingQueryListener.QueryIdleEvent(query, old, TEN));
        clock.awaitTheEvent();
        listener.onQueryTerminated(
                new StreamingQueryListener.QueryTerminatedEvent(query, old, Option.empty(), Option.empty()));
        Map<UUID, Condition> expected = Map.of(query, Condition.RUNNING);
        if (!answer.conditions().equals(expected)) {
            throw new AssertionError("""
                    While an idle event of a query's old run was handled on one thread, the new run was started on another.
                    The new run is the newest one and is running, but conditions() returns %s. Between reading an entry of
                    the map and writing it, another thread may write it: let one call do both.""".formatted(answer.conditions().values()));
        }
    }

    @Test
    @Order(10)
    void theConditionsAfterRandomEventsAreThoseOfTheDefinitions(SilentStream answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        Script script = script().title(seed.hint());
        Oracle oracle = new Oracle();
        for (int i = 0; i < 7; i++) {
            script.batch(oracle.events(random)).emits(oracle.conditions());
        }
        run(answer, script);
    }

    private static StreamingQueryListener.QueryStartedEvent started(UUID query, UUID run) {
        return new StreamingQueryListener.QueryStartedEvent(query, run, null, TEN);
    }

    private static Script script() {
        return Script.of("at STRING, query STRING, happens STRING").columns("query", "condition");
    }

    /** The clock advances, and nothing else happens. */
    private static ScriptRow time(String time) {
        return row(time, "", "");
    }

    private static void run(SilentStream answer, Script script) {
        try (Queries queries = new Queries(answer)) {
            script.run(queries);
        }
    }

    /** Generates random events, and determines the conditions by the definitions. */
    private static final class Oracle {

        private static final String[] NAMES = {"tills", "web", "app"};
        private static final int[] MILLIS = {5_000, 9_999, 10_000, 30_000, 60_000, 60_001, 300_000};

        private final Map<String, Known> queries = new LinkedHashMap<>();
        private Instant now = at("14:00:00");

        private record Known(boolean hangs, Instant lastEvent, Condition condition) {}

        List<ScriptRow> events(Random random) {
            now = now.plusMillis(MILLIS[random.nextInt(MILLIS.length)]);
            queries.replaceAll((name, query) -> isIdle(query) ? new Known(false, now, Condition.IDLE) : query);
            List<ScriptRow> events = new ArrayList<>(List.of(time(timeOfDay())));
            for (String name : NAMES) {
                event(name, random.nextInt(9)).ifPresent(what -> events.add(row(timeOfDay(), name, what)));
            }
            return events;
        }

        private boolean isIdle(Known query) {
            return !query.hangs()
                    && query.condition() != Condition.FAILED
                    && !now.isBefore(query.lastEvent().plus(IDLE_EVERY));
        }

        private Optional<String> event(String name, int which) {
            Known query = queries.get(name);
            if (query == null || query.condition() == Condition.FAILED) {
                return which < 7 ? happens(name, "starts", new Known(false, now, Condition.RUNNING)) : Optional.empty();
            }
            if (query.hangs()) {
                return which < 2
                        ? happens(name, "continues", new Known(false, now, Condition.RUNNING))
                        : Optional.empty();
            }
            return switch (which) {
                case 0 -> happens(name, "reads", new Known(false, now, Condition.RUNNING));
                case 1, 2 -> happens(name, "hangs", new Known(true, query.lastEvent(), query.condition()));
                case 3 -> happens(name, "fails", new Known(false, now, Condition.FAILED));
                case 4 ->
                    happens(
                            name,
                            "fails and restarts before the event arrives",
                            new Known(false, now, Condition.RUNNING));
                case 5 -> happens(name, "is stopped", null);
                case 6 -> happens(name, "reads an empty file", new Known(false, now, Condition.RUNNING));
                default -> Optional.empty();
            };
        }

        private Optional<String> happens(String name, String event, Known then) {
            queries.put(name, then);
            queries.values().removeIf(Objects::isNull);
            return Optional.of(event);
        }

        List<ScriptRow> conditions() {
            return queries.entrySet().stream()
                    .map(query ->
                            row(query.getKey(), condition(query.getValue()).name()))
                    .toList();
        }

        private Condition condition(Known query) {
            boolean isSilent = now.isAfter(query.lastEvent().plus(SilentStream.PATIENCE));
            return isSilent && query.condition() != Condition.FAILED ? Condition.STALLED : query.condition();
        }

        private String timeOfDay() {
            return LocalTime.ofInstant(now, ZoneOffset.UTC).format(DateTimeFormatter.ISO_LOCAL_TIME);
        }
    }

    /** A clock that stands still. Before it returns the time, another thread may deliver an event. */
    private static final class ClockWithAnEvent implements InstantSource {

        private static final Set<Thread.State> WAITING = Set.of(Thread.State.BLOCKED, Thread.State.WAITING);

        private volatile Thread event;

        void beforeTheNextTime(Runnable delivery) {
            event = new Thread(delivery, "start of the new run");
        }

        /** Returns when the event is delivered, or waits for a lock that the caller has. */
        @Override
        public Instant instant() {
            Thread next = event;
            if (next != null && next != Thread.currentThread() && next.getState() == Thread.State.NEW) {
                next.start();
                while (next.isAlive() && !WAITING.contains(next.getState())) {
                    Thread.onSpinWait();
                }
            }
            return Instant.parse(TEN);
        }

        void awaitTheEvent() {
            try {
                instant(); // of an answer that did not ask for the time
                event.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Runs real queries, lets happen what the rows define, and returns the conditions of the answer. */
    private static final class Queries implements Job, AutoCloseable {

        private final SparkSession spark = SharedSpark.session();
        private final Map<String, Query> queries = new LinkedHashMap<>();
        private final SilentStream answer;
        private final Forwarding forwarding;
        private List<ScriptRow> events;
        private volatile Instant now;

        Queries(SilentStream answer) {
            this.answer = answer;
            forwarding = new Forwarding(answer.listener(() -> now), () -> now);
            NewInstance.of(answer).listener(() -> Instant.EPOCH); // another object has another clock
            spark.streams().addListener(forwarding);
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            events = rows;
        }

        @Override
        public void run() throws Exception {
            for (ScriptRow event : events) {
                now = at(event.getString(0));
                for (Query query : queries.values()) {
                    query.awaitIdle();
                }
                if (!event.getString(1).isEmpty()) {
                    queries.computeIfAbsent(event.getString(1), name -> new Query(spark, forwarding))
                            .happens(event.getString(2));
                    forwarding.awaitQuiet();
                }
            }
        }

        @Override
        public List<ScriptRow> output() throws Exception {
            forwarding.verify();
            Map<UUID, String> names = new HashMap<>();
            queries.forEach((name, query) -> names.put(query.running.id(), name));
            return answer.conditions().entrySet().stream()
                    .map(query -> row(names.get(query.getKey()), String.valueOf(query.getValue())))
                    .toList();
        }

        @Override
        public void close() {
            queries.values().forEach(Query::close);
            forwarding.awaitQuiet();
            spark.streams().removeListener(forwarding);
        }
    }

    /** A query that reads files, and whose batches behave as the script defines. */
    private static final class Query {

        private static final String IDLE_INTERVAL = "spark.sql.streaming.noDataProgressEventInterval";

        private final Inbox inbox = Inbox.create();
        private final String checkpoint =
                Scratch.folder("query-").resolve("checkpoint").toString();
        private final SparkSession spark;
        private final Forwarding forwarding;
        private StreamingQuery running;
        private volatile boolean fails;
        private volatile CountDownLatch begun;
        private volatile CountDownLatch end = new CountDownLatch(0);

        private interface Action {
            void run() throws Exception;
        }

        Query(SparkSession spark, Forwarding forwarding) {
            this.spark = spark;
            this.forwarding = forwarding;
        }

        void happens(String what) throws Exception {
            switch (what) {
                case "starts" -> start();
                case "reads" -> read("a payment");
                case "reads an empty file" -> read();
                case "hangs" -> hang(this::deliver);
                case "continues" -> {
                    end.countDown();
                    running.processAllAvailable();
                }
                case "fails" -> fail();
                case "fails and restarts before the event arrives" ->
                    delayEvents(() -> {
                        fail();
                        start();
                    });
                case "is stopped" -> running.stop();
                case "reads, fails, restarts and hangs before the events arrive" ->
                    delayEvents(() -> {
                        read("a payment");
                        fail();
                        hang(this::run);
                    });
                case "is stopped, restarts and hangs before the event arrives" ->
                    delayEvents(() -> {
                        running.stop();
                        deliver();
                        hang(this::run);
                    });
                default -> throw new IllegalArgumentException(what);
            }
        }

        private void delayEvents(Action action) throws Exception {
            forwarding.hold();
            try {
                action.run();
            } finally {
                forwarding.release();
            }
        }

        private void deliver() {
            inbox.deliver(List.of("a payment"));
        }

        private void read(String... lines) {
            inbox.deliver(List.of(lines));
            running.processAllAvailable();
        }

        /** Causes a batch that hangs. */
        private void hang(Action action) throws Exception {
            begun = new CountDownLatch(1);
            end = new CountDownLatch(1);
            action.run();
            begun.await();
        }

        private void start() throws TimeoutException {
            run();
            running.processAllAvailable();
        }

        /** Spark sends idle events continuously here, instead of every ten seconds; {@link Forwarding} selects them. */
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
                throw new IllegalStateException("The script lets the query fail here.");
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
                // as the script defines
            }
        }

        void awaitIdle() throws InterruptedException {
            if (running.isActive() && end.getCount() == 0) {
                forwarding.awaitIdle(running.runId());
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

    /** Forwards Spark's events to the answer; idle events only every ten seconds of the manual clock. */
    private static final class Forwarding extends StreamingQueryListener {

        private static final long LIMIT_MILLIS = 30_000;

        private final StreamingQueryListener answer;
        private final InstantSource clock;
        private final Map<UUID, Instant> forwarded = new HashMap<>();
        private volatile CountDownLatch released = new CountDownLatch(0);
        private Throwable thrown;

        Forwarding(StreamingQueryListener answer, InstantSource clock) {
            this.answer = answer;
            this.clock = clock;
        }

        @Override
        public void onQueryStarted(QueryStartedEvent event) {
            forward(event.runId(), () -> answer.onQueryStarted(event));
        }

        @Override
        public void onQueryProgress(QueryProgressEvent event) {
            awaitRelease();
            forward(event.progress().runId(), () -> answer.onQueryProgress(event));
        }

        @Override
        public synchronized void onQueryIdle(QueryIdleEvent event) {
            if (!clock.instant().isBefore(forwarded.get(event.runId()).plus(IDLE_EVERY))) {
                forward(event.runId(), () -> answer.onQueryIdle(event));
            }
        }

        @Override
        public void onQueryTerminated(QueryTerminatedEvent event) {
            awaitRelease();
            forward(event.runId(), () -> answer.onQueryTerminated(withoutErrorClass(event)));
        }

        /** Spark names an error class for its own exceptions only; here, for none. */
        private static QueryTerminatedEvent withoutErrorClass(QueryTerminatedEvent event) {
            return new QueryTerminatedEvent(event.id(), event.runId(), event.exception(), Option.empty());
        }

        private void awaitRelease() {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private synchronized void forward(UUID run, Runnable event) {
            try {
                event.run();
            } catch (Throwable t) {
                thrown = thrown == null ? t : thrown;
            }
            forwarded.put(run, clock.instant());
            notifyAll();
        }

        /** Holds progress and termination events back until {@link #release}. */
        void hold() {
            released = new CountDownLatch(1);
        }

        void release() {
            released.countDown();
        }

        /** Waits for the idle event of a run, if it is due. */
        synchronized void awaitIdle(UUID run) throws InterruptedException {
            long end = System.currentTimeMillis() + LIMIT_MILLIS;
            while (!clock.instant().isBefore(forwarded.get(run).plus(IDLE_EVERY))) {
                if (System.currentTimeMillis() > end) {
                    throw new IllegalStateException("An idle query has not sent an idle event.");
                }
                wait(LIMIT_MILLIS);
            }
        }

        /** Waits until all events of Spark have been forwarded. */
        void awaitQuiet() {
            try {
                SharedSpark.session().sparkContext().listenerBus().waitUntilEmpty(LIMIT_MILLIS);
            } catch (TimeoutException e) {
                throw new IllegalStateException("The listener bus still has events after " + LIMIT_MILLIS + " ms.", e);
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
