package workbook.evaluate.doctor;

import java.io.PrintStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import workbook.evaluate.doctor.Finding.Level;
import workbook.evaluate.exercises.Paragraph;

/** Runs the checks one after the other and prints each finding at once. */
public final class CheckRunner {

    private static final int MARGIN = 20;

    private final PrintStream out;
    private final Map<Level, Integer> counts = new EnumMap<>(Level.class);

    /** Creates a runner that prints to {@code out}. */
    public CheckRunner(PrintStream out) {
        this.out = out;
    }

    /** Returns whether no check has found a problem. */
    public boolean run(List<Check> checks) {
        checks.forEach(check -> print(check.name(), check.finding()));
        int problems = counts.getOrDefault(Level.PROBLEM, 0);
        out.println();
        out.println(
                problems == 0
                        ? "No problems found."
                        : problems == 1 ? "1 problem to fix." : problems + " problems to fix.");
        return problems == 0;
    }

    private void print(String name, Finding finding) {
        counts.merge(finding.level(), 1, Integer::sum);
        String text =
                finding.consequence().isEmpty() ? finding.summary() : finding.summary() + ". " + finding.consequence();
        out.println(String.format("  %-4s  %-10s  ", finding.level(), name) + Paragraph.hanging(text, MARGIN));
        finding.fix().lines().forEach(line -> out.println(" ".repeat(MARGIN) + line));
    }
}
