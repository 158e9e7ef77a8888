package workbook.check.verdict;

import workbook.check.explain.Lines;
import workbook.check.script.DifferenceText;

/** A result as people read it on a terminal: a line, and below it, if the answer was refused, why. */
public record CheckResultText(CheckResult result) {

    /** Why the answer was refused, without the verdict itself; empty for {@link Verdict#SOLVED}. */
    public String reason() {
        return switch (result.verdict()) {
            case SOLVED -> "";
            case UNSOLVED -> "not solved yet, open " + result.exercise().source();
            case WRONG -> "not true yet: " + result.step() + "\n\n" + Lines.indented(found()) + hints();
            case BROKEN ->
                result.explanation() == null
                        ? "the code does not compile.\n\n" + Lines.indented(result.message())
                        : result.explanation() + hints();
        };
    }

    /** What the learner seems to believe, and what really happens; empty if the mistake was not diagnosis. */
    public String diagnosis() {
        Diagnosis mistake = result.diagnosis();
        return mistake == null
                ? ""
                : (Lines.wrapped("Diagnosis! Your code does exactly what code does that was written in this belief:")
                                + Lines.wrapped("\"" + mistake.believed() + "\"") + "\n"
                                + Lines.wrapped(mistake.really()) + "\n"
                                + Lines.wrapped("More: " + mistake.place()))
                        .strip();
    }

    /** The reason and, if the mistake was diagnosis, what the learner seems to believe. */
    public String whole() {
        return reason() + (result.diagnosis() == null ? "" : "\n\n  " + diagnosis());
    }

    @Override
    public String toString() {
        String line = String.format("%-8s  %s", result.verdict(), result.exercise());
        return line + (whole().isEmpty() ? "" : ": " + whole());
    }

    private String found() {
        return result.difference() == null ? result.message() : new DifferenceText(result.difference()).toString();
    }

    private String hints() {
        return "\n\n  Hints: " + result.exercise().hint();
    }
}
