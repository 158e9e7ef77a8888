package workbook.kit.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;

/**
 * Reads Spark's web UI: its pages, and the REST API behind them. Both trail the queries by some milliseconds, so most
 * methods wait until the figures are complete.
 */
public final class SparkUi {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long PAUSE_MILLIS = 50;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper mapper = new ObjectMapper();
    private final String address;
    private final String application;

    /**
     * The UI of a session that was started with {@link LocalSpark#ui}.
     *
     * @throws IllegalArgumentException if the session has none
     */
    public SparkUi(SparkSession spark) {
        if (spark.sparkContext().uiWebUrl().isEmpty()) {
            throw new IllegalArgumentException("The session has no web UI. Start it with LocalSpark's ui(true).");
        }
        address = spark.sparkContext().uiWebUrl().get();
        application = spark.sparkContext().applicationId();
    }

    /** The URL of the UI, for a browser. */
    public String address() {
        return address;
    }

    /** Prints the URL and waits, so that you can open the UI in a browser; does nothing for a duration of 0. */
    public void keepOpen(Duration duration) throws InterruptedException {
        if (!duration.isZero()) {
            System.out.println("open in a browser: " + address);
            Thread.sleep(duration.toMillis());
        }
    }

    /** The jobs of a streaming query, by id, up to the last batch that the query has completed. */
    public List<JsonNode> jobs(StreamingQuery query) throws Exception {
        long batches = Stream.of(query.recentProgress())
                .filter(progress -> progress.durationMs().containsKey("addBatch"))
                .count();
        String lastBatch = "batch = " + (batches - 1);
        return await(
                () -> sorted("jobId", elements(get("jobs")).filter(job -> belongsTo(query, job))),
                jobs -> jobs.stream()
                        .anyMatch(job -> job.get("description").asText().endsWith(lastBatch)
                                && has(job, "status", "SUCCEEDED")));
    }

    /** The stages of a job, by id. */
    public List<JsonNode> stages(JsonNode job) throws Exception {
        return sorted(
                "stageId",
                elements(get("stages")).filter(stage -> contains(job.get("stageIds"), stage.get("stageId"))));
    }

    /** The operators in the SQL plan of a job that has succeeded, from the source to the sink. */
    public List<JsonNode> plan(JsonNode job) throws Exception {
        List<JsonNode> executions = await(
                () -> elements(get("sql?details=true&length=1000")).toList(),
                all -> all.stream().noneMatch(execution -> has(execution, "status", "RUNNING")));
        JsonNode execution = executions.stream()
                .filter(candidate -> contains(candidate.get("successJobIds"), job.get("jobId")))
                .findFirst()
                .orElseThrow();
        List<JsonNode> operators = new ArrayList<>(sorted("nodeId", elements(execution.get("nodes"))));
        Collections.reverse(operators);
        return operators;
    }

    /** The distinct matches of a pattern on a page such as {@code StreamingQuery/}, as soon as there is one. */
    public List<String> find(String page, String pattern) throws Exception {
        return await(
                () -> Pattern.compile(pattern)
                        .matcher(text(page))
                        .results()
                        .map(MatchResult::group)
                        .distinct()
                        .toList(),
                found -> !found.isEmpty());
    }

    /** What the REST API returns now for a path below {@code /api/v1/applications/<id>/}. */
    public JsonNode get(String path) throws IOException, InterruptedException {
        return mapper.readTree(text("api/v1/applications/" + application + "/" + path));
    }

    /** Some metrics of an operator in a plan, with their values, in alphabetical order. */
    public static List<String> metrics(JsonNode operator, Set<String> names) {
        return elements(operator.get("metrics"))
                .filter(metric -> names.contains(metric.get("name").asText()))
                .map(metric ->
                        metric.get("name").asText() + " " + metric.get("value").asText())
                .distinct()
                .sorted()
                .toList();
    }

    /** The elements of a JSON array. */
    public static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static boolean belongsTo(StreamingQuery query, JsonNode job) {
        return has(job, "jobGroup", query.runId().toString());
    }

    private static boolean has(JsonNode node, String field, String value) {
        return node.path(field).asText().equals(value);
    }

    private static boolean contains(JsonNode array, JsonNode number) {
        return elements(array).anyMatch(number::equals);
    }

    private static List<JsonNode> sorted(String by, Stream<JsonNode> nodes) {
        return nodes.sorted(Comparator.comparingInt(node -> node.get(by).asInt()))
                .toList();
    }

    private static <T> T await(Callable<T> look, Predicate<T> complete) throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE);
        T found = look.call();
        while (!complete.test(found)) {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("Spark's web UI does not show the expected figures within a minute.");
            }
            Thread.sleep(PAUSE_MILLIS);
            found = look.call();
        }
        return found;
    }

    private String text(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address + "/" + path)).build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("Spark's web UI returns status " + response.statusCode() + " for /" + path);
        }
        return response.body();
    }
}
