package workbook.evaluate.month;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes a score down: as a page, as JSON, as Markdown and in the XML of JUnit. */
public final class Reports {

    private final Path folder;

    /** Into this folder, which need not exist. */
    public Reports(Path folder) {
        this.folder = folder;
    }

    /**
     * Replaces the reports of the same month.
     *
     * @param reasons why answers were refused, by class name, as far as it is known
     * @return the page
     * @throws UncheckedIOException if one cannot be written
     */
    public Path write(Score score, Map<String, String> reasons) {
        String name = "month-" + score.month();
        write(name + ".json", json(score));
        write(name + ".md", MarkdownReport.of(score));
        write(name + ".xml", JunitReport.of(score, reasons));
        return write(name + ".html", HtmlReport.of(score));
    }

    private static String json(Score score) {
        try {
            return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(score);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("The score could not be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    private Path write(String name, String text) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(folder);
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("The report could not be written to " + file + ": " + e.getMessage(), e);
        }
    }
}
