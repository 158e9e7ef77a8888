package workbook.evaluate.month;

/**
 * What to do next.
 *
 * @param what an exercise, or the capstone's run
 * @param page to read first, seen from the project's folder
 * @param command to type
 */
public record NextStep(String what, String page, String command) {}
