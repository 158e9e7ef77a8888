package workbook.proof;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;
import workbook.check.checkpoint.Checkpoints;

/**
 * Checks the mutants of each answer, and writes the {@linkplain MutantTable table} of those that its checkpoint accepts.
 * {@link MutantTablesTest} reads the tables. It takes minutes, so {@code mvn test} does not run it; {@code .ci/mutants}
 * does.
 *
 * <p>{@code -Dexercise=RunningTotals,BusiestHours} chooses exercises, {@code -Dverbose} prints what refuses each mutant.
 */
public class AnswerMutations {

    private final Workspace workspace = Workspace.current();
    private final boolean isVerbose = System.getProperty("verbose") != null;

    @TestFactory
    Stream<DynamicTest> theAnswerIsSolvedAndItsMutantsAreChecked() {
        return LessonCheckpoints.all(workspace)
                .map(checkpoint ->
                        dynamicTest(Checkpoints.exercise(checkpoint).toString(), () -> writeTable(checkpoint)));
    }

    private void writeTable(Class<?> checkpoint) throws IOException {
        long begin = System.nanoTime();
        Exercise exercise = Checkpoints.exercise(checkpoint);
        Path file = MutantTable.file(workspace, exercise);
        Map<String, String> reasons =
                Files.exists(file) ? MutantTable.read(file).reasons() : Map.of();
        MutantTable table;
        try (MutantJudge judge = new MutantJudge(checkpoint)) {
            table = table(exercise, judge, reasons);
        }
        table.write(file);
        System.out.printf(Locale.ROOT, "%s  %s, %.0f s%n", exercise.name(), table.summary(), seconds(begin));
    }

    private MutantTable table(Exercise exercise, MutantJudge judge, Map<String, String> reasons) throws IOException {
        String fingerprint = MutantTable.fingerprint(workspace, exercise);
        String source = Files.readString(workspace.home().resolve(exercise.answer()));
        boolean hasNulls = !Files.readString(workspace.home().resolve(exercise.checkpoint()))
                .contains(".notNull()");
        Duration limit = judge.checkAnswer(source);
        List<MutantTable.Accepted> accepted = new ArrayList<>();
        int checked = 0;
        for (AnswerMutant mutant : AnswerMutator.mutants(source, hasNulls)) {
            long begin = System.nanoTime();
            Optional<String> refusal = judge.check(mutant, limit);
            if (refusal.isPresent()) {
                checked++;
                print(mutant, refusal.get(), seconds(begin));
                if (refusal.get().isEmpty()) {
                    String reason = reasons.getOrDefault(mutant.change(), "");
                    accepted.add(new MutantTable.Accepted(mutant.line(), mutant.change(), reason));
                }
            }
        }
        return new MutantTable(exercise.name(), fingerprint, checked, accepted);
    }

    private void print(AnswerMutant mutant, String refusal, double seconds) {
        boolean isByRandomRows = refusal.contains("-Dseed=");
        if (isVerbose || isByRandomRows || refusal.isEmpty()) {
            String verdict = refusal.isEmpty() ? "accepted" : isByRandomRows ? "by random rows" : "refused";
            System.out.printf("%-14s  line %d: %s%n", verdict, mutant.line(), mutant.change());
        }
        if (isVerbose) {
            System.out.printf(Locale.ROOT, "%16s%.1f s%n%s", "", seconds, refusal.indent(16));
        }
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
