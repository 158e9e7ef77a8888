package workbook.check.verdict;

import workbook.check.script.DifferenceText;
import workbook.kit.explain.Lines;

/** A result as text for a terminal: a line with the verdict, and below it the reason and the diagnosis. */
public record CheckResultText(CheckResult result) {

    /** The reason for the verdict; empty for {@link Verdict#SOLVED}. */
    public String reason() {
        return switch (result.verdict()) {
            case SOLVED -> "";
            case UNSOLVED -> "not solved yet, open " + result.exercise().source();
            case WRONG -> "failed: " + result.step() + "\n\n" + Lines.indented(found()) + hints();
            case BROKEN ->
                result.explanation() == null
                        ? "the code does not compile.\n\n" + Lines.indented(result.message())
                        : result.explanation() + step() + hints();
        };
    }

    /** The misconception and its correction, else the note; empty without both. */
    public String diagnosis() {
        Diagnosis mistake = result.diagnosis();
        if (mistake == null) {
            return Lines.wrapped(result.note()).strip();
        }
        String believed = "\"" + mistake.believed() + "\"";
        return ((mistake.isGuess()
                                ? Lines.wrapped("Perhaps: " + believed)
                                : Lines.wrapped("Diagnosis: your code behaves exactly like code with this"
                                                + " misconception:")
                                        + Lines.wrapped(believed))
                        + "\n" + Lines.wrapped(mistake.really()) + "\n"
                        + (mistake.isGuess()
                                ? Lines.wrapped("This is a guess: code with this misconception fails similarly, but not"
                                        + " exactly like yours.")
                                : "")
                        + Lines.wrapped("More: " + mistake.place()))
                .strip();
    }

    /** The reason and the diagnosis. */
    public String whole() {
        return reason() + (diagnosis().isEmpty() ? "" : "\n\n  " + diagnosis());
    }

    @Override
    public String toString() {
        String line = String.format("%-8s  %s", result.verdict(), result.exercise());
        return line + (whole().isEmpty() ? "" : ": " + whole());
    }

    private String found() {
        return result.difference() == null ? result.message() : new DifferenceText(result.difference()).toString();
    }

    private String step() {
        return result.step().isEmpty() ? "" : "\n  Step: " + result.step();
    }

    private String hints() {
        return "\n\n  Hints: " + result.exercise().hint();
    }
}
