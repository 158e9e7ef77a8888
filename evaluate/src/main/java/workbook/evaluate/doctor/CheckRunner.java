package workbook.evaluate.doctor;

import java.io.PrintStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import workbook.evaluate.doctor.Finding.Level;
import workbook.evaluate.exercises.Paragraph;

/** Looks at one thing after the other, and tells each as soon as it is known. */
public final class CheckRunner {

    private static final int MARGIN = 20;

    private final PrintStream out;
    private final Map<Level, Integer> counts = new EnumMap<>(Level.class);

    /** An examination that tells what it finds here. */
    public CheckRunner(PrintStream out) {
        this.out = out;
    }

    /** Whether everything that is needed is there. */
    public boolean passes(List<Check> topics) {
        topics.forEach(topic -> tell(topic.name(), topic.finding()));
        int needed = counts.getOrDefault(Level.NEEDED, 0);
        out.println();
        out.println(
                needed == 0
                        ? "Everything needed is here."
                        : needed == 1 ? "1 thing to mend." : needed + " things to mend.");
        return needed == 0;
    }

    private void tell(String name, Finding finding) {
        counts.merge(finding.level(), 1, Integer::sum);
        String text = finding.means().isEmpty() ? finding.what() : finding.what() + ". " + finding.means();
        out.println(String.format("  %-4s  %-10s  ", finding.level(), name) + Paragraph.hanging(text, MARGIN));
        finding.mend().lines().forEach(line -> out.println(" ".repeat(MARGIN) + line));
    }
}
