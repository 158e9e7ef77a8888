///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson03;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.window;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.Payment;
import workbook.kit.Program;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** Tumbling and sliding windows: which of them a payment falls into, what they add up to, and where a day begins. */
@Command(name = "TumblingAndSliding", mixinStandardHelpOptions = true, description = "Windows over event time.")
public class TumblingAndSliding implements Callable<Integer> {

    @Option(
            names = "--window",
            defaultValue = "1 hour",
            description = "how long a window is (default: ${DEFAULT-VALUE})")
    String length;

    @Option(
            names = "--slide",
            defaultValue = "30 minutes",
            description = "how far apart sliding windows begin (default: ${DEFAULT-VALUE})")
    String slide;

    /** What arrives, file by file: when a payment was made, and how much it was. */
    static final List<String> FILES = List.of("09:00 1.00, 09:10 2.00", "09:59 4.00, 10:00 8.00", "09:40 16.00");

    public static void main(String[] args) {
        Program.run(new TumblingAndSliding(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.start("TumblingAndSliding")) {
            Inbox inbox = Inbox.create();
            FILES.forEach(file -> inbox.deliver(payments(file)));
            Column tumbling = window(col("time"), length);
            Column sliding = window(col("time"), length, slide);

            Dataset<Row> table =
                    spark.read().schema(Payment.SCHEMA).json(inbox.path()).orderBy("time");
            System.out.println("where the payments fall");
            for (Row payment : table.select("time", "amount").collectAsList()) {
                Dataset<Row> only = table.where(col("time").equalTo(payment.get(0)));
                System.out.printf(
                        "    %s %5s  tumbling: %s  sliding: %s%n",
                        clock(payment.get(0)), payment.get(1), windows(only, tumbling), windows(only, sliding));
            }
            Dataset<Row> stream = spark.readStream()
                    .schema(Payment.SCHEMA)
                    .option("maxFilesPerTrigger", 1)
                    .json(inbox.path());
            System.out.println("paid in all " + table.agg(sum("amount")).first().get(0));
            follow("tumbling", totals(stream, tumbling));
            follow("sliding", totals(stream, sliding));
            days(spark);
            return 0;
        }
    }

    /** The query. Which windows they are is all that differs. */
    public static Dataset<Row> totals(Dataset<Row> payments, Column windows) {
        return payments.groupBy(windows.as("window")).agg(sum("amount").as("total"));
    }

    /** The windows of payments. Where a payment falls into several, Spark makes several rows of it. */
    public static String windows(Dataset<Row> payments, Column windows) {
        return payments.select(windows.as("window")).orderBy("window").collectAsList().stream()
                .map(row -> span(row.getStruct(0)))
                .collect(Collectors.joining(" "));
    }

    /** Runs the query, shows what each batch has changed, and what the windows add up to in the end. */
    static void follow(String what, Dataset<Row> totals) throws Exception {
        System.out.println(what);
        Map<String, BigDecimal> windows = new TreeMap<>();
        totals.writeStream()
                .outputMode("update")
                .trigger(Trigger.AvailableNow())
                .foreachBatch((batch, id) -> {
                    Map<String, BigDecimal> changed = batch.collectAsList().stream()
                            .collect(Collectors.toMap(row -> span(row.getStruct(0)), row -> row.getDecimal(1)));
                    windows.putAll(changed);
                    System.out.printf(
                            "    batch %d  %s%n",
                            id, new TreeMap<>(changed).toString().replaceAll("[{}]", ""));
                })
                .start()
                .awaitTermination();
        BigDecimal all = windows.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        System.out.println("    the windows add up to " + all);
    }

    /** Two payments half an hour before midnight in New York, in winter and in summer: to which day do they belong? */
    static void days(SparkSession spark) {
        spark.conf().set("spark.sql.session.timeZone", "America/New_York");
        System.out.println("days in New York");
        List<String> times = List.of("2018-01-15T23:30:00-05:00", "2018-07-15T23:30:00-04:00");
        Dataset<Row> payments = spark.createDataset(times, Encoders.STRING())
                .select(col("value").cast("timestamp").as("time"));
        print("a payment at", payments, col("time"));
        print("1 day from", payments, window(col("time"), "1 day").getField("start"));
        print(
                "  starting at 4 from",
                payments,
                window(col("time"), "1 day", "1 day", "4 hours").getField("start"));
        print("7 days from", payments, window(col("time"), "7 days").getField("start"));
        print("its date, from", payments, to_date(col("time")).cast("timestamp"));
    }

    private static void print(String what, Dataset<Row> payments, Column time) {
        String times = payments.select(date_format(time, "EEE yyyy-MM-dd HH:mm")).collectAsList().stream()
                .map(row -> row.getString(0))
                .collect(Collectors.joining("  "));
        System.out.printf("    %-20s %s%n", what, times);
    }

    /** The payments of a file, as JSON lines. */
    static List<String> payments(String file) {
        return Arrays.stream(file.split(", "))
                .map(payment -> payment.split(" "))
                .map(of -> String.format("{\"time\":\"2018-04-01T%s:00Z\",\"amount\":%s}", of[0], of[1]))
                .toList();
    }

    private static String span(Row window) {
        return clock(window.get(0)) + "–" + clock(window.get(1));
    }

    private static String clock(Object instant) {
        return instant.toString().substring(11, 16);
    }
}
