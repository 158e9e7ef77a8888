///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson06;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.*;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.StreamingQuery;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** The jobs, stages and tasks of two queries, as Spark's web UI shows them. */
@Command(description = "Jobs, stages and tasks in Spark's web UI.")
public class JobsAndStages extends SparkUiProgram {

    @Option(names = "--hot", defaultValue = "90", description = "payments of 100 at terminal 31 (${DEFAULT-VALUE})")
    int hot;

    /** Payments by terminal and hour. */
    public static Dataset<Row> perTerminal(Dataset<Row> payments) {
        return payments.withWatermark("time", "10 minutes")
                .groupBy(window(col("time"), "1 hour"), col("terminal"))
                .agg(count("*").as("payments"));
    }

    @Override
    protected void run(SparkSession spark, SparkUi ui) throws Exception {
        System.out.println("three files of 100 payments, " + hot + " of them at terminal 31");
        Inbox inbox = Inbox.create();
        for (int hour = 9; hour < 12; hour++) {
            inbox.deliver("time terminal", payments(hour));
        }
        Dataset<Row> payments = inbox.stream(spark, Payment.SCHEMA);
        StreamingQuery counts = start("counts", perTerminal(payments));
        StreamingQuery byTerminal = start("by-terminal", payments.repartition(2, col("terminal")));

        System.out.println("Jobs: /jobs/");
        List<JsonNode> jobs = ui.jobs(counts);
        JsonNode shuffle = ui.jobs(byTerminal).get(1);
        jobs.forEach(JobsAndStages::printJob);
        printJob(shuffle);
        System.out.println("Stages: /stages/");
        for (JsonNode job : List.of(jobs.get(0), shuffle)) {
            for (JsonNode stage : ui.stages(job)) {
                System.out.printf("    stage %-2s  %s%n", stage.get("stageId"), describe(ui, stage));
            }
        }
    }

    /** Starts a query, and waits until it has processed the input. */
    static StreamingQuery start(String name, Dataset<Row> rows) throws Exception {
        StreamingQuery query = rows.writeStream()
                .queryName(name)
                .outputMode("update")
                .format("noop")
                .start();
        query.processAllAvailable();
        return query;
    }

    /** The lines of a job's description are the query, its ids, and the batch. */
    private static void printJob(JsonNode job) {
        String[] description = job.get("description").asText().split("<br/>|\n");
        System.out.printf(
                "    job %s  %s, %s: %d stages, %s tasks%n",
                job.get("jobId"),
                description[0],
                description[description.length - 1],
                job.get("stageIds").size(),
                job.get("numTasks"));
    }

    private static String describe(SparkUi ui, JsonNode stage) throws Exception {
        if (stage.get("status").asText().equals("SKIPPED")) {
            return "skipped: its output exists already";
        }
        String text = "tasks " + stage.get("numTasks") + ", records read " + stage.get("inputRecords")
                + ", shuffle write " + stage.get("shuffleWriteRecords")
                + ", shuffle read " + stage.get("shuffleReadRecords");
        JsonNode tasks = ui.get("stages/" + stage.get("stageId") + "/0/taskSummary?quantiles=0,1")
                .at("/shuffleReadMetrics/readRecords"); // the smallest and the largest value
        return tasks.get(1).asInt() == 0
                ? text
                : text + ": " + tasks.get(0).asInt() + " in one task, "
                        + tasks.get(1).asInt() + " in the other";
    }

    /** A hundred payments of an hour, some of them at terminal 31 and the others at ten terminals. */
    private String payments(int hour) {
        return IntStream.range(0, 100)
                .mapToObj(i -> String.format("%02d:%02d %d", hour, i % 60, i < hot ? 31 : i % 10))
                .collect(joining(", "));
    }

    public static void main(String[] args) {
        Program.run(new JobsAndStages(), args);
    }
}
