///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/src/main/java/workbook/kit/*.java
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.DurationConverter;
import workbook.kit.Inbox;
import workbook.kit.LocalSpark;
import workbook.kit.Payment;
import workbook.kit.Program;

/** Spark's own pages, opened: what to look at, and where. */
@Command(name = "TheSparkUi", mixinStandardHelpOptions = true, description = "Spark's web page, and what to look at.")
public class TheSparkUi implements Callable<Integer> {

    @Option(names = "--keep", converter = DurationConverter.class, defaultValue = "0s",
            description = "say where the page is, and leave it open, for example 5m")
    Duration keep;

    @Option(names = "--hot", defaultValue = "90",
            description = "how many of 100 payments are made at terminal 31 (default: ${DEFAULT-VALUE})")
    int hot;

    public static void main(String[] args) {
        Program.run(new TheSparkUi(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.named("TheSparkUi").ui(true).set("spark.ui.port", "0").start()) {
            Inbox inbox = Inbox.create();
            Dataset<Row> payments = spark.readStream().schema(Payment.SCHEMA)
                    .option("maxFilesPerTrigger", 1).json(inbox.path());
            for (int hour = 9; hour < 12; hour++) {
                inbox.deliver(payments(hour, hot));
            }
            StreamingQuery counts = start("counts", perTerminal(payments));
            StreamingQuery byTerminal = start("by-terminal", payments.repartition(col("terminal")));
            Pages pages = new Pages(spark.sparkContext().uiWebUrl().get(), spark.sparkContext().applicationId());

            System.out.println("Jobs: /jobs/");
            List<JsonNode> jobs = jobs(pages, counts);
            jobs.forEach(TheSparkUi::tellJob);
            System.out.println("Stages: /stages/");
            for (JsonNode stage : stages(pages, jobs.get(0))) {
                tellStage(stage);
            }
            System.out.println("one stage: /stages/stage/?id=…, records that its tasks read, least and most");
            for (StreamingQuery query : List.of(counts, byTerminal)) {
                List<JsonNode> stages = stages(pages, jobs(pages, query).get(0));
                System.out.printf("    %-11s  %s%n", query.name(), leastAndMost(pages, stages.get(stages.size() - 1)));
            }
            System.out.println("Structured Streaming: /StreamingQuery/");
            pages.find("StreamingQuery/", "(Active|Completed) Streaming Queries \\(\\d+\\)")
                    .forEach(found -> System.out.println("    " + found));
            System.out.println("one query: /StreamingQuery/statistics/?id=…");
            pages.find("StreamingQuery/statistics/?id=" + counts.runId(), "(?<=<strong>)[A-Z][\\w ]+\\w")
                    .forEach(found -> System.out.println("    " + found));

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
        StreamingQuery query = rows.writeStream().queryName(name).outputMode("update").format("noop").start();
        query.processAllAvailable();
        return query;
    }

    /** The jobs of a query. Its run id is their group; which batch they belong to stands in their description. */
    static List<JsonNode> jobs(Pages pages, StreamingQuery query) throws Exception {
        return pages.api("jobs", all -> all.stream().allMatch(job -> job.get("status").asText().equals("SUCCEEDED")))
                .stream()
                .filter(job -> job.path("jobGroup").asText().equals(query.runId().toString()))
                .sorted((one, other) -> one.get("jobId").asInt() - other.get("jobId").asInt())
                .toList();
    }

    /** The stages of a job, in the order in which they ran. */
    static List<JsonNode> stages(Pages pages, JsonNode job) throws Exception {
        List<Integer> ids = new ArrayList<>();
        job.get("stageIds").forEach(id -> ids.add(id.asInt()));
        return pages.api("stages", all -> all.stream().noneMatch(stage -> stage.get("status").asText().equals("ACTIVE")))
                .stream()
                .filter(stage -> ids.contains(stage.get("stageId").asInt()))
                .sorted((one, other) -> one.get("stageId").asInt() - other.get("stageId").asInt())
                .toList();
    }

    private static void tellJob(JsonNode job) {
        String[] description = job.path("description").asText().split("<br/>|\n");
        System.out.printf("    job %s  %s, %s: %s stages, %s tasks%n", job.get("jobId"), description[0],
                description[description.length - 1], job.get("stageIds").size(), job.get("numTasks"));
    }

    private static void tellStage(JsonNode stage) {
        System.out.printf("    stage %s  %s tasks: %s records read, %s shuffled in, %s shuffled out%n", stage.get("stageId"),
                stage.get("numTasks"), stage.get("inputRecords"), stage.get("shuffleReadRecords"),
                stage.get("shuffleWriteRecords"));
    }

    /** What the page of a stage shows as a table of quantiles. */
    private static String leastAndMost(Pages pages, JsonNode stage) throws Exception {
        JsonNode records = pages.get("stages/" + stage.get("stageId") + "/0/taskSummary?quantiles=0,1")
                .get("shuffleReadMetrics").get("readRecords");
        return records.get(0).asInt() + ", " + records.get(1).asInt();
    }

    /** The pages, and the same figures as JSON below {@code /api/v1}. They are a little behind the query. */
    record Pages(String address, String application) {

        private static final HttpClient CLIENT = HttpClient.newHttpClient();

        JsonNode get(String path) throws IOException, InterruptedException {
            return new ObjectMapper().readTree(text("api/v1/applications/" + application + "/" + path));
        }

        /** A list, asked for again until it is complete. */
        List<JsonNode> api(String path, Predicate<List<JsonNode>> complete) throws IOException, InterruptedException {
            List<JsonNode> list;
            do {
                list = StreamSupport.stream(get(path).spliterator(), false).toList();
            } while (!complete.test(list));
            return list;
        }

        List<String> find(String page, String pattern) throws IOException, InterruptedException {
            return Pattern.compile(pattern).matcher(text(page)).results().map(found -> found.group()).distinct().toList();
        }

        private String text(String path) throws IOException, InterruptedException {
            URI uri = URI.create(address + "/" + path);
            return CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    /** A hundred payments of one hour: so many at terminal 31, the others at ten more. */
    static List<String> payments(int hour, int hot) {
        return IntStream.range(0, 100)
                .mapToObj(i -> String.format("{\"time\":\"2018-04-01T%02d:%02d:00Z\",\"terminal\":%d}",
                        hour, i % 60, i < hot ? 31 : i % 10))
                .toList();
    }
}
