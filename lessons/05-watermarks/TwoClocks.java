///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson05;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;

import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.Payment;
import workbook.kit.Program;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** The same payments by two clocks: when they were made, and when Spark saw them. Which answer survives a replay? */
@Command(name = "TwoClocks", mixinStandardHelpOptions = true, description = "Event time and processing time.")
public class TwoClocks implements Callable<Integer> {

    @Option(
            names = "--replay",
            defaultValue = "2",
            description = "how many files a batch of the replay takes (default: ${DEFAULT-VALUE})")
    int replay;

    /** What arrives, file by file: when a payment was made, and how much it was. */
    static final List<String> FILES =
            List.of("09:10 5.00, 09:50 2.00", "10:05 1.00", "09:40 4.00, 10:20 8.00", "09:55 3.00");

    public static void main(String[] args) {
        Program.run(new TwoClocks(), args);
    }

    @Override
    public Integer call() throws Exception {
        System.out.println("in the order in which they arrive");
        arrivals(FILES).forEach(line -> System.out.println("    " + line));
        try (SparkSession spark = LocalSpark.start("TwoClocks")) {
            Inbox inbox = Inbox.create();
            FILES.forEach(file -> inbox.deliver(payments(file)));
            List<String> byEventTime = new ArrayList<>();
            List<String> byProcessingTime = new ArrayList<>();
            for (int files : List.of(1, replay, FILES.size())) {
                Dataset<Row> payments = spark.readStream()
                        .schema(Payment.SCHEMA)
                        .option("maxFilesPerTrigger", files)
                        .json(inbox.path());
                byEventTime.add(named(
                        answer(totals(payments, window(col("time"), "1 hour").getField("start")))));
                byProcessingTime.add(numbered(answer(totals(payments, current_timestamp()))));
                System.out.println("files a batch: " + files);
                System.out.println("    by event time       " + byEventTime.get(byEventTime.size() - 1));
                System.out.println("    by processing time  " + byProcessingTime.get(byProcessingTime.size() - 1));
            }
            System.out.println("always the same by event time: " + allEqual(byEventTime) + ", by processing time: "
                    + allEqual(byProcessingTime));
            return 0;
        }
    }

    /** The query: what was paid, by a clock. */
    public static Dataset<Row> totals(Dataset<Row> payments, Column clock) {
        return payments.groupBy(clock.as("at")).agg(sum("amount").as("total"));
    }

    /** Reads all that there is, and gives the last answer, in the order of time. */
    public static List<Row> answer(Dataset<Row> totals) throws Exception {
        AtomicReference<List<Row>> last = new AtomicReference<>();
        totals.writeStream()
                .outputMode("complete")
                .trigger(Trigger.AvailableNow())
                .foreachBatch((batch, id) -> {
                    last.set(batch.orderBy("at").collectAsList());
                })
                .start()
                .awaitTermination();
        return last.get();
    }

    /** Each payment, and how far it is behind the newest that came before it. */
    public static List<String> arrivals(List<String> files) {
        List<String> lines = new ArrayList<>();
        LocalTime newest = LocalTime.MIN;
        for (int file = 0; file < files.size(); file++) {
            for (String payment : files.get(file).split(", ")) {
                LocalTime time = LocalTime.parse(payment.split(" ")[0]);
                long behind = Duration.between(time, newest).toMinutes();
                lines.add("file " + file + "  " + payment + (behind > 0 ? "  " + behind + " minutes behind" : ""));
                newest = time.isAfter(newest) ? time : newest;
            }
        }
        return lines;
    }

    private static String named(List<Row> totals) {
        return totals.stream()
                .map(row -> row.get(0).toString().substring(11, 16) + " " + row.get(1))
                .collect(Collectors.joining(", "));
    }

    /** Whoever reads this reads it at another time: moments are counted, not named. */
    private static String numbered(List<Row> totals) {
        return IntStream.range(0, totals.size())
                .mapToObj(i -> "moment " + (i + 1) + " " + totals.get(i).get(1))
                .collect(Collectors.joining(", "));
    }

    private static boolean allEqual(List<String> answers) {
        return answers.stream().distinct().count() == 1;
    }

    /** The payments of a file, as JSON lines. */
    static List<String> payments(String file) {
        return Arrays.stream(file.split(", "))
                .map(payment -> payment.split(" "))
                .map(of -> String.format("{\"time\":\"2018-04-01T%s:00Z\",\"amount\":%s}", of[0], of[1]))
                .toList();
    }
}
