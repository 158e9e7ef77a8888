///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson01;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.Trigger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.Payment;
import workbook.kit.Program;
import workbook.kit.Scratch;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** The same backlog under three triggers, then one file more: who takes what, and who is still there. */
@Command(name = "Triggers", mixinStandardHelpOptions = true, description = "What decides when a batch runs.")
public class Triggers implements Callable<Integer> {

    @Option(names = "--backlog", defaultValue = "5", description = "files that wait (default: ${DEFAULT-VALUE})")
    int backlog;

    @Option(names = "--limit", defaultValue = "2", description = "files a batch may take (default: ${DEFAULT-VALUE})")
    int limit;

    /** So long that no run of this program sees a second tick; ticks are its full multiples since 1970. */
    private static final String INTERVAL = "1000 days";

    private static final String LINE = "%-26s  %-18s  %-7s  %s%n";

    public static void main(String[] args) {
        Program.run(new Triggers(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.start("Triggers")) {
            System.out.printf("%d files of 10 payments wait; a batch takes %d files at most%n", backlog, limit);
            System.out.printf(LINE, "trigger", "payments, by batch", "then it", "one more file");
            rightAway(spark);
            onTheTick(spark);
            whatThereIs(spark);
            return 0;
        }
    }

    /** The default, the same as no trigger at all: one batch after the other, as soon as there is something to read. */
    void rightAway(SparkSession spark) throws Exception {
        Inbox inbox = waiting(backlog);
        StreamingQuery query = start(spark, inbox, limit, Trigger.ProcessingTime(0), Scratch.folder("checkpoint-"));
        query.processAllAvailable();
        int done = batches(query).size();
        deliver(inbox);
        query.processAllAvailable();
        print("processing time, 0 seconds", query, done);
        query.stop();
    }

    /** One batch when the query starts, then one on each tick, however much is waiting. */
    void onTheTick(SparkSession spark) throws Exception {
        Inbox inbox = waiting(backlog);
        StreamingQuery query =
                start(spark, inbox, limit, Trigger.ProcessingTime(INTERVAL), Scratch.folder("checkpoint-"));
        while (query.recentProgress().length == 0) {
            Thread.sleep(10);
        }
        int done = batches(query).size();
        deliver(inbox);
        print("processing time, " + INTERVAL, query, done);
        query.stop();
    }

    /** As many batches as it takes, then the end. What comes later is for the next start from the same checkpoint. */
    void whatThereIs(SparkSession spark) throws Exception {
        Inbox inbox = waiting(backlog);
        Path checkpoint = Scratch.folder("checkpoint-");
        StreamingQuery first = start(spark, inbox, limit, Trigger.AvailableNow(), checkpoint);
        first.awaitTermination();
        deliver(inbox);
        print("available now", first, batches(first).size());
        StreamingQuery second = start(spark, inbox, limit, Trigger.AvailableNow(), checkpoint);
        second.awaitTermination();
        print("available now, once more", second, 0);
    }

    /** The same query each time. The sink noop takes everything and keeps nothing. */
    public static StreamingQuery start(SparkSession spark, Inbox inbox, int limit, Trigger trigger, Path checkpoint)
            throws Exception {
        return spark.readStream()
                .schema(Payment.SCHEMA)
                .option("maxFilesPerTrigger", limit)
                .json(inbox.path())
                .writeStream()
                .trigger(trigger)
                .option("checkpointLocation", checkpoint.toString())
                .format("noop")
                .start();
    }

    /** An inbox in which so many files are waiting. */
    public static Inbox waiting(int files) {
        Inbox inbox = Inbox.create();
        for (int i = 0; i < files; i++) {
            deliver(inbox);
        }
        return inbox;
    }

    static void deliver(Inbox inbox) {
        inbox.deliver(Collections.nCopies(10, "{\"customer\":7,\"amount\":12.50}"));
    }

    /** How many payments each batch has read. Now and then a query that waits reports its progress, too: of no rows. */
    static List<Long> batches(StreamingQuery query) {
        return Arrays.stream(query.recentProgress())
                .map(StreamingQueryProgress::numInputRows)
                .filter(rows -> rows > 0)
                .toList();
    }

    /** The first batches, of the backlog, stand apart from those after it. */
    private static void print(String trigger, StreamingQuery query, int backlog) {
        List<Long> rows = batches(query);
        System.out.printf(
                LINE,
                trigger,
                join(rows.subList(0, backlog)),
                query.isActive() ? "runs on" : "ends",
                join(rows.subList(backlog, rows.size())));
    }

    private static String join(List<Long> rows) {
        return rows.isEmpty() ? "-" : rows.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
