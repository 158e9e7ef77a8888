package lesson10;

import static workbook.check.script.Script.row;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.runtime.StreamingQueryWrapper;
import org.apache.spark.sql.streaming.StateOperatorProgress;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Job;
import workbook.check.script.RandomRows;
import workbook.check.script.RandomScript;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.spark.SharedSpark;
import workbook.check.spark.SparkRows;
import workbook.kit.Payment;
import workbook.kit.Scratch;
import workbook.kit.spark.Bill;

/** The query's progress and a listener count what its batches do. */
@Checkpoint(SmallStateFastBatches.class)
class SmallStateFastBatchesCheckpoint {

    private static final String[] HOURS = {"hour TIMESTAMP", "terminal INT", "payments BIGINT", "revenue DECIMAL"};
    /** In each file of a backlog: one for each of as many terminals, two files an hour. */
    private static final int PAYMENTS = 4;
    /** The terminals and hours of two batches of a backlog. */
    private static final long STATE_AT_MOST = 2 * 5 * PAYMENTS;

    @Test
    @Order(1)
    void anHourIsWrittenWhenAPaymentTenMinutesAfterItsEndHasBeenRead(SmallStateFastBatches answer) {
        QueryJob job = new QueryJob(answer, rows -> inFiles(rows, 1), QueryJob::written);
        Script.of(Payment.SCHEMA)
                .columns(HOURS)
                .batch(payment(1, "09:00", 20, "1.00"), payment(2, "10:09:59.999", 20, "2.00"))
                .emitsNothing()
                .expects("a batch begins", "as soon as there is a file", job::pace)
                .batch(payment(3, "09:59:59.999", 20, "4.00"), payment(4, "10:10", 21, "8.00"))
                .emits(row("09:00", 20, 2, "5.00"))
                .run(job);
    }

    @Test
    @Order(2)
    void refundsCountAndPaymentsWithoutATerminalAreAGroup(SmallStateFastBatches answer) {
        Script.of(Payment.SCHEMA)
                .columns(HOURS)
                .batch(
                        payment(1, "09:00", null, "99999999.99"),
                        payment(2, "09:00", null, "0.02"),
                        payment(3, "09:00", 20, "-0.50"),
                        row(4, "09:00", null, 20, new BigDecimal("0.00")),
                        payment(5, "10:10", 20, "1.00"))
                .emits(row("09:00", null, 2, "100000000.01"), row("09:00", 20, 2, "-0.50"))
                .run(new QueryJob(answer, rows -> inFiles(rows, 3), QueryJob::written));
    }

    @Test
    @Order(3)
    void theSessionOfOtherJobsKeepsItsSettings(SmallStateFastBatches answer) {
        Script.of("files INT")
                .columns("when STRING", "setting STRING", "value STRING")
                .batch(row(1))
                .emitsNothing()
                .run(onBacklog(answer, job -> job.changed));
    }

    /** The sink of the first batch waits until the answer has returned, ten seconds at most. */
    @Test
    @Order(4)
    void theQueryRunsInTheBackground(SmallStateFastBatches answer) {
        QueryJob job = onBacklog(answer, one -> List.of(row(one.hasReturned)));
        job.sinkWaits = true;
        Script.of("files INT")
                .columns("start STRING")
                .batch(row(1))
                .emits(row("returns during the first batch"))
                .run(job);
    }

    @Test
    @Order(5)
    void aBatchReadsTheTenOldestFiles(SmallStateFastBatches answer) {
        QueryJob job = onBacklog(answer, QueryJob::batches);
        Script.of("files INT")
                .columns("start BIGINT", "payments BIGINT")
                .batch(row(50))
                .emits(row(1, 40), row(1, 40), row(1, 40), row(1, 40), row(1, 40))
                .expects("rows written", 96, () -> job.written().size())
                .expects("trigger", "ProcessingTimeTrigger(0)", () -> job.trigger)
                .batch(row(3))
                .emits(row(1, 40), row(1, 40), row(1, 40), row(1, 40), row(1, 40), row(2, 12))
                .run(job);
    }

    @Test
    @Order(6)
    void theStateIsInTwoPartitionsAndNoStageHasMoreThanTwoTasks(SmallStateFastBatches answer) {
        Script.of("files INT")
                .columns("start BIGINT", "tasks STRING", "partitions BIGINT")
                .batch(row(10))
                .emits(row(1, "2 at most", 2))
                .run(onBacklog(answer, job -> List.of(row(1, job.tasks(), job.partitions()))));
    }

    @Test
    @Order(7)
    void theStateDoesNotGrow(SmallStateFastBatches answer) {
        Script.of("files INT")
                .columns("most STRING", "end BIGINT")
                .batch(row(30))
                .emits(row(STATE_AT_MOST + " rows at most", PAYMENTS))
                .run(onBacklog(answer, job -> List.of(row(job.mostState(), job.stateAtTheEnd()))));
    }

    /** The oracle adds up in a loop. */
    @Test
    @Order(8)
    void randomPaymentsGiveTheSameResultAsALoop(SmallStateFastBatches answer) {
        RandomScript.of(Payment.SCHEMA)
                .columns(HOURS)
                .batches(random -> List.of(inOrderOfArrival(
                        random,
                        RandomRows.of(Payment.SCHEMA)
                                .unique("id")
                                .notNull("id", "time", "amount")
                                .rows(random, 150))))
                .run(
                        () -> new QueryJob(answer, rows -> inFiles(rows, 6), QueryJob::written),
                        SmallStateFastBatchesCheckpoint::finalHours);
    }

    private static ScriptRow payment(long id, String time, Integer terminal, String amount) {
        return row(id, time, 7, terminal, new BigDecimal(amount));
    }

    private static QueryJob onBacklog(SmallStateFastBatches answer, Function<QueryJob, List<ScriptRow>> output) {
        AtomicInteger files = new AtomicInteger();
        return new QueryJob(
                answer,
                rows -> IntStream.range(0, rows.get(0).getInt(0))
                        .mapToObj(i -> backlog(files.getAndIncrement()))
                        .toList(),
                output);
    }

    private static List<ScriptRow> backlog(int file) {
        return IntStream.range(0, PAYMENTS)
                .mapToObj(terminal -> row(
                        (long) file * PAYMENTS + terminal,
                        Script.at("00:00").plus(30L * file + terminal, ChronoUnit.MINUTES),
                        7,
                        terminal,
                        new BigDecimal("2.50")))
                .toList();
    }

    private static List<List<ScriptRow>> inFiles(List<ScriptRow> payments, int ofEach) {
        return IntStream.range(0, (payments.size() + ofEach - 1) / ofEach)
                .mapToObj(file -> payments.subList(file * ofEach, Math.min(payments.size(), (file + 1) * ofEach)))
                .toList();
    }

    /** A payment arrives within ten minutes, so it is at most ten minutes older than those before it. */
    private static List<ScriptRow> inOrderOfArrival(Random random, List<ScriptRow> payments) {
        Map<ScriptRow, Instant> arrivals = new HashMap<>();
        payments.forEach(payment -> arrivals.put(payment, payment.getInstant(1).plusMillis(random.nextInt(600_000))));
        return payments.stream().sorted(Comparator.comparing(arrivals::get)).toList();
    }

    private static List<ScriptRow> finalHours(List<ScriptRow> payments) {
        Instant newest = payments.stream()
                .map(payment -> payment.getInstant(1))
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        Map<List<Object>, List<BigDecimal>> amounts = new HashMap<>();
        for (ScriptRow payment : payments) {
            Instant hour = payment.getInstant(1).truncatedTo(ChronoUnit.HOURS);
            if (!hour.plus(70, ChronoUnit.MINUTES).isAfter(newest)) {
                amounts.computeIfAbsent(Arrays.asList(hour, payment.get(3)), group -> new ArrayList<>())
                        .add(payment.getDecimal(4));
            }
        }
        return amounts.entrySet().stream()
                .map(group -> row(
                        group.getKey().get(0),
                        group.getKey().get(1),
                        group.getValue().size(),
                        group.getValue().stream().reduce(BigDecimal.ZERO, BigDecimal::add)))
                .toList();
    }

    /** For each batch of a script: adds files, starts the answer's query, waits until it has read them, and stops it. */
    private static final class QueryJob implements Job {

        private final SmallStateFastBatches answer;
        private final Function<List<ScriptRow>, List<List<ScriptRow>>> files;
        private final Function<QueryJob, List<ScriptRow>> output;
        private final Path folder = Scratch.folder("payments-");
        private final Path checkpoint = Scratch.folder("checkpoint-");
        private final List<ScriptRow> written = Collections.synchronizedList(new ArrayList<>());
        private final List<List<StreamingQueryProgress>> starts = new ArrayList<>();
        private int number;
        private Bill bill;
        private final List<ScriptRow> changed = new ArrayList<>();
        private final CountDownLatch returned = new CountDownLatch(1);
        private String hasReturned = "waits until the first batch has ended";
        private boolean sinkWaits;
        private String trigger;

        /**
         * @param files makes the payments of files from the rows of a batch
         * @param output what the script sees
         */
        QueryJob(
                SmallStateFastBatches answer,
                Function<List<ScriptRow>, List<List<ScriptRow>>> files,
                Function<QueryJob, List<ScriptRow>> output) {
            this.answer = answer;
            this.files = files;
            this.output = output;
        }

        /** The modification times are a minute apart, because it is they that order files. */
        @Override
        public void addInput(List<ScriptRow> rows) throws IOException {
            for (List<ScriptRow> payments : files.apply(rows)) {
                Path file = folder.resolve("part-" + number + ".json");
                Files.write(file, payments.stream().map(QueryJob::json).toList());
                Files.setLastModifiedTime(file, FileTime.from(Script.at("00:00").plus(number++, ChronoUnit.MINUTES)));
            }
        }

        private static String json(ScriptRow payment) {
            return "{\"id\":%s,\"time\":\"%s\",\"customer\":%s,\"terminal\":%s,\"amount\":%s}"
                    .formatted(payment.values().toArray());
        }

        @Override
        public void run() throws Exception {
            SparkSession spark = SharedSpark.session().newSession();
            spark.conf().set("spark.sql.shuffle.partitions", 16);
            Map<String, String> before = settings(spark);
            spark.streams()
                    .addListener(new AtTheStart(() -> addChanges("while the query starts", before, settings(spark))));
            SparkSession.setActiveSession(spark);
            try {
                bill = Bill.of(spark, () -> runQuery(spark));
            } finally {
                SparkSession.setActiveSession(SharedSpark.session());
            }
            addChanges("afterwards", before, settings(spark));
        }

        private void runQuery(SparkSession spark) throws Exception {
            StreamingQuery query = answer.start(spark, folder.toString(), checkpoint.toString(), this::write);
            returned.countDown();
            trigger = ((StreamingQueryWrapper) query).streamingQuery().trigger().toString();
            try {
                if (isShort()) {
                    query.processAllAvailable();
                }
                starts.add(List.of(query.recentProgress()));
            } finally {
                query.stop();
            }
        }

        private boolean isShort() {
            return Long.parseLong("0" + trigger.replaceAll("\\D", "")) < 1_000;
        }

        /** A query that waits longer between batches is not waited for. */
        String pace() {
            return isShort() ? "as soon as there is a file" : trigger;
        }

        private void write(Dataset<Row> rows, long batch) throws InterruptedException {
            if (batch == 0 && sinkWaits && returned.await(10, TimeUnit.SECONDS)) {
                hasReturned = "returns during the first batch";
            }
            written.addAll(SparkRows.fromSpark(rows.collectAsList()));
        }

        private static Map<String, String> settings(SparkSession spark) {
            return Map.copyOf(CollectionConverters.asJava(spark.conf().getAll()));
        }

        private void addChanges(String when, Map<String, String> before, Map<String, String> after) {
            Stream.of(before, after)
                    .flatMap(settings -> settings.keySet().stream())
                    .distinct()
                    .filter(key -> !Objects.equals(before.get(key), after.get(key)))
                    .forEach(key -> changed.add(row(when, key, after.getOrDefault(key, "unset"))));
        }

        @Override
        public List<ScriptRow> output() {
            return output.apply(this);
        }

        List<ScriptRow> written() {
            return List.copyOf(written);
        }

        /** The batches that have read payments, with the number of the start. */
        List<ScriptRow> batches() {
            return IntStream.range(0, starts.size())
                    .boxed()
                    .flatMap(start -> starts.get(start).stream()
                            .filter(batch -> batch.numInputRows() > 0)
                            .map(batch -> row(start + 1, batch.numInputRows())))
                    .toList();
        }

        String tasks() {
            List<Integer> tasks =
                    bill.stages().stream().map(stage -> stage.tasks().size()).toList();
            return tasks.stream().allMatch(number -> number <= 2)
                    ? "2 at most"
                    : tasks.stream().map(String::valueOf).collect(Collectors.joining(", "));
        }

        long partitions() {
            return progress()
                    .flatMap(batch -> Arrays.stream(batch.stateOperators()))
                    .mapToLong(StateOperatorProgress::numShufflePartitions)
                    .max()
                    .orElse(0);
        }

        String mostState() {
            long most = progress().mapToLong(QueryJob::state).max().orElse(0);
            return (most <= STATE_AT_MOST ? STATE_AT_MOST + " rows at most" : most + " rows");
        }

        long stateAtTheEnd() {
            return progress().mapToLong(QueryJob::state).reduce(0, (earlier, later) -> later);
        }

        private static long state(StreamingQueryProgress batch) {
            return Arrays.stream(batch.stateOperators())
                    .mapToLong(StateOperatorProgress::numRowsTotal)
                    .sum();
        }

        private Stream<StreamingQueryProgress> progress() {
            return starts.stream().flatMap(List::stream);
        }
    }

    /** Spark calls it before the method that starts the query returns. */
    private static final class AtTheStart extends StreamingQueryListener {

        private final Runnable action;

        AtTheStart(Runnable action) {
            this.action = action;
        }

        @Override
        public void onQueryStarted(QueryStartedEvent event) {
            action.run();
        }

        @Override
        public void onQueryProgress(QueryProgressEvent event) {}

        @Override
        public void onQueryTerminated(QueryTerminatedEvent event) {}
    }
}
