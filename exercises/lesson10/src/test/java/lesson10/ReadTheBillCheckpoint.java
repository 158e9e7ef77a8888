package lesson10;

import static workbook.check.script.Script.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import lesson10.ReadTheBill.BillListener;
import lesson10.ReadTheBill.Limits;
import lesson10.ReadTheBill.StageCost;
import lesson10.ReadTheBill.Verdict;
import org.apache.spark.Success$;
import org.apache.spark.TaskEndReason;
import org.apache.spark.TaskKilled;
import org.apache.spark.TaskResultLost$;
import org.apache.spark.TaskState;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.executor.ExecutorMetrics;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.scheduler.TaskLocality;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.check.spark.SharedSpark;
import workbook.kit.spark.Bill;

/**
 * Each row is an event, the end of a task. All tasks read 1000 bytes and take 10 ms, but for {@code slow} ones,
 * which take a minute. A task {@code frees memory} if it has spilled 4000 bytes of memory and written nothing. The output is
 * the list at each event {@code read}, as it is after the last event.
 */
@Checkpoint(ReadTheBill.class)
class ReadTheBillCheckpoint {

    private static final Limits LIMITS = new Limits(3, 100, 8, 10);
    private static final int STAGES = 200;
    private static final int READS = 10;

    /** A HashMap would have stage 16 before stage 3. */
    @Test
    @Order(1)
    void theTasksOfEachStageAreCounted(ReadTheBill answer) {
        new Story(answer)
                .reads()
                .tasks(16, 0, 20, 50)
                .tasks(3, 0, 10, 30)
                .tasks(16, 0, 40)
                .reads(row(3, 0, 2, 40L, 30L, 20.0, 0L, ""), row(16, 0, 3, 110L, 50L, 40.0, 0L, ""))
                .check();
    }

    @Test
    @Order(2)
    void theRowsOfSourcesAndOfShufflesAreSummed(ReadTheBill answer) {
        new Story(answer)
                .event("succeeded", 0, 0, 3_000_000_000L, 0, 0)
                .event("succeeded", 0, 0, 0, 2_000_000_000L, 0)
                .event("succeeded", 0, 0, 2_500_000_000L, 500_000_001L, 0)
                .reads(row(0, 0, 3, 8_000_000_001L, 3_000_000_001L, 3_000_000_000.0, 0L, ""))
                .check();
    }

    /** The task of stage 1 is lost: Spark has no metrics of it. */
    @Test
    @Order(3)
    void aFailedTaskDoesNotCount(ReadTheBill answer) {
        new Story(answer)
                .event("failed", 0, 0, 300, 0, 700)
                .tasks(0, 0, 50, 20)
                .event("lost", 1, 0, 0, 0, 0)
                .reads(row(0, 0, 2, 70L, 50L, 35.0, 0L, ""))
                .check();
    }

    @Test
    @Order(4)
    void ofATaskAndItsCopyTheOneThatSucceedsCounts(ReadTheBill answer) {
        new Story(answer)
                .event("copy succeeded", 0, 0, 30, 0, 0)
                .event("killed", 0, 0, 25, 0, 0)
                .tasks(0, 0, 20)
                .event("copy killed", 0, 0, 5, 0, 0)
                .reads(row(0, 0, 2, 50L, 30L, 25.0, 0L, ""))
                .check();
    }

    @Test
    @Order(5)
    void eachAttemptOfAStageIsCountedByItself(ReadTheBill answer) {
        new Story(answer)
                .tasks(2, 0, 10, 20)
                .tasks(2, 1, 30)
                .tasks(2, 0, 15)
                .reads(row(2, 0, 3, 45L, 20L, 15.0, 0L, ""), row(2, 1, 1, 30L, 30L, 30.0, 0L, ""))
                .check();
    }

    /** The mean of stage 0 is 64. In stage 2 it is 47, less than the median. */
    @Test
    @Order(6)
    void aStageIsSkewedIfOneTaskReadsMoreThanThreeTimesTheMedian(ReadTheBill answer) {
        new Story(answer)
                .tasks(0, 0, 40, 151, 60, 50, 20)
                .tasks(1, 0, 40, 150, 60, 50, 20)
                .tasks(2, 0, 60, 40, 60, 151, 1, 60, 1, 1)
                .reads(
                        row(0, 0, 5, 321L, 151L, 50.0, 0L, "SKEWED"),
                        row(1, 0, 5, 320L, 150L, 50.0, 0L, ""),
                        row(2, 0, 8, 374L, 151L, 50.0, 0L, "SKEWED"))
                .check();
    }

    /** Three times 33.5 are 100.5. */
    @Test
    @Order(7)
    void theMedianMayBeBetweenTwoTasks(ReadTheBill answer) {
        new Story(answer)
                .tasks(0, 0, 33, 34, 1, 100)
                .tasks(1, 0, 33, 34, 1, 101)
                .reads(row(0, 0, 4, 168L, 100L, 33.5, 0L, ""), row(1, 0, 4, 169L, 101L, 33.5, 0L, "SKEWED"))
                .check();
    }

    @Test
    @Order(8)
    void fewRowsAreNoSkew(ReadTheBill answer) {
        new Story(answer)
                .tasks(0, 0, 10, 10, 99)
                .tasks(1, 0, 10, 10, 100)
                .reads(row(0, 0, 3, 119L, 99L, 10.0, 0L, ""), row(1, 0, 3, 120L, 100L, 10.0, 0L, "SKEWED"))
                .check();
    }

    @Test
    @Order(9)
    void tasksWithoutRowsDoNotMakeTheOthersSkewed(ReadTheBill answer) {
        new Story(answer)
                .tasks(0, 0, 0, 0, 0, 120, 100)
                .tasks(1, 0, 0, 0)
                .tasks(2, 0, 0, 1, 100, 1)
                .reads(
                        row(0, 0, 5, 220L, 120L, 110.0, 0L, ""),
                        row(1, 0, 2, 0L, 0L, 0.0, 0L, ""),
                        row(2, 0, 4, 102L, 100L, 1.0, 0L, "SKEWED"))
                .check();
    }

    @Test
    @Order(10)
    void aSlowTaskIsNoSkew(ReadTheBill answer) {
        new Story(answer)
                .tasks(0, 0, 100, 120)
                .event("slow", 0, 0, 110, 0, 0)
                .reads(row(0, 0, 3, 330L, 120L, 110.0, 0L, ""))
                .check();
    }

    @Test
    @Order(11)
    void onlyBytesThatWereWrittenToTheDiskAreSpilled(ReadTheBill answer) {
        new Story(answer)
                .event("succeeded", 0, 0, 10, 0, 300)
                .event("frees memory", 0, 0, 10, 0, 0)
                .event("succeeded", 0, 0, 10, 0, 3_000_000_000L)
                .event("frees memory", 1, 0, 10, 0, 0)
                .event("succeeded", 2, 0, 10, 0, 1)
                .reads(
                        row(0, 0, 3, 30L, 10L, 10.0, 3_000_000_300L, "SPILLED"),
                        row(1, 0, 1, 10L, 10L, 10.0, 0L, ""),
                        row(2, 0, 1, 10L, 10L, 10.0, 1L, "SPILLED"))
                .check();
    }

    /** The tasks without rows count: in stage 0 nine tasks read 89 rows, in stage 1 ninety, in stage 2 there are eight. */
    @Test
    @Order(12)
    void moreThanEightTasksAreTooManyIfTheyReadLessThanTenRowsOnAverage(ReadTheBill answer) {
        new Story(answer)
                .tasks(0, 0, 0, 0, 11, 13, 13, 13, 13, 13, 13)
                .tasks(1, 0, 0, 0, 12, 13, 13, 13, 13, 13, 13)
                .tasks(2, 0, 1, 1, 1, 1, 1, 1, 1, 1)
                .tasks(3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
                .reads(
                        row(0, 0, 9, 89L, 13L, 13.0, 0L, "TOO_MANY_TASKS"),
                        row(1, 0, 9, 90L, 13L, 13.0, 0L, ""),
                        row(2, 0, 8, 8L, 1L, 1.0, 0L, ""),
                        row(3, 0, 9, 0L, 0L, 0.0, 0L, "TOO_MANY_TASKS"))
                .check();
    }

    @Test
    @Order(13)
    void anAttemptMayHaveAllVerdicts(ReadTheBill answer) {
        new Story(answer)
                .tasks(0, 0, LongStream.generate(() -> 1).limit(20).toArray())
                .event("succeeded", 0, 0, 0, 150, 9)
                .reads(row(0, 0, 21, 170L, 150L, 1.0, 9L, "SKEWED SPILLED TOO_MANY_TASKS"))
                .check();
    }

    @Test
    @Order(14)
    void aTaskCountsAsSoonAsItEndsButNotInAListReadBefore(ReadTheBill answer) {
        new Story(answer)
                .tasks(0, 0, 10)
                .reads(row(0, 0, 1, 10L, 10L, 10.0, 0L, ""))
                .event("succeeded", 0, 0, 35, 0, 5)
                .tasks(1, 0, 20)
                .reads(row(0, 0, 2, 45L, 35L, 22.5, 5L, "SPILLED"), row(1, 0, 1, 20L, 20L, 20.0, 0L, ""))
                .check();
    }

    @Test
    @Order(15)
    void anotherThreadMayReadAtAnyTime(ReadTheBill answer) {
        Script.of("what STRING")
                .columns("what", "lists STRING")
                .batch(row("a thread reads while tasks end"))
                .emits(row("lists with ten rows for each task", "all"))
                .run(new Once(() -> readsWhileTasksEnd(new Story(answer))));
    }

    @Test
    @Order(16)
    void listenersKnowNothingOfEachOther(ReadTheBill answer) {
        Story other = new Story(answer.listener(new Limits(1, 1, 0, 100)));
        other.send(row("succeeded", 0, 0, 5L, 0L, 3L));
        new Story(answer)
                .tasks(0, 0, 10, 20)
                .reads(row(0, 0, 2, 30L, 20L, 15.0, 0L, ""))
                .check();
    }

    /** Nine of ten rows are those of customer 0. The window sorts all rows of a customer with memory for 500. */
    @Test
    @Order(17)
    void aSkewedJobOfSparkThatSpills(ReadTheBill answer) {
        Script.of("job STRING")
                .columns("tasks INT", "rows BIGINT", "largest BIGINT", "verdicts STRING")
                .batch(row("a window of each customer, in 12 partitions"))
                .emitsInOrder(row(2, 2000L, 1000L, ""), row(12, 2000L, 1820L, "SKEWED SPILLED"))
                .run(new Once(() -> job(answer.listener(LIMITS))));
    }

    @Test
    @Order(18)
    void randomEventsCostWhatALoopSays(ReadTheBill answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        Limits limits =
                new Limits(1 + random.nextInt(4), random.nextInt(120), 1 + random.nextInt(5), 15 + random.nextInt(20));
        Story story = new Story(answer.listener(limits));
        for (int i = 0; i < 300; i++) {
            story.event(
                    Story.ENDS.get(random.nextInt(Story.ENDS.size())),
                    random.nextInt(10),
                    random.nextInt(2),
                    random.nextInt(3) == 0 ? 0 : random.nextInt(20),
                    random.nextInt(20) == 0 ? random.nextInt(300) : 0,
                    random.nextInt(12) == 0 ? 100 + random.nextInt(9) : 0);
        }
        story.reads(costs(story.events, limits)).check(seed.hint());
    }

    private static ScriptRow[] costs(List<ScriptRow> events, Limits limits) {
        return IntStream.range(0, 20)
                .mapToObj(attempt -> events.stream()
                        .filter(event -> event.getInt(1) == attempt / 2 && event.getInt(2) == attempt % 2)
                        .filter(event -> Story.SUCCESSES.contains(event.getString(0)))
                        .toList())
                .filter(tasks -> !tasks.isEmpty())
                .map(tasks -> cost(tasks, limits))
                .toArray(ScriptRow[]::new);
    }

    /** The cost of the tasks that succeeded, at least one. */
    private static ScriptRow cost(List<ScriptRow> tasks, Limits limits) {
        List<Long> middle = new ArrayList<>();
        long sum = 0;
        long largest = 0;
        long disk = 0;
        for (ScriptRow task : tasks) {
            long rows = task.getLong(3) + task.getLong(4);
            sum += rows;
            largest = Math.max(largest, rows);
            disk += task.getLong(5);
            if (rows > 0) {
                middle.add(rows);
            }
        }
        middle.sort(null);
        while (middle.size() > 2) {
            middle = middle.subList(1, middle.size() - 1);
        }
        double median = middle.stream().mapToLong(rows -> rows).average().orElse(0);
        List<String> verdicts = new ArrayList<>();
        if (largest >= limits.rows() && largest > limits.skew() * median) {
            verdicts.add("SKEWED");
        }
        if (disk > 0) {
            verdicts.add("SPILLED");
        }
        if (tasks.size() > limits.tasks() && sum < limits.rowsPerTask() * tasks.size()) {
            verdicts.add("TOO_MANY_TASKS");
        }
        ScriptRow first = tasks.get(0);
        return row(first.get(1), first.get(2), tasks.size(), sum, largest, median, disk, String.join(" ", verdicts));
    }

    /** Reads some times while the tasks of a stage end: a thread that reads all the time would hold the listener's lock. */
    private static List<ScriptRow> readsWhileTasksEnd(Story story) throws InterruptedException {
        AtomicInteger begunStages = new AtomicInteger();
        AtomicInteger begunReads = new AtomicInteger();
        AtomicBoolean hasFailed = new AtomicBoolean();
        Thread reader = new Thread(() -> {
            try {
                for (int stage = 0; stage < STAGES && !hasFailed.get(); stage++) {
                    await(begunStages, stage);
                    begunReads.incrementAndGet();
                    for (int read = 0; read < READS && !hasFailed.get(); read++) {
                        hasFailed.set(story.listener.stages().stream()
                                .anyMatch(cost -> cost.rows() != 10L * cost.tasks() || cost.largest() != 10));
                    }
                }
            } catch (RuntimeException e) {
                hasFailed.set(true);
            } finally {
                begunReads.set(STAGES);
            }
        });
        reader.start();
        try {
            for (int stage = 0; stage < STAGES && !Thread.currentThread().isInterrupted(); stage++) {
                begunStages.set(stage + 1);
                await(begunReads, stage);
                for (int task = 0; task < 20; task++) {
                    story.send(row("succeeded", stage, 0, 4L, 6L, 0L));
                }
            }
        } finally {
            begunStages.set(STAGES);
        }
        reader.join();
        return List.of(row(
                "lists with ten rows for each task",
                hasFailed.get() ? "not all: an exception, or part of a task" : "all"));
    }

    private static void await(AtomicInteger number, int above) {
        while (number.get() <= above && !Thread.currentThread().isInterrupted()) {
            Thread.yield();
        }
    }

    /** The bill awaits that Spark has delivered its events, before the work and after it. */
    private static List<ScriptRow> job(BillListener listener) throws Exception {
        SparkSession session = SharedSpark.session();
        SparkListener added = listener;
        try {
            Bill.of(session, () -> {
                session.sparkContext().addSparkListener(added);
                windowOfEachCustomer(session.newSession());
            });
        } finally {
            session.sparkContext().removeSparkListener(added);
        }
        return listener.stages().stream()
                .map(cost -> row(cost.tasks(), cost.rows(), cost.largest(), verdicts(cost)))
                .toList();
    }

    private static void windowOfEachCustomer(SparkSession session) {
        session.conf().set("spark.sql.windowExec.buffer.in.memory.threshold", "100");
        session.conf().set("spark.sql.windowExec.buffer.spill.threshold", "500");
        Dataset<Row> payments =
                session.range(0, 2000, 1, 2).selectExpr("id", "if(id % 10 < 9, 0, id div 10) AS customer");
        ForeachPartitionFunction<Row> toTheEnd = rows -> rows.forEachRemaining(row -> {});
        payments.repartition(12, payments.col("customer"))
                .selectExpr("sum(id) OVER (PARTITION BY customer ORDER BY id"
                        + " ROWS BETWEEN 3 PRECEDING AND 3 FOLLOWING) AS sum")
                .foreachPartition(toTheEnd);
    }

    private static String verdicts(StageCost cost) {
        return cost.verdicts().stream().sorted().map(Verdict::name).collect(Collectors.joining(" "));
    }

    /** Sends events to a listener, and compares the lists. Each task that succeeds is that of another partition. */
    private static final class Story implements Job {

        static final List<String> SUCCESSES = List.of("succeeded", "copy succeeded", "slow", "frees memory");
        static final List<String> ENDS = Stream.of(SUCCESSES, List.of("failed", "lost", "killed", "copy killed"))
                .flatMap(List::stream)
                .toList();

        private final BillListener listener;
        private final List<ScriptRow> events = new ArrayList<>();
        private final List<ScriptRow> expected = new ArrayList<>();
        private final List<List<StageCost>> read = new ArrayList<>();
        private int ended;
        private int succeeded;

        Story(BillListener listener) {
            this.listener = listener;
        }

        Story(ReadTheBill answer) {
            this(answer.listener(LIMITS));
        }

        /** Tasks that succeed and read these rows from a source. */
        Story tasks(int stage, int attempt, long... rows) {
            LongStream.of(rows).forEach(count -> event("succeeded", stage, attempt, count, 0, 0));
            return this;
        }

        Story event(String event, int stage, int attempt, long input, long shuffle, long disk) {
            events.add(row(event, stage, attempt, input, shuffle, disk));
            return this;
        }

        Story reads(ScriptRow... rows) {
            events.add(row("read", null, null, null, null, null));
            expected.addAll(List.of(rows));
            return this;
        }

        void check() {
            check("");
        }

        void check(String title) {
            Script.of("event STRING, stage INT, attempt INT, input BIGINT, shuffle BIGINT, disk BIGINT")
                    .columns(("stage INT,attempt INT,tasks INT,rows BIGINT,largest BIGINT,median DOUBLE,spilled BIGINT,"
                                    + "verdicts STRING")
                            .split(","))
                    .title(title)
                    .batch(List.copyOf(events))
                    .emitsInOrder(expected.toArray())
                    .run(this);
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            // The events are here already.
        }

        @Override
        public void run() {
            events.forEach(this::send);
        }

        void send(ScriptRow event) {
            if (event.getString(0).equals("read")) {
                read.add(listener.stages());
            } else {
                listener.onTaskEnd(end(event));
            }
        }

        private SparkListenerTaskEnd end(ScriptRow event) {
            String end = event.getString(0);
            boolean isSuccess = SUCCESSES.contains(end);
            boolean isKilled = end.endsWith("killed");
            boolean isCopy = end.startsWith("copy");
            int partition = isSuccess ? succeeded++ : succeeded;
            TaskInfo task = new TaskInfo(
                    ended++, partition, isCopy ? 1 : 0, partition, 1_000, "1", "host", TaskLocality.ANY(), isCopy);
            task.markFinished(
                    isSuccess ? TaskState.FINISHED() : isKilled ? TaskState.KILLED() : TaskState.FAILED(),
                    end.equals("slow") ? 61_000 : 1_010);
            TaskEndReason reason = isSuccess
                    ? Success$.MODULE$
                    : isKilled
                            ? new TaskKilled("another attempt succeeded", none(), none(), none())
                            : TaskResultLost$.MODULE$;
            TaskMetrics metrics = end.equals("lost") ? null : metrics(event);
            return new SparkListenerTaskEnd(
                    event.getInt(1), event.getInt(2), "ResultTask", reason, task, new ExecutorMetrics(), metrics);
        }

        private static TaskMetrics metrics(ScriptRow event) {
            TaskMetrics metrics = new TaskMetrics();
            metrics.inputMetrics().incRecordsRead(event.getLong(3));
            metrics.inputMetrics().incBytesRead(1_000);
            metrics.shuffleReadMetrics().incRecordsRead(event.getLong(4));
            metrics.shuffleWriteMetrics().incRecordsWritten(7);
            metrics.incDiskBytesSpilled(event.getLong(5));
            metrics.incMemoryBytesSpilled(event.getString(0).equals("frees memory") ? 4_000 : 10 * event.getLong(5));
            metrics.setExecutorRunTime(event.getString(0).equals("slow") ? 60_000 : 10);
            return metrics;
        }

        private static <T> Seq<T> none() {
            return CollectionConverters.asScala(new ArrayList<T>()).toList();
        }

        @Override
        public List<ScriptRow> output() {
            return read.stream().flatMap(List::stream).map(Story::output).toList();
        }

        private static ScriptRow output(StageCost cost) {
            return row(
                    cost.stage(),
                    cost.attempt(),
                    cost.tasks(),
                    cost.rows(),
                    cost.largest(),
                    cost.median(),
                    cost.spilled(),
                    verdicts(cost));
        }
    }

    /** Work without input. */
    private static final class Once implements Job {

        private final Callable<List<ScriptRow>> work;
        private List<ScriptRow> output = List.of();

        Once(Callable<List<ScriptRow>> work) {
            this.work = work;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            // The work has its own.
        }

        @Override
        public void run() throws Exception {
            output = work.call();
        }

        @Override
        public List<ScriptRow> output() {
            return output;
        }
    }
}
