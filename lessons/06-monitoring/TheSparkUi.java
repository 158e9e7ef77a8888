///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson06;

import static org.apache.spark.sql.functions.*;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.*;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.StreamingQuery;
import picocli.CommandLine.Command;
import workbook.kit.*;
import workbook.kit.spark.*;

/** A query in Spark's web UI: its plan with metrics, and its progress. */
@Command(description = "The plan and the progress of a query in Spark's web UI.")
public class TheSparkUi extends SparkUiProgram {

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
    protected void run(SparkSession spark, SparkUi ui) throws Exception {
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

        System.out.println("SQL / DataFrame, batch 3: /SQL/");
        TextTable metrics = new TextTable("    %-19s  %s");
        for (JsonNode operator : ui.plan(ui.jobs(counts).get(3))) {
            SparkUi.metrics(operator, METRICS)
                    .forEach(metric -> metrics.row(operator.get("nodeName").asText(), metric));
        }
        System.out.println("Structured Streaming: /StreamingQuery/");
        print(ui.find("StreamingQuery/", "Active Streaming Queries \\(\\d\\)"));
        System.out.println("one query, by its run id: /StreamingQuery/statistics/?id=…");
        print(ui.find("StreamingQuery/statistics/?id=" + counts.runId(), "(?<=<strong>)(\\w+ )+\\w+"));
    }

    private static void print(List<String> found) {
        found.forEach(text -> System.out.println("    " + text));
    }

    public static void main(String[] args) {
        Program.run(new TheSparkUi(), args);
    }
}
