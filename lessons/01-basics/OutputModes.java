///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson01;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.Payment;
import workbook.kit.Program;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** One query in the three output modes, fed the same payments: what each of them puts out. */
@Command(name = "OutputModes", mixinStandardHelpOptions = true, description = "Append, update, complete: side by side.")
public class OutputModes implements Callable<Integer> {

    @Option(
            names = "--wait",
            defaultValue = "30 minutes",
            description = "how far payments may lag (default: ${DEFAULT-VALUE})")
    String wait;

    /** What arrives, file by file: when a payment was made, and how much it was. */
    static final List<String> FILES =
            List.of("08:10 5.00, 08:40 2.00", "09:05 1.00", "08:55 4.00", "09:45 3.00", "08:59 6.00, 09:50 7.00");

    public static void main(String[] args) {
        Program.run(new OutputModes(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.start("OutputModes")) {
            Inbox inbox = Inbox.create();
            Dataset<Row> payments = spark.readStream().schema(Payment.SCHEMA).json(inbox.path());
            Map<StreamingQuery, ConcurrentLinkedQueue<String>> modes = new LinkedHashMap<>();
            for (String mode : List.of("append", "update", "complete")) {
                ConcurrentLinkedQueue<String> out = new ConcurrentLinkedQueue<>();
                modes.put(start(hourly(payments, wait), mode, out), out);
            }
            print("what came in", List.of("append"), List.of("update"), List.of("complete"));
            for (String file : FILES) {
                inbox.deliver(payments(file));
                modes.keySet().forEach(StreamingQuery::processAllAvailable);
                List<List<String>> said =
                        modes.values().stream().map(OutputModes::drain).toList();
                print(file, said.get(0), said.get(1), said.get(2));
            }
            for (StreamingQuery query : modes.keySet()) {
                query.stop();
            }
            return 0;
        }
    }

    /** The query: sums by hour. The mode is none of its business, but append needs to know when an hour is over. */
    public static Dataset<Row> hourly(Dataset<Row> payments, String wait) {
        return payments.withWatermark("time", wait)
                .groupBy(window(col("time"), "1 hour"))
                .agg(sum("amount").as("total"))
                .select(col("window.start").as("hour"), col("total"));
    }

    static StreamingQuery start(Dataset<Row> hourly, String mode, ConcurrentLinkedQueue<String> out) throws Exception {
        return hourly.writeStream()
                .outputMode(mode)
                .foreachBatch((batch, id) -> {
                    batch.collectAsList().stream()
                            .map(row -> row.get(0).toString().substring(11, 16) + " " + row.get(1))
                            .sorted()
                            .forEach(out::add);
                })
                .start();
    }

    /** The payments of a file, as JSON lines. */
    static List<String> payments(String file) {
        return Arrays.stream(file.split(", "))
                .map(payment -> payment.split(" "))
                .map(of -> String.format("{\"time\":\"2018-04-01T%s:00Z\",\"amount\":%s}", of[0], of[1]))
                .toList();
    }

    private static List<String> drain(ConcurrentLinkedQueue<String> out) {
        List<String> rows = List.copyOf(out);
        out.clear();
        return rows;
    }

    /** One line for each row that a mode put out, the modes in columns. */
    private static void print(String in, List<String> append, List<String> update, List<String> complete) {
        int lines = Math.max(
                1,
                Stream.of(append, update, complete).mapToInt(List::size).max().orElse(1));
        for (int i = 0; i < lines; i++) {
            String line = String.format(
                    "%-24s  %-12s  %-12s  %s", i == 0 ? in : "", cell(append, i), cell(update, i), cell(complete, i));
            System.out.println(line.stripTrailing());
        }
    }

    private static String cell(List<String> rows, int line) {
        return line < rows.size() ? rows.get(line) : "";
    }
}
