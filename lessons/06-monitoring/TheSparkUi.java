///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson06;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.window;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.DurationConverter;
import workbook.kit.Payment;
import workbook.kit.Program;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** Spark's own pages, opened: what to look at, and where. */
@Command(name = "TheSparkUi", mixinStandardHelpOptions = true, description = "Spark's web page, and what to look at.")
public class TheSparkUi implements Callable<Integer> {

    @Option(
            names = "--keep",
            converter = DurationConverter.class,
            defaultValue = "0s",
            description = "say where the page is, and leave it open, for example 5m")
    Duration keep;

    @Option(
            names = "--hot",
            defaultValue = "90",
            description = "how many of 100 payments are made at terminal 31 (default: ${DEFAULT-VALUE})")
    int hot;

    /** What we look for in a plan, of all that its operators count. */
    private static final Set<String> COUNTED = Set.of(
            "number of files read",
            "shuffle records written",
            "number of total state rows",
            "number of removed state rows",
            "number of rows which are dropped by watermark");

    public static void main(String[] args) {
        Program.run(new TheSparkUi(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.named("TheSparkUi")
                .ui(true)
                .set("spark.ui.port", "0")
                .start()) {
            System.out.println("two queries, three files of 100 payments, " + hot + " of them at terminal 31");
            Inbox inbox = Inbox.create();
            Dataset<Row> payments = spark.readStream()
                    .schema(Payment.SCHEMA)
                    .option("maxFilesPerTrigger", 1)
                    .json(inbox.path());
            for (int hour = 9; hour < 12; hour++) {
                inbox.deliver(payments(hour, hot));
            }
            StreamingQuery counts = start("counts", perTerminal(payments));
            StreamingQuery byTerminal = start("by-terminal", payments.repartition(2, col("terminal")));
            Pages pages = new Pages(
                    spark.sparkContext().uiWebUrl().get(), spark.sparkContext().applicationId());

            System.out.println("Jobs: /jobs/");
            List<JsonNode> jobs = jobs(pages, counts);
            jobs.forEach(TheSparkUi::tellJob);
            JsonNode secondJob = jobs(pages, byTerminal).get(1);
            tellJob(secondJob);
            System.out.println("Stages: /stages/");
            for (JsonNode job : List.of(jobs.get(0), secondJob)) {
                for (JsonNode stage : stages(pages, job)) {
                    tellStage(pages, stage);
                }
            }
            System.out.println("SQL / DataFrame: /SQL/");
            tellPlan(pages, jobs.get(2));
            System.out.println("Structured Streaming: /StreamingQuery/");
            pages.find("StreamingQuery/", "Active Streaming Queries \\(2\\)").forEach(TheSparkUi::say);
            System.out.println("one query, by its run id: /StreamingQuery/statistics/?id=…");
            pages.find("StreamingQuery/statistics/?id=" + counts.runId(), "(?<=<strong>)(\\w+ )+\\w+")
                    .forEach(TheSparkUi::say);

            if (!keep.isZero()) {
                System.out.println("open for a look: " + pages.address());
                counts.awaitTermination(keep.toMillis());
            }
            counts.stop();
            byTerminal.stop();
            return 0;
        }
    }

    /** Payments by terminal and hour. */
    public static Dataset<Row> perTerminal(Dataset<Row> payments) {
        return payments.withWatermark("time", "10 minutes")
                .groupBy(window(col("time"), "1 hour"), col("terminal"))
                .agg(count("*").as("payments"));
    }

    /** Starts a query, and waits until it has read what there is. */
    static StreamingQuery start(String name, Dataset<Row> rows) throws Exception {
        StreamingQuery query = rows.writeStream()
                .queryName(name)
                .outputMode("update")
                .format("noop")
                .start();
        query.processAllAvailable();
        return query;
    }

    /** The jobs of a query. Its run id is their group; which batch they belong to stands in their description. */
    static List<JsonNode> jobs(Pages pages, StreamingQuery query) throws Exception {
        long batches = Stream.of(query.recentProgress()) // what is no batch tells of idleness
                .filter(progress -> progress.durationMs().containsKey("addBatch"))
                .count();
        String lastBatch = "batch = " + (batches - 1);
        List<JsonNode> all = pages.list(
                "jobs",
                jobs -> of(query, jobs)
                        .anyMatch(job -> job.get("description").asText().endsWith(lastBatch)
                                && job.get("status").asText().equals("SUCCEEDED")));
        return sorted("jobId", of(query, all));
    }

    private static Stream<JsonNode> of(StreamingQuery query, List<JsonNode> jobs) {
        return jobs.stream()
                .filter(job ->
                        job.path("jobGroup").asText().equals(query.runId().toString()));
    }

    /** The stages of a job, in the order in which they ran. */
    static List<JsonNode> stages(Pages pages, JsonNode job) throws Exception {
        return sorted(
                "stageId",
                pages.list("stages", all -> true).stream()
                        .filter(stage -> contains(job.get("stageIds"), stage.get("stageId"))));
    }

    private static void tellJob(JsonNode job) {
        String[] description = job.path("description").asText().split("<br/>|\n");
        System.out.printf(
                "    job %s  %s, %s: %s stages, %s tasks%n",
                job.get("jobId"),
                description[0],
                description[description.length - 1],
                job.get("stageIds").size(),
                job.get("numTasks"));
    }

    private static void tellStage(Pages pages, JsonNode stage) throws Exception {
        String what = "skipped: what it would make is there";
        if (!stage.get("status").asText().equals("SKIPPED")) {
            JsonNode perTask = pages.get("stages/" + stage.get("stageId") + "/0/taskSummary?quantiles=0,1")
                    .get("shuffleReadMetrics")
                    .get("readRecords");
            what = "tasks " + stage.get("numTasks") + ", records read " + stage.get("inputRecords")
                    + ", shuffled out " + stage.get("shuffleWriteRecords") + ", shuffled in "
                    + stage.get("shuffleReadRecords")
                    + (perTask.get(1).asInt() == 0
                            ? ""
                            : ": by one task " + perTask.get(0).asInt() + ", by another "
                                    + perTask.get(1).asInt());
        }
        System.out.printf("    %-8s  %s%n", "stage " + stage.get("stageId"), what);
    }

    /** The plan of the batch to which a job belongs, from the source to the sink: what its operators have counted. */
    private static void tellPlan(Pages pages, JsonNode job) throws Exception {
        List<JsonNode> executions = pages.list(
                "sql?details=true&length=1000",
                all -> all.stream()
                        .noneMatch(execution -> execution.get("status").asText().equals("RUNNING")));
        JsonNode batch = executions.stream()
                .filter(execution -> contains(execution.get("successJobIds"), job.get("jobId")))
                .findFirst()
                .orElseThrow();
        List<JsonNode> sinkFirst = sorted("nodeId", children(batch.get("nodes")));
        for (int i = sinkFirst.size() - 1; i >= 0; i--) {
            JsonNode node = sinkFirst.get(i);
            children(node.get("metrics"))
                    .filter(metric -> COUNTED.contains(metric.get("name").asText()))
                    .map(metric -> metric.get("name").asText() + " "
                            + metric.get("value").asText())
                    .distinct()
                    .sorted()
                    .forEach(metric -> System.out.printf(
                            "    %-19s  %s%n", node.get("nodeName").asText(), metric));
        }
    }

    private static Stream<JsonNode> children(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static boolean contains(JsonNode list, JsonNode number) {
        return children(list).anyMatch(number::equals);
    }

    private static List<JsonNode> sorted(String by, Stream<JsonNode> nodes) {
        return nodes.sorted(Comparator.comparingInt(node -> node.get(by).asInt()))
                .toList();
    }

    private static void say(String found) {
        System.out.println("    " + found);
    }

    /** The pages, and the same figures as JSON below {@code /api/v1}. They are a moment behind the query. */
    record Pages(String address, String application) {

        private static final HttpClient CLIENT = HttpClient.newHttpClient();

        JsonNode get(String path) throws IOException, InterruptedException {
            return new ObjectMapper().readTree(text("api/v1/applications/" + application + "/" + path));
        }

        /** A list, once it is complete. */
        List<JsonNode> list(String path, Predicate<List<JsonNode>> complete) throws Exception {
            return await(() -> children(get(path)).toList(), complete);
        }

        /** What a page has of a pattern, once it has any. */
        List<String> find(String page, String pattern) throws Exception {
            return await(
                    () -> Pattern.compile(pattern)
                            .matcher(text(page))
                            .results()
                            .map(MatchResult::group)
                            .distinct()
                            .toList(),
                    found -> !found.isEmpty());
        }

        private static <T> T await(Callable<T> look, Predicate<T> enough) throws Exception {
            Instant deadline = Instant.now().plusSeconds(60);
            T seen = look.call();
            while (!enough.test(seen)) {
                if (Instant.now().isAfter(deadline)) {
                    throw new IllegalStateException("Spark's page does not show what is looked for");
                }
                Thread.sleep(50);
                seen = look.call();
            }
            return seen;
        }

        private String text(String path) throws IOException, InterruptedException {
            URI uri = URI.create(address + "/" + path);
            return CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    /** A hundred payments of one hour: so many at terminal 31, the others at ten more. */
    static List<String> payments(int hour, int hot) {
        return IntStream.range(0, 100)
                .mapToObj(i -> String.format(
                        "{\"time\":\"2018-04-01T%02d:%02d:00Z\",\"terminal\":%d}", hour, i % 60, i < hot ? 31 : i % 10))
                .toList();
    }
}
