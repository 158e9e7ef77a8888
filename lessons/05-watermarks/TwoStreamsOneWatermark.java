///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson05;

import static org.apache.spark.sql.functions.*;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.*;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Hourly sums of payments from shops and from the web: two inputs with a watermark each, and one for the query. */
@Command(description = "Which input's watermark applies.")
public class TwoStreamsOneWatermark extends SparkProgram {

    static final String POLICY = "spark.sql.streaming.multipleWatermarkPolicy";

    @Option(names = "--shop", defaultValue = "10", description = "the shops' delay in minutes (${DEFAULT-VALUE})")
    int shop;

    @Option(names = "--web", defaultValue = "10", description = "the web's delay in minutes (${DEFAULT-VALUE})")
    int web;

    /** The input, file by file: the source of a payment, its time and its amount. */
    static final List<String> FILES = List.of(
            "shop 09:10 5.00",
            "web 09:50 2.00",
            "web 11:00 1.00",
            "shop 09:40 3.00",
            "web 12:30 4.00",
            "shop 12:40 6.00");

    static final List<String> AFTER_RESTART = List.of("web 14:00 7.00", "shop 13:10 8.00");

    private final Map<String, Inbox> inboxes = Map.of("shop", Inbox.create(), "web", Inbox.create());
    private final List<Path> checkpoints =
            List.of(Scratch.folder("checkpoint-"), Scratch.folder("checkpoint-"), Scratch.folder("checkpoint-"));
    private final TextTable table = new TextTable("%-15s  %-5s %-5s  %-34s  %-22s  %s");

    /** The query: sums by hour. */
    public static Dataset<Row> hourly(Dataset<Row> payments) {
        return payments.groupBy(window(col("time"), "1 hour"))
                .agg(sum("amount").as("total"))
                .select(col("window.start").as("hour"), col("total"));
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        Dataset<Row> shops = inboxes.get("shop").stream(spark, Payment.SCHEMA);
        Dataset<Row> webs = inboxes.get("web").stream(spark, Payment.SCHEMA);
        Dataset<Row> two = hourly(
                shops.withWatermark("time", shop + " minutes").union(webs.withWatermark("time", web + " minutes")));
        Dataset<Row> one = hourly(shops.union(webs).withWatermark("time", Math.max(shop, web) + " minutes"));
        table.row("", "own", "", "policy min", "policy max", "one, after the union");
        String titles = "used  late output";
        table.row("input", "shop", "web", titles, titles, titles);
        feed(FILES, List.of(start(two, "min", 0), start(two, "max", 1), start(one, "min", 2)));
        System.out.println("restart with policy max; policies in the checkpoints: " + policies());
        feed(AFTER_RESTART, List.of(start(two, "max", 0), start(two, "max", 1), start(one, "max", 2)));
    }

    private CollectedQuery<Row> start(Dataset<Row> hourly, String policy, int checkpoint) throws Exception {
        hourly.sparkSession().conf().set(POLICY, policy);
        return CollectedQuery.start(hourly.writeStream()
                .outputMode("append")
                .option("checkpointLocation", checkpoints.get(checkpoint).toString()));
    }

    /** Delivers the files, and prints after each one the inputs' watermarks and what each query did with it. */
    private void feed(List<String> files, List<CollectedQuery<Row>> queries) throws Exception {
        Map<String, LocalTime> own = new HashMap<>(); // the watermark of each input
        for (String file : files) {
            String source = file.split(" ")[0];
            inboxes.get(source).deliver("time amount", file.substring(source.length() + 1));
            LocalTime mark = LocalTime.parse(file.split(" ")[1]).minusMinutes(source.equals("shop") ? shop : web);
            own.merge(source, mark, (before, now) -> now.isAfter(before) ? now : before);
            List<String> cells = queries.stream()
                    .map(query -> cell(CollectedBatches.of(query.processAllAvailable())))
                    .toList();
            table.row(file, own.get("shop"), own.get("web"), cells.get(0), cells.get(1), cells.get(2));
        }
        for (CollectedQuery<Row> query : queries) {
            query.close();
        }
    }

    private static String cell(CollectedBatches<Row> batches) {
        String late = batches.lateRows() > 0 ? "" + batches.lateRows() : "";
        return String.format("%-5s %-4s %s", batches.watermark(), late, batches.output());
    }

    private List<String> policies() throws Exception {
        List<String> policies = new ArrayList<>();
        for (Path checkpoint : checkpoints) {
            String offsets = Files.readString(checkpoint.resolve("offsets/0"));
            policies.add(offsets.replaceAll("(?s).*\"" + POLICY + "\":\"(\\w+)\".*", "$1"));
        }
        return policies;
    }

    public static void main(String[] args) {
        Program.run(new TwoStreamsOneWatermark(), args);
    }
}
