///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson06;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.Trigger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.Payment;
import workbook.kit.Program;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** Figures of your own, counted while the rows pass: what is good, what is set aside, and how much. */
@Command(name = "Observed", mixinStandardHelpOptions = true, description = "observe(): figures of your own.")
public class Observed implements Callable<Integer> {

    @Option(
            names = "--alarm",
            defaultValue = "0.3",
            description = "which share set aside is worth a word (default: ${DEFAULT-VALUE})")
    double alarm;

    /** What arrives, file by file: amounts. */
    static final List<List<String>> FILES = List.of(
            List.of("12.50", "140.00", "99.99", "310.20"), List.of("8.75", "null", "-20.00", "5.25"),
            List.of("null", "null"), List.of("100.00"));

    public static void main(String[] args) {
        Program.run(new Observed(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.start("Observed")) {
            Inbox inbox = Inbox.create();
            FILES.forEach(file -> inbox.deliver(
                    file.stream().map(amount -> "{\"amount\":" + amount + "}").toList()));

            System.out.println("a stream");
            Dataset<Row> good = good(spark.readStream()
                    .schema(Payment.SCHEMA)
                    .option("maxFilesPerTrigger", 1)
                    .json(inbox.path()));
            for (StreamingQueryProgress batch : run(good.writeStream().format("noop"))) {
                System.out.println(line(batch, alarm));
            }

            System.out.println("a table");
            Observation all = new Observation("all");
            spark.read()
                    .schema(Payment.SCHEMA)
                    .json(inbox.path())
                    .observe(all, count(lit(1)).as("rows"), sum("amount").as("amount"))
                    .write()
                    .format("noop")
                    .mode("overwrite")
                    .save();
            Map<String, Object> figures = all.getAsJava(); // waits for the first action that has worked the rows out
            System.out.println("    " + figures.get("rows") + " rows, " + figures.get("amount"));

            System.out.println("a sink that looks twice");
            tell("two actions", good, (batch, id) -> {
                batch.count();
                batch.collectAsList();
            });
            tell("none at all", good, (batch, id) -> {});
            tell("two, persisted", good, (batch, id) -> {
                batch.persist();
                batch.count();
                batch.collectAsList();
                batch.unpersist();
            });
            return 0;
        }
    }

    /** Only the good ones go on; what comes in is observed before, what goes on after. */
    public static Dataset<Row> good(Dataset<Row> payments) {
        return payments.observe(
                        "in",
                        count(lit(1)).as("rows"),
                        count_if(col("amount").isNull()).as("without"),
                        count_if(col("amount").leq(0)).as("negative"))
                .where("amount > 0")
                .observe("good", count(lit(1)).as("rows"), max("amount").as("largest"));
    }

    /** The figures of a batch. They are rows: their fields have names, as in the query. */
    public static String line(StreamingQueryProgress batch, double alarm) {
        Row in = batch.observedMetrics().get("in");
        Row good = batch.observedMetrics().get("good");
        long rows = in.getAs("rows");
        long aside = in.<Long>getAs("without") + in.<Long>getAs("negative");
        double share = (double) aside / rows;
        return String.format(
                "    batch %d  %d in, %d good, the largest %s; %d without amount, %d negative: %.0f %%%s",
                batch.batchId(),
                rows,
                good.<Long>getAs("rows"),
                good.getAs("largest"),
                in.<Long>getAs("without"),
                in.<Long>getAs("negative"),
                100 * share,
                share > alarm ? "  ALARM" : "");
    }

    static List<StreamingQueryProgress> run(DataStreamWriter<Row> writer) throws Exception {
        StreamingQuery query = writer.trigger(Trigger.AvailableNow()).start();
        query.awaitTermination();
        return List.of(query.recentProgress());
    }

    private static void tell(String sink, Dataset<Row> rows, VoidFunction2<Dataset<Row>, Long> write) throws Exception {
        List<StreamingQueryProgress> batches = run(rows.writeStream().foreachBatch(write));
        System.out.printf(
                "    %-16s  numInputRows %2d, observed %2d%n",
                sink,
                batches.stream().mapToLong(StreamingQueryProgress::numInputRows).sum(),
                batches.stream()
                        .mapToLong(batch -> batch.observedMetrics().get("in").<Long>getAs("rows"))
                        .sum());
    }
}
