///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson01;

import java.nio.file.Path;
import java.util.*;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** The same backlog with three triggers, then one more file: what each batch reads, and whether the query ends. */
@Command(description = "What starts a batch.")
public class Triggers extends SparkProgram {

    @Option(names = "--backlog", defaultValue = "5", description = "files that wait (${DEFAULT-VALUE})")
    int backlog;

    @Option(names = "--limit", defaultValue = "2", description = "files that a batch may read (${DEFAULT-VALUE})")
    int limit;

    private final TextTable table = new TextTable("%-26s  %-18s  %-7s  %s");

    /** The query. The sink noop discards its input. */
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

    @Override
    protected void run(SparkSession spark) throws Exception {
        System.out.printf("%d files of 10 payments wait; a batch reads at most %d files%n", backlog, limit);
        table.row("trigger", "payments, by batch", "then it", "one more file");

        Inbox inbox = waiting(backlog);
        StreamingQuery query = start(spark, inbox, limit, Trigger.ProcessingTime(0), Scratch.folder("checkpoint-"));
        query.processAllAvailable();
        int batches = batches(query).size();
        deliver(inbox);
        query.processAllAvailable();
        print("processing time, 0 seconds", query, batches);
        query.stop();

        // An interval so long that no tick falls into this run: ticks are its full multiples since 1970.
        inbox = waiting(backlog);
        query = start(spark, inbox, limit, Trigger.ProcessingTime("1000 days"), Scratch.folder("checkpoint-"));
        while (query.recentProgress().length == 0) {
            Thread.sleep(10);
        }
        batches = batches(query).size();
        deliver(inbox);
        print("processing time, 1000 days", query, batches);
        query.stop();

        inbox = waiting(backlog);
        Path checkpoint = Scratch.folder("checkpoint-");
        query = start(spark, inbox, limit, Trigger.AvailableNow(), checkpoint);
        query.awaitTermination();
        deliver(inbox);
        print("available now", query, batches(query).size());
        query = start(spark, inbox, limit, Trigger.AvailableNow(), checkpoint);
        query.awaitTermination();
        print("available now, once more", query, 0);
    }

    /** An inbox with this many files. */
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

    /** How many payments each batch has read. An idle query reports progress, too, with no rows. */
    static List<Long> batches(StreamingQuery query) {
        return Arrays.stream(query.recentProgress())
                .map(StreamingQueryProgress::numInputRows)
                .filter(rows -> rows > 0)
                .toList();
    }

    private void print(String trigger, StreamingQuery query, int backlog) {
        List<Long> rows = batches(query);
        String then = query.isActive() ? "runs on" : "ends";
        table.row(trigger, join(rows.subList(0, backlog)), then, join(rows.subList(backlog, rows.size())));
    }

    private static String join(List<Long> rows) {
        return rows.isEmpty() ? "-" : rows.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    public static void main(String[] args) {
        Program.run(new Triggers(), args);
    }
}
