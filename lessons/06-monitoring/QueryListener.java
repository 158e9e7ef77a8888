///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson06;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import picocli.CommandLine.Command;
import workbook.kit.Payment;
import workbook.kit.Program;
import workbook.kit.Scratch;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** A listener and what it hears of a query that runs, waits, fails, comes back, and is stopped. */
@Command(name = "QueryListener", mixinStandardHelpOptions = true, description = "What a listener hears, and where.")
public class QueryListener implements Callable<Integer> {

    public static void main(String[] args) {
        Program.run(new QueryListener(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.named("QueryListener")
                .set("spark.sql.streaming.noDataProgressEventInterval", "200ms") // default: 10 s
                .start()) {
            Diary diary = new Diary();
            spark.streams().addListener(new Grumbler());
            spark.streams().addListener(diary);

            Inbox inbox = Inbox.create().deliver(payments(2));
            Path checkpoint = Scratch.folder("checkpoint-");
            AtomicBoolean broken = new AtomicBoolean();
            System.out.println("start()");
            StreamingQuery query = start(spark, inbox, checkpoint, broken);
            System.out.println("    start() is back, and the diary has begun: " + !diary.events.isEmpty());
            diary.tell("idle");
            System.out.println("a second file");
            inbox.deliver(payments(3));
            diary.tell("idle");
            System.out.println("a third, and the sink is broken");
            broken.set(true);
            inbox.deliver(payments(1));
            diary.tell("terminated");
            UUID id = query.id();
            UUID runId = query.runId();

            System.out.println("the sink is mended, and the query started again");
            broken.set(false);
            query = start(spark, inbox, checkpoint, broken);
            diary.tell("idle");
            System.out.printf(
                    "    the same id: %b, the same runId: %b%n", id.equals(query.id()), runId.equals(query.runId()));
            System.out.println("stop()");
            query.stop();
            diary.tell("terminated"); // stop() is back before the listener has heard of it
            System.out.printf("6 payments came, the diary has %d%n", diary.rows);
            return diary.rows == 6 ? 0 : 1;
        }
    }

    /** What a listener hears, one line an event. It runs beside the query, so it hands its lines to whoever prints. */
    static final class Diary extends StreamingQueryListener {

        final BlockingQueue<String> events = new LinkedBlockingQueue<>();
        volatile long rows;
        private String last = "";

        @Override
        public void onQueryStarted(QueryStartedEvent event) {
            note("started", event.name());
        }

        @Override
        public void onQueryProgress(QueryProgressEvent event) {
            StreamingQueryProgress progress = event.progress();
            rows += progress.numInputRows(); // one thread calls, so this is no race
            note("batch " + progress.batchId(), progress.numInputRows() + " rows");
        }

        @Override
        public void onQueryIdle(QueryIdleEvent event) {
            if (!last.equals("idle")) { // it comes again and again as long as nothing does
                note("idle", "");
            }
        }

        @Override
        public void onQueryTerminated(QueryTerminatedEvent event) {
            note(
                    "terminated",
                    event.exception().isEmpty()
                            ? "no exception"
                            : event.errorClassOnException().getOrElse(() -> "no error class") + "  "
                                    + rootOf(event.exception().get()));
        }

        private void note(String what, String more) {
            last = what;
            events.add(String.format(
                            "%-10s  %-29s  %s",
                            what, Thread.currentThread().getName().replaceAll(" for .*", ""), more)
                    .stripTrailing());
        }

        /** Prints what has been heard, up to an event that is sure to come. */
        void tell(String until) throws InterruptedException {
            String event;
            do {
                event = events.poll(1, TimeUnit.MINUTES);
                System.out.println("    " + event);
            } while (event != null && !event.startsWith(until));
        }
    }

    /** The text is a whole stack trace. What it began with stands last: the last line that is not indented. */
    static String rootOf(String stackTrace) {
        return stackTrace
                .lines()
                .filter(line -> !line.startsWith("\t"))
                .reduce("", (before, line) -> line)
                .replace("Caused by: ", "");
    }

    /** A listener with a bug of its own. */
    static final class Grumbler extends StreamingQueryListener {
        @Override
        public void onQueryStarted(QueryStartedEvent event) {
            throw new IllegalStateException("Not again");
        }

        @Override
        public void onQueryProgress(QueryProgressEvent event) {
            throw new IllegalStateException("Progress, they call it");
        }

        @Override
        public void onQueryTerminated(QueryTerminatedEvent event) {
            throw new IllegalStateException("At last");
        }
    }

    /** The query: files of payments, into a sink that may be broken. */
    static StreamingQuery start(SparkSession spark, Inbox inbox, Path checkpoint, AtomicBoolean broken)
            throws Exception {
        Dataset<Row> payments = spark.readStream().schema(Payment.SCHEMA).json(inbox.path());
        return payments.writeStream()
                .queryName("payments")
                .option("checkpointLocation", checkpoint.toString())
                .foreachBatch((batch, id) -> {
                    batch.count();
                    if (broken.get()) {
                        throw new IllegalStateException("The disk is full");
                    }
                })
                .start();
    }

    private static List<String> payments(int number) {
        return Collections.nCopies(number, "{\"customer\":7,\"amount\":12.50}");
    }
}
