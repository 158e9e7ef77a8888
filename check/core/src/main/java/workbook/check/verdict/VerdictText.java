package workbook.check.verdict;

import workbook.check.explain.Lines;
import workbook.check.script.DifferenceText;

/** A judgement as people read it on a terminal: a line, and below it, if the answer was refused, why. */
public record VerdictText(Judgement judgement) {

    /** Why the answer was refused, without the verdict itself; empty for {@link Verdict#SOLVED}. */
    public String reason() {
        return switch (judgement.verdict()) {
            case SOLVED -> "";
            case UNSOLVED -> "not solved yet, open " + judgement.exercise().source();
            case WRONG -> "not true yet: " + judgement.step() + "\n\n" + Lines.indented(found()) + hints();
            case BROKEN ->
                judgement.explanation() == null
                        ? "the code does not compile.\n\n" + Lines.indented(judgement.message())
                        : judgement.explanation() + hints();
        };
    }

    /** What the learner seems to believe, and what really happens; empty if the mistake was not recognised. */
    public String recognised() {
        Recognised mistake = judgement.recognised();
        return mistake == null
                ? ""
                : (Lines.wrapped("Recognised! Your code does exactly what code does that was written in this belief:")
                                + Lines.wrapped("\"" + mistake.believed() + "\"") + "\n"
                                + Lines.wrapped(mistake.really()) + "\n"
                                + Lines.wrapped("More: " + mistake.place()))
                        .strip();
    }

    /** The reason and, if the mistake was recognised, what the learner seems to believe. */
    public String whole() {
        return reason() + (judgement.recognised() == null ? "" : "\n\n  " + recognised());
    }

    @Override
    public String toString() {
        String line = String.format("%-8s  %s", judgement.verdict(), judgement.exercise());
        return line + (whole().isEmpty() ? "" : ": " + whole());
    }

    private String found() {
        return judgement.difference() == null
                ? judgement.message()
                : new DifferenceText(judgement.difference()).toString();
    }

    private String hints() {
        return "\n\n  Hints: " + judgement.exercise().hint();
    }
}
