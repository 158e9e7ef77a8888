package workbook.kit.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One commit of a Delta table: a file of its log, which has one action per line.
 *
 * @param version the version that it created, from 0
 * @param actions each an object with one field, whose name is its kind: {@code add}, {@code remove}, {@code cdc}, {@code
 *     metaData}, {@code protocol}, {@code txn}, {@code commitInfo}
 */
public record Commit(long version, List<JsonNode> actions) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** All commits that are in the log of this table, the oldest first; none if the folder is not a Delta table. */
    public static List<Commit> of(Path table) {
        List<Commit> commits = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(table.resolve("_delta_log"), "[0-9]*.json")) {
            for (Path file : files) {
                commits.add(read(file));
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the log of " + table + ": " + e.getMessage(), e);
        }
        commits.sort(Comparator.comparing(Commit::version));
        return commits;
    }

    private static Commit read(Path file) throws IOException {
        List<JsonNode> actions = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            actions.add(JSON.readTree(line));
        }
        return new Commit(Long.parseLong(file.getFileName().toString().replace(".json", "")), List.copyOf(actions));
    }

    /** What wrote it: {@code WRITE}, {@code MERGE}, {@code DELETE}, {@code OPTIMIZE}, … */
    public String operation() {
        return actions("commitInfo")
                .map(info -> info.path("operation").asText())
                .findFirst()
                .orElse("");
    }

    /** What the writer counted, such as {@code numTargetRowsUpdated}. */
    public Map<String, Long> metrics() {
        return actions("commitInfo")
                .flatMap(info -> info.path("operationMetrics").properties().stream())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, metric -> metric.getValue().asLong()));
    }

    /** The data files that it added, as paths relative to the table. */
    public List<String> added() {
        return paths("add");
    }

    /** The data files that it removed from the table; they stay on disk until a VACUUM. */
    public List<String> removed() {
        return paths("remove");
    }

    /** The fields of its actions of one kind. */
    public Stream<JsonNode> actions(String kind) {
        return actions.stream().filter(action -> action.has(kind)).map(action -> action.get(kind));
    }

    private List<String> paths(String kind) {
        return actions(kind).map(action -> action.path("path").asText()).toList();
    }
}
