///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson01;

import static org.apache.spark.sql.functions.sum;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.Payment;
import workbook.kit.Program;
import workbook.kit.Scratch;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** A query's checkpoint, opened; and what Spark makes of it when a batch has begun and, by its account, never ended. */
@Command(name = "MicroBatchAnatomy", mixinStandardHelpOptions = true, description = "What a checkpoint holds.")
public class MicroBatchAnatomy implements Callable<Integer> {

    @Option(names = "--keep-commit", description = "do not delete the last commit")
    boolean keepCommit;

    @Option(names = "--whole", description = "show the files whole: times, ids and settings differ from run to run")
    boolean whole;

    /** What arrives: each text is one file, each line one payment. */
    static final List<String> FILES = List.of("""
            {"customer":3,"amount":140.00}
            {"customer":7,"amount":12.50}
            """, """
            {"customer":5,"amount":310.20}
            {"customer":7,"amount":99.99}
            """, """
            {"customer":3,"amount":100.00}
            """, """
            {"customer":5,"amount":8.75}
            """);

    public static void main(String[] args) {
        Program.run(new MicroBatchAnatomy(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.start("MicroBatchAnatomy")) {
            Inbox inbox = Inbox.create();
            Path checkpoint = Scratch.folder("checkpoint-");

            System.out.println("three files, one a batch");
            FILES.subList(0, 3).forEach(file -> inbox.deliver(file.lines().toList()));
            run(spark, inbox, checkpoint, 1);

            System.out.println("the checkpoint");
            for (Path file : files(checkpoint)) {
                System.out.printf("    %-26s  %s%n", checkpoint.relativize(file), text(file, whole));
            }

            System.out.println(keepCommit ? "a fourth file" : "commits/2 is deleted; a fourth file");
            if (!keepCommit) {
                forget(checkpoint, 2);
            }
            inbox.deliver(FILES.get(3).lines().toList());
            run(spark, inbox, checkpoint, 100);
            return 0;
        }
    }

    /** Starts the query, from where the checkpoint says, and waits until it has read all there is. */
    public static void run(SparkSession spark, Inbox inbox, Path checkpoint, int filesPerBatch) throws Exception {
        Dataset<Row> payments = spark.readStream()
                .schema(Payment.SCHEMA)
                .option("maxFilesPerTrigger", filesPerBatch)
                .json(inbox.path());
        payments.groupBy("customer")
                .agg(sum("amount").as("total"))
                .writeStream()
                .outputMode("update")
                .option("checkpointLocation", checkpoint.toString())
                .trigger(Trigger.AvailableNow())
                .foreachBatch(MicroBatchAnatomy::print)
                .start()
                .awaitTermination();
    }

    static void print(Dataset<Row> batch, long id) {
        System.out.println(batch.orderBy("customer").collectAsList().stream()
                .map(row -> "customer " + row.get(0) + ": " + row.get(1))
                .collect(Collectors.joining(", ", "    batch " + id + "  ", "")));
    }

    /** As if Spark had died after the batch put out its rows, and before it noted that it had. */
    public static void forget(Path checkpoint, int batch) throws IOException {
        Files.delete(checkpoint.resolve("commits/" + batch));
        Files.delete(checkpoint.resolve("commits/." + batch + ".crc"));
    }

    /** The checkpoint's files, in the order in which a batch writes them. Those with a dot are checksums. */
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

    /** The lines of a file in one, shortened unless it is to be whole. */
    public static String text(Path file, boolean whole) throws IOException {
        if (file.toString().matches(".*(changelog|schema)")) {
            return "(binary)";
        }
        String text = Files.readString(file, StandardCharsets.UTF_8).strip().replace("\n", "  ");
        return whole
                ? text
                : text.replaceAll("(\"id\":)\"[^\"]*\"", "$1\"…\"")
                        .replaceAll("\"batchTimestampMs\":\\d+", "…")
                        .replaceAll("(\"(conf|operatorInfo)\":)\\{[^}]*}", "$1{…}")
                        .replaceAll("(\"stateStoreInfo\":\\[\\{).*(\"numPartitions\")", "$1…,$2")
                        .replaceAll("\"file:[^\"]*/", "\"…/");
    }
}
