///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson06;

import java.nio.file.Path;
import java.util.concurrent.*;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.*;
import picocli.CommandLine.Command;
import workbook.kit.*;
import workbook.kit.spark.*;

/** The events that a listener receives of a query that runs, idles, fails, is restarted, and is stopped. */
@Command(description = "The events of a listener, and the threads that deliver them.")
public class QueryListener extends SparkProgram {

    private final EventLog log = new EventLog();
    private final AtomicBoolean broken = new AtomicBoolean();
    private final Inbox inbox = Inbox.create();
    private final Path checkpoint = Scratch.folder("checkpoint-");

    @Override
    protected LocalSpark settings() {
        return super.settings().set("spark.sql.streaming.noDataProgressEventInterval", "200ms"); // default: 10 s
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        spark.streams().addListener(log);

        inbox.deliver("amount", "12.50, 12.50");
        System.out.println("start()");
        StreamingQuery first = start(spark);
        System.out.println("    start() has returned, onQueryStarted was called: " + !log.events.isEmpty());
        log.printUntil("idle");
        System.out.println("a second file");
        inbox.deliver("amount", "12.50, 12.50, 12.50");
        log.printUntil("idle");
        System.out.println("a third file, and the sink fails");
        broken.set(true);
        inbox.deliver("amount", "12.50");
        log.printUntil("terminated");

        System.out.println("the sink is fixed, the query is restarted");
        broken.set(false);
        StreamingQuery second = start(spark);
        log.printUntil("idle");
        boolean sameId = first.id().equals(second.id());
        boolean sameRunId = first.runId().equals(second.runId());
        System.out.printf("    the same id: %b, the same runId: %b%n", sameId, sameRunId);
        System.out.println("stop()");
        second.stop();
        log.printUntil("terminated"); // stop() returns before the listener is called
        System.out.printf("6 payments delivered, %d counted by the listener%n", log.rows);
    }

    /** Writes one line for each event. Its methods run beside the program, so it queues the lines. */
    static final class EventLog extends StreamingQueryListener {

        final BlockingQueue<String> events = new LinkedBlockingQueue<>();
        volatile long rows;
        private String last = "";

        @Override
        public void onQueryStarted(QueryStartedEvent event) {
            add("started", event.name());
        }

        @Override
        public void onQueryProgress(QueryProgressEvent event) {
            rows += event.progress().numInputRows(); // only one thread calls this method
            add("batch " + event.progress().batchId(), event.progress().numInputRows() + " rows");
        }

        @Override
        public void onQueryIdle(QueryIdleEvent event) {
            if (!last.equals("idle")) { // the event repeats while the query is idle
                add("idle", "");
            }
        }

        @Override
        public void onQueryTerminated(QueryTerminatedEvent event) {
            String details = "no exception";
            if (event.exception().isDefined()) {
                details = event.errorClassOnException().get() + "  "
                        + rootCause(event.exception().get());
            }
            add("terminated", details);
        }

        private void add(String event, String details) {
            last = event;
            String thread = Thread.currentThread().getName().replaceAll(" for .*", "");
            events.add(String.format("%-10s  %-29s  %s", event, thread, details).stripTrailing());
        }

        /** Prints the events up to the next one of a kind. */
        void printUntil(String kind) throws InterruptedException {
            String event;
            do {
                event = events.poll(1, TimeUnit.MINUTES);
                System.out.println("    " + event);
            } while (event != null && !event.startsWith(kind));
        }
    }

    /** The root cause in the text of a stack trace: the last line that is not indented. */
    private static String rootCause(String stackTrace) {
        return stackTrace
                .lines()
                .filter(line -> !line.startsWith("\t"))
                .reduce("", (before, line) -> line)
                .replace("Caused by: ", "");
    }

    /** Starts the query, with a sink that may be broken. */
    private StreamingQuery start(SparkSession spark) throws Exception {
        return inbox.stream(spark, Payment.SCHEMA)
                .writeStream()
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

    public static void main(String[] args) {
        Program.run(new QueryListener(), args);
    }
}
