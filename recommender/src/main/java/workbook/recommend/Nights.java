package workbook.recommend;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lesson14.RecommendStream.Models;
import workbook.kit.ProjectFolder;
import workbook.kit.VersionFolder;

/**
 * The models that nights have published: a {@link VersionFolder} whose versions have the files {@code customers.json},
 * {@code terminals.json} and {@code lists.json}.
 */
final class Nights implements Models {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<Integer, double[]>> VECTORS = new TypeReference<>() {};
    private static final String CUSTOMERS = "customers.json";
    private static final String TERMINALS = "terminals.json";
    private static final String LISTS = "lists.json";

    private final VersionFolder versions;

    /**
     * What a night has computed besides vectors. Terminals are text.
     *
     * @param days of the simulation that it has learned from
     * @param newest the time of the newest payment among them, in ISO 8601
     * @param neighbours of each terminal, the most similar first
     * @param popular the terminals of most customers first
     * @param added those whose first payment was on the last day
     * @param sold those with a payment
     */
    record Lists(
            int days,
            String newest,
            Map<String, List<String>> neighbours,
            List<String> popular,
            List<String> added,
            List<String> sold) {

        Instant newestTime() {
            return Instant.parse(newest);
        }
    }

    /** @param folder need not exist yet; null for {@code .workbook/recommend} */
    Nights(Path folder) {
        Path home = ProjectFolder.find().orElse(Path.of(""));
        versions = new VersionFolder(folder == null ? home.resolve(".workbook/recommend") : folder);
    }

    /** Publishes a model, and returns its version. */
    String publish(Map<Integer, double[]> customers, Map<Integer, double[]> terminals, Lists lists) {
        return versions.publish(folder -> {
            write(folder.resolve(CUSTOMERS), customers);
            write(folder.resolve(TERMINALS), terminals);
            write(folder.resolve(LISTS), lists);
        });
    }

    /** Publishes the current model once more, as the next version. */
    String publishAgain() {
        String version = current();
        return publish(customers(version), terminals(version), lists(version));
    }

    /** @throws IllegalStateException if there is no model yet */
    @Override
    public String current() {
        return versions.currentName()
                .orElseThrow(() -> new IllegalStateException(
                        "There is no model in " + versions.path() + ". Train one: ./jbang recommend train"));
    }

    @Override
    public Map<Integer, double[]> customers(String version) {
        return read(version, CUSTOMERS, VECTORS);
    }

    @Override
    public Map<Integer, double[]> terminals(String version) {
        return read(version, TERMINALS, VECTORS);
    }

    Lists lists(String version) {
        return read(version, LISTS, new TypeReference<Lists>() {});
    }

    Path path() {
        return versions.path();
    }

    private <T> T read(String version, String file, TypeReference<T> type) {
        Path path = versions.version(version).resolve(file);
        try {
            return JSON.readValue(path.toFile(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void write(Path file, Object value) {
        try {
            Files.createDirectories(file.getParent());
            JSON.writeValue(file.toFile(), value);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
