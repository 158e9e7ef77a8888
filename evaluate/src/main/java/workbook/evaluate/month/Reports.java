package workbook.evaluate.month;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes the reports of a score: HTML, JSON, Markdown and JUnit XML. */
public final class Reports {

    private final Path folder;

    /** Creates a writer for this folder, which need not exist. */
    public Reports(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes the reports and replaces those of the same month.
     *
     * @param details the full results of exercises, by class name; may be incomplete
     * @return the HTML report
     * @throws UncheckedIOException if a report cannot be written
     */
    public Path write(Score score, Map<String, String> details) {
        String name = "month-" + score.month();
        write(name + ".json", json(score));
        write(name + ".md", MarkdownReport.of(score));
        write(name + ".xml", JunitReport.of(score, details));
        return write(name + ".html", HtmlReport.of(score));
    }

    private static String json(Score score) {
        try {
            return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(score);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Cannot write the score as JSON: " + e.getOriginalMessage(), e);
        }
    }

    private Path write(String name, String text) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(folder);
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the report to " + file + ": " + e.getMessage(), e);
        }
    }
}
