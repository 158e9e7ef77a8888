package workbook.evaluate.month;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import workbook.check.catalog.Workspace;

/**
 * What a month consists of, and what it is worth: {@code evaluate/month-10.json}.
 *
 * @param month its number
 * @param rules how points become a score, in sentences
 * @param weeks in order
 */
public record Month(int month, String title, List<String> rules, List<Week> weeks, Capstone capstone) {

    /** The only month of this workbook. */
    public static final int NUMBER = 10;

    /**
     * A part of the month.
     *
     * @param name such as {@code week 1}
     * @param lessons two digits each; some may not be written yet
     * @param points shared by the exercises of these lessons; 0 for a part that is shown only
     */
    public record Week(String name, String title, List<String> lessons, double points) {}

    /**
     * What the capstone's last run is worth.
     *
     * @param points shared by the points of its definition of done that are built
     * @param countsFrom the share, 0 to 1, of the exercises with points that has to be solved first
     */
    public record Capstone(double points, double countsFrom) {}

    /**
     * The month of this workbook.
     *
     * @throws UncheckedIOException if its file cannot be read
     */
    public static Month of(Workspace desk) {
        Path file = desk.home().resolve("evaluate/month-" + NUMBER + ".json");
        try {
            return Json.MAPPER.readValue(Files.readAllBytes(file), Month.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(file + " is not what it should be: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The month's weights cannot be read from " + file + ": " + e.getMessage(), e);
        }
    }

    /** Whether a lesson belongs to this month. */
    public boolean has(String lesson) {
        return weeks.stream().anyMatch(week -> week.lessons().contains(lesson));
    }
}
