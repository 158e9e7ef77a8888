///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson01;

import static org.apache.spark.sql.functions.sum;

import java.io.IOException;
import java.nio.file.*;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.DataStreamWriter;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** The files of a query's checkpoint, and a restart after a batch that was started and not committed. */
@Command(description = "The content of a checkpoint.")
public class MicroBatchAnatomy extends SparkProgram {

    @Option(names = "--keep-commit", description = "do not delete the last commit")
    boolean keepCommit;

    @Option(names = "--whole", description = "print whole files: times, ids and settings differ from run to run")
    boolean whole;

    /** The input, file by file: the customer and the amount of a payment. */
    static final List<String> FILES = List.of("3 140.00, 7 12.50", "5 310.20, 7 99.99", "3 100.00", "5 8.75");

    /** The query: the total of each customer. */
    public static DataStreamWriter<Row> totals(SparkSession spark, Inbox inbox, Path checkpoint, int filesPerBatch) {
        return spark.readStream()
                .schema(Payment.SCHEMA)
                .option("maxFilesPerTrigger", filesPerBatch)
                .json(inbox.path())
                .groupBy("customer")
                .agg(sum("amount").as("total"))
                .writeStream()
                .outputMode("update")
                .option("checkpointLocation", checkpoint.toString());
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        Inbox inbox = Inbox.create();
        Path checkpoint = Scratch.folder("checkpoint-");
        System.out.println("three files, one per batch");
        FILES.subList(0, 3).forEach(file -> inbox.deliver("customer amount", file));
        print(CollectedQuery.run(totals(spark, inbox, checkpoint, 1)));

        System.out.println("the checkpoint");
        for (Path file : files(checkpoint)) {
            System.out.printf("    %-26s  %s%n", checkpoint.relativize(file), text(file, whole));
        }

        System.out.println(keepCommit ? "a fourth file" : "commits/2 is deleted; a fourth file");
        if (!keepCommit) { // as if Spark had failed after the output of the batch and before its commit
            Files.delete(checkpoint.resolve("commits/2"));
            Files.delete(checkpoint.resolve("commits/.2.crc"));
        }
        inbox.deliver("customer amount", FILES.get(3));
        print(CollectedQuery.run(totals(spark, inbox, checkpoint, 100)));
    }

    static void print(List<CollectedBatch<Row>> batches) {
        batches.forEach(batch -> System.out.println("    batch " + batch.id() + "  " + batch.output()));
    }

    /** The checkpoint's files, in the order in which a batch writes them. Files with a dot are checksums. */
    public static List<Path> files(Path checkpoint) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String part : List.of("metadata", "sources", "offsets", "state", "commits")) {
            try (Stream<Path> all = Files.walk(checkpoint.resolve(part))) {
                all.filter(Files::isRegularFile)
                        .filter(file -> !file.getFileName().toString().startsWith("."))
                        .sorted()
                        .forEach(files::add);
            }
        }
        return files;
    }

    /** The lines of a file in one line, shortened unless {@code whole}. */
    public static String text(Path file, boolean whole) throws IOException {
        if (file.toString().matches(".*(changelog|schema)")) {
            return "(binary)";
        }
        String text = Files.readString(file).strip().replace("\n", "  ");
        return whole
                ? text
                : text.replaceAll("(\"id\":)\"[^\"]*\"", "$1\"…\"")
                        .replaceAll("\"batchTimestampMs\":\\d+", "…")
                        .replaceAll("(\"(conf|operatorInfo)\":)\\{[^}]*}", "$1{…}")
                        .replaceAll("(\"stateStoreInfo\":\\[\\{).*(\"numPartitions\")", "$1…,$2")
                        .replaceAll("\"file:[^\"]*/", "\"…/");
    }

    public static void main(String[] args) {
        Program.run(new MicroBatchAnatomy(), args);
    }
}
