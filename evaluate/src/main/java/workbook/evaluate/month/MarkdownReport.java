package workbook.evaluate.month;

import java.util.stream.Collectors;

/** The score as Markdown, for the summary of a CI job. */
final class MarkdownReport {

    private MarkdownReport() {}

    static String of(Score score) {
        return "## Month %d: %s of 100\n\n".formatted(score.month(), Points.text(score.total()))
                + text(score.pace().sentence()) + "\n\n"
                + "| | solved | points |\n|---|---:|---:|\n"
                + score.weeks().stream().map(MarkdownReport::week).collect(Collectors.joining())
                + capstone(score.capstone())
                + score.quiz()
                        .map(quiz -> "\nQuiz: %s\n".formatted(text(quiz + ".")))
                        .orElse("")
                + unsolved(score)
                + score.next().map(MarkdownReport::next).orElse("");
    }

    private static String week(Score.Week week) {
        return "| **%s · %s** | %d of %d | %s of %s |\n"
                        .formatted(
                                text(week.name()),
                                text(week.title()),
                                week.solved(),
                                week.count(),
                                Points.text(week.earned()),
                                Points.text(week.points()))
                + week.lessons().stream().map(MarkdownReport::lesson).collect(Collectors.joining());
    }

    private static String lesson(Score.Lesson lesson) {
        return "| lesson %s | %d of %d | %s of %s |\n"
                .formatted(
                        lesson.lesson(),
                        lesson.solved(),
                        lesson.count(),
                        Points.text(lesson.earned()),
                        Points.text(lesson.points()));
    }

    private static String capstone(Score.Capstone capstone) {
        return "| **capstone** %s | | %s of %s |\n"
                .formatted(text(capstone.todo()), Points.text(capstone.earned()), Points.text(capstone.points()));
    }

    private static String unsolved(Score score) {
        String unsolved = score.results()
                .filter(result -> !result.isSolved())
                .map(result -> "| %s | %s | %s |\n"
                        .formatted(text(result.exercise()), result.verdictText(), text(result.diagnosis())))
                .collect(Collectors.joining());
        return unsolved.isEmpty() ? "" : "\n| not solved | verdict | misconception |\n|---|---|---|\n" + unsolved;
    }

    private static String next(NextStep next) {
        return "\nNext: %s. Read %s, then run %s\n"
                .formatted(text(next.task()), text(next.page()), text(next.command()));
    }

    /** Escapes Markdown and HTML. */
    private static String text(String text) {
        return text.replaceAll("\\s+", " ")
                .replaceAll("([\\\\`*_{}\\[\\]()#!|~$])", "\\\\$1")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }
}
