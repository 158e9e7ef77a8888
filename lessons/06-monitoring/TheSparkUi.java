///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson06;

import static org.apache.spark.sql.functions.*;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.*;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.StreamingQuery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.*;
import workbook.kit.spark.*;

/** A query in Spark's web UI: its plan with metrics, and its progress. */
@Command(description = "The plan and the progress of a query in Spark's web UI.")
public class TheSparkUi extends SparkProgram {

    @Option(
            names = "--keep",
            converter = DurationConverter.class,
            defaultValue = "0s",
            description = "print the address of the UI and keep it open, for example for 5m")
    Duration keep;

    /** The metrics of a plan to print. */
    private static final Set<String> METRICS = Set.of(
            "number of files read",
            "shuffle records written",
            "number of total state rows",
            "number of removed state rows",
            "number of rows which are dropped by watermark");

    /** Payments by terminal and hour. */
    public static Dataset<Row> perTerminal(Dataset<Row> payments) {
        return payments.withWatermark("time", "10 minutes")
                .groupBy(window(col("time"), "1 hour"), col("terminal"))
                .agg(count("*").as("payments"));
    }

    @Override
    protected LocalSpark settings() {
        return super.settings().ui(true).set("spark.ui.port", "0"); // a free port
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        Inbox inbox = Inbox.create()
                .deliver("time terminal", "09:00 31, 09:10 31, 09:20 7")
                .deliver("time terminal", "10:00 31, 10:10 8, 10:20 31")
                .deliver("time terminal", "11:00 31, 11:20 31, 11:25 8")
                .deliver("time terminal", "11:30 31, 09:30 7");
        StreamingQuery counts = perTerminal(inbox.stream(spark, Payment.SCHEMA))
                .writeStream()
                .queryName("counts")
                .outputMode("update")
                .format("noop")
                .start();
        counts.processAllAvailable();
        SparkUi ui = new SparkUi(spark);

        System.out.println("SQL / DataFrame, batch 3: /SQL/");
        ui.plan(ui.jobs(counts).get(3)).forEach(TheSparkUi::printMetrics);
        System.out.println("Structured Streaming: /StreamingQuery/");
        print(ui.find("StreamingQuery/", "Active Streaming Queries \\(\\d\\)"));
        System.out.println("one query, by its run id: /StreamingQuery/statistics/?id=…");
        print(ui.find("StreamingQuery/statistics/?id=" + counts.runId(), "(?<=<strong>)(\\w+ )+\\w+"));
        ui.keepOpen(keep);
        counts.stop();
    }

    private static void printMetrics(JsonNode operator) {
        SparkUi.elements(operator.get("metrics"))
                .filter(metric -> METRICS.contains(metric.get("name").asText()))
                .map(metric ->
                        metric.get("name").asText() + " " + metric.get("value").asText())
                .distinct()
                .sorted()
                .forEach(metric -> System.out.printf(
                        "    %-19s  %s%n", operator.get("nodeName").asText(), metric));
    }

    private static void print(List<String> found) {
        found.forEach(text -> System.out.println("    " + text));
    }

    public static void main(String[] args) {
        Program.run(new TheSparkUi(), args);
    }
}
