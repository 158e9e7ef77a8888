package workbook.evaluate.month;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import workbook.check.catalog.Workspace;

/**
 * The weeks of a month and their points, from {@code evaluate/month-10.json}.
 *
 * @param month the number of the month
 * @param rules the scoring rules in sentences
 * @param weeks in order
 */
public record Month(int month, String title, List<String> rules, List<Week> weeks, Capstone capstone) {

    /** The only month of this workbook. */
    public static final int NUMBER = 10;

    /**
     * A part of the month.
     *
     * @param name such as {@code week 1}
     * @param lessons two digits each; some may not exist yet
     * @param points shared by the exercises of these lessons; 0 for a part without points
     */
    public record Week(String name, String title, List<String> lessons, double points) {}

    /**
     * The points of the capstone's last run.
     *
     * @param points shared by the points of its definition of done
     * @param countsFrom the share, 0 to 1, of the exercises with points that must be solved first
     */
    public record Capstone(double points, double countsFrom) {}

    /**
     * Reads the month of this workbook.
     *
     * @throws UncheckedIOException if its file cannot be read
     */
    public static Month of(Workspace workspace) {
        Path file = workspace.home().resolve("evaluate/month-" + NUMBER + ".json");
        try {
            return Json.MAPPER.readValue(Files.readAllBytes(file), Month.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(file + " is invalid: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot read the points of the month from " + file + ": " + e.getMessage(), e);
        }
    }

    /** Whether a lesson belongs to this month. */
    public boolean has(String lesson) {
        return weeks.stream().anyMatch(week -> week.lessons().contains(lesson));
    }
}
