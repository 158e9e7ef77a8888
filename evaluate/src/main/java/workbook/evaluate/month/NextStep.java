package workbook.evaluate.month;

/**
 * The next step of the learner.
 *
 * @param task an exercise or the capstone
 * @param page the page to read first, relative to the project's folder
 * @param command the command to run
 */
public record NextStep(String task, String page, String command) {}
