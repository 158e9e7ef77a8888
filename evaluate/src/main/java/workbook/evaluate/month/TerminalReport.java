package workbook.evaluate.month;

import java.util.stream.Collectors;

/** The score as text for a terminal. */
public final class TerminalReport {

    private static final int WIDTH = 30;
    private static final String LINE = "  %-36s [%s]  %s%n";

    private final Score score;

    /** Creates the report of a score. */
    public TerminalReport(Score score) {
        this.score = score;
    }

    /** The whole month, what is missing, and the next step. */
    public String month() {
        StringBuilder text = new StringBuilder(String.format("%nMonth %d · %s%n%n", score.month(), score.title()));
        score.weeks().forEach(week -> text.append(week(week)));
        text.append(capstone()).append(total());
        text.append(String.format("  %s%n", score.pace().sentence()));
        score.quiz().ifPresent(quiz -> text.append(String.format("  Quiz: %s.%n", quiz)));
        return text.append(next()).toString();
    }

    /** One lesson with its exercises. */
    public String lesson(String lesson) {
        Score.Lesson shown = find(lesson);
        String exercises = shown.exercises().stream()
                .map(Score.Item::result)
                .map(result -> String.format("      %-10s  %s%n", result.verdictText(), result.name()))
                .collect(Collectors.joining());
        return String.format("%n")
                + line(
                        "lesson " + lesson,
                        shown.solved(),
                        shown.count(),
                        shown.solved() + " of " + shown.count() + " solved")
                + exercises
                + String.format("%n");
    }

    /** The share of a lesson's exercises that are solved, 0 to 100. */
    public double lessonScore(String lesson) {
        return 100.0 * find(lesson).solved() / find(lesson).count();
    }

    /** The message for a score below {@code --fail-under}. */
    public static String tooLow(double score, double least) {
        return "The score is " + Points.text(score) + ", below --fail-under " + Points.text(least) + ".";
    }

    private Score.Lesson find(String lesson) {
        return score.lessons()
                .filter(each -> each.lesson().equals(lesson))
                .findFirst()
                .orElseThrow();
    }

    private static String week(Score.Week week) {
        String lessons = week.lessons().stream()
                .map(lesson -> "lesson " + lesson.lesson() + "  " + lesson.solved() + " of " + lesson.count())
                .collect(Collectors.joining(" · "));
        return line(week.name() + " · " + week.title(), week.solved(), week.count(), week.figure())
                + (lessons.isEmpty() ? "" : String.format("      %s%n", lessons));
    }

    private String capstone() {
        Score.Capstone capstone = score.capstone();
        String done = capstone.run().stream()
                .flatMap(run -> run.done().stream())
                .map(point -> String.format("      %s %s%n", point.mark(), point.claim()))
                .collect(Collectors.joining());
        String todo = capstone.todo().isEmpty() ? "" : String.format("      %s%n", capstone.todo());
        return line(
                        "capstone · the fraud pipeline",
                        capstone.earned(),
                        capstone.points(),
                        points(capstone.earned(), capstone.points()))
                + done
                + todo;
    }

    private String total() {
        return String.format(
                "%n%s      %s of the %s points available now%n%n",
                line("total", score.total(), 100, Points.text(score.total()) + " of 100"),
                Points.text(score.earned()),
                Points.text(score.points()));
    }

    private String next() {
        return score.next()
                .map(next -> String.format(
                        "  Next: %s%n      read   %s%n      run    %s%n%n", next.task(), next.page(), next.command()))
                .orElse(String.format("  Everything is done.%n%n"));
    }

    private static String points(double earned, double points) {
        return Points.text(earned) + " of " + Points.text(points) + " points";
    }

    private static String line(String name, double part, double whole, String figure) {
        int filled = whole == 0 ? 0 : (int) (WIDTH * part / whole);
        return String.format(LINE, name, "#".repeat(filled) + ".".repeat(WIDTH - filled), figure);
    }
}
