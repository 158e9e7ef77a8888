///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson06;

import java.io.IOException;
import java.nio.file.*;
import java.util.*;
import java.util.concurrent.*;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.Trigger;
import picocli.CommandLine.*;
import picocli.CommandLine.Parameters;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Kills the JVM of a query in the middle of a batch, as {@code kill -9} does, and restarts the query. */
@Command(description = "kill -9 in the middle of a batch, and the restart.", mixinStandardHelpOptions = true)
public class KilledAndBack implements Callable<Integer> {

    @Option(names = "--in-batch", defaultValue = "2", description = "the batch to kill, 0 to 3 (${DEFAULT-VALUE})")
    int inBatch;

    @Option(names = "--after", defaultValue = "2", description = "after this many of its 3 payments (${DEFAULT-VALUE})")
    int after;

    /** The line that the query prints before it waits for its end. */
    static final String WAITING = "waiting";

    @Override
    public Integer call() throws Exception {
        if (inBatch < 0 || inBatch > 3 || after < 0 || after > 3) {
            throw new IllegalArgumentException("--in-batch and --after take values from 0 to 3.");
        }
        Path folder = Scratch.folder("killed-");
        Inbox inbox = Inbox.create();
        List.of("1, 2, 3", "4, 5, 6", "7, 8, 9", "10, 11, 12").forEach(ids -> inbox.deliver("id", ids));

        System.out.println("a query in its own JVM: 12 payments in 4 batches");
        ChildJvm first = ChildJvm.start(Query.class, folder, inbox.path(), inBatch, after);
        first.printUntil(WAITING);
        System.out.println("killed: exit code " + first.kill());
        printFiles(folder);

        System.out.println("the same query, restarted from its checkpoint");
        ChildJvm second = ChildJvm.start(Query.class, folder, inbox.path(), -1, 0);
        second.printUntil(WAITING);
        System.out.println("finished: exit code " + second.waitFor());
        printFiles(folder);
        return 0;
    }

    /** The query. It writes each batch to two sinks, and waits in the middle of one batch. */
    static final class Query extends SparkProgram {

        @Parameters(index = "0")
        Path folder;

        @Parameters(index = "1")
        String inbox;

        @Parameters(index = "2")
        int inBatch;

        @Parameters(index = "3")
        int after;

        @Override
        protected void run(SparkSession spark) throws Exception {
            spark.readStream()
                    .schema(Payment.SCHEMA)
                    .option("maxFilesPerTrigger", 1)
                    .json(inbox)
                    .writeStream()
                    .option("checkpointLocation", folder.resolve("checkpoint").toString())
                    .trigger(Trigger.AvailableNow())
                    .foreachBatch(this::write)
                    .start()
                    .awaitTermination();
        }

        private void write(Dataset<Row> batch, long batchId) throws Exception {
            List<Long> ids = batch.select("id").as(Encoders.LONG()).collectAsList();
            System.out.println("batch " + batchId + " writes " + ids);
            for (int i = 0; i <= ids.size(); i++) {
                if (batchId == inBatch && i == after) {
                    System.out.println(WAITING);
                    new CountDownLatch(1).await(); // forever
                }
                if (i < ids.size()) {
                    append(folder.resolve("appended"), ids.get(i));
                }
            }
            replace(folder.resolve("by-batch"), batchId, ids);
        }

        public static void main(String[] args) {
            Program.run(new Query(), args);
        }
    }

    /** The first sink: lines at the end of a file. */
    static void append(Path file, long id) throws IOException {
        Files.writeString(file, id + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** The second sink: one file for each batch, which appears in one step and replaces an earlier one. */
    static void replace(Path folder, long batchId, List<Long> ids) throws IOException {
        Path draft = Files.createDirectories(folder).resolve(".draft");
        Files.write(draft, ids.stream().map(String::valueOf).toList());
        Files.move(draft, folder.resolve("batch-" + batchId), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Prints what is on disk: the checkpoint's two logs, and the two sinks. */
    static void printFiles(Path folder) throws IOException {
        CheckpointFolder checkpoint = new CheckpointFolder(folder.resolve("checkpoint"));
        System.out.println("    offsets   " + checkpoint.offsets());
        System.out.println("    commits   " + checkpoint.commits());
        System.out.println("    appended  " + lines(folder.resolve("appended")));
        List<String> byBatch = new ArrayList<>();
        for (int batchId = 0; batchId < 4; batchId++) {
            byBatch.addAll(lines(folder.resolve("by-batch/batch-" + batchId)));
        }
        System.out.println("    by batch  " + byBatch);
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    public static void main(String[] args) {
        Program.run(new KilledAndBack(), args);
    }
}
