package workbook.kit.spark;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import workbook.kit.Scratch;

/**
 * The checkpoint folder of a streaming query, with its offset log and its commit log.
 *
 * @param path the value of the option {@code checkpointLocation}
 */
public record CheckpointFolder(Path path) {

    /** A new folder, which is deleted when the JVM ends. */
    public static CheckpointFolder create() {
        return new CheckpointFolder(Scratch.folder("checkpoint-"));
    }

    /** The batches in the offset log: those that were planned. */
    public List<Integer> offsets() throws IOException {
        return batches("offsets");
    }

    /** The batches in the commit log: those that were completed. */
    public List<Integer> commits() throws IOException {
        return batches("commits");
    }

    /** The offset where a batch ends, of a query with one source: the last line of its entry in the offset log. */
    public String endOffset(int batch) throws IOException {
        List<String> lines = Files.readAllLines(path.resolve("offsets/" + batch));
        return lines.get(lines.size() - 1);
    }

    /**
     * The versions in the folder of a state store, by type of file: {@code {changelog=1 2 3, zip=2}}.
     *
     * @param store the folder below the checkpoint, such as {@code state/0/0}
     */
    public Map<String, String> storeVersions(String store) throws IOException {
        try (Stream<Path> files = Files.list(path.resolve(store)).sorted()) {
            return files.map(file -> file.getFileName().toString().split("\\."))
                    .filter(name -> name[0].matches("\\d+")) // Names that start with a dot are checksums.
                    .collect(groupingBy(name -> name[1], TreeMap::new, mapping(name -> name[0], joining(" "))));
        }
    }

    /** Waits until a state store has uploaded the snapshot of a version; it does so in the background. */
    public void awaitSnapshot(String store, int version) throws InterruptedException {
        while (!Files.exists(path.resolve(store).resolve(version + ".zip"))) {
            Thread.sleep(20);
        }
    }

    private List<Integer> batches(String log) throws IOException {
        Path folder = path.resolve(log);
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d+"))
                    .map(Integer::valueOf)
                    .sorted()
                    .toList();
        }
    }

    /** The folder, as the option takes it. */
    @Override
    public String toString() {
        return path.toString();
    }
}
