package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;
import workbook.check.checkpoint.Checkpoints;
import workbook.check.verdict.CheckResult;
import workbook.check.verdict.Verdict;

/**
 * Tests that a checkpoint refuses every mutant of its exercise's answer that is not equivalent, and writes the
 * {@linkplain MutantTable table} of those that it accepts. It takes minutes, so {@code mvn test} does not run it;
 * {@code .ci/mutants} does.
 *
 * <p>{@code -Dexercise=RunningTotals,BusiestHours} chooses exercises, {@code -Dverbose} prints what refuses each mutant.
 */
public class AnswerMutations {

    /** The shortest time limit of a mutant, which is otherwise a multiple of what the answer took in a cold JVM. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static MutantJudge judge;

    private final Workspace workspace = Workspace.current();
    private final boolean isVerbose = System.getProperty("verbose") != null;

    @BeforeAll
    static void start() {
        judge = new MutantJudge();
    }

    @AfterAll
    static void end() {
        judge.close();
    }

    @TestFactory
    Stream<DynamicTest> everyMutantIsRefusedOrEquivalent() {
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
        MutantTable table = judge(checkpoint, exercise, reasons);
        table.write(file);
        System.out.printf(
                "%s  %s, %d s%n", exercise.name(), table.summary(), (System.nanoTime() - begin) / 1_000_000_000);
        assertThat(table.unexplained().size())
                .as("accepted mutants that " + workspace.home().relativize(file) + " does not call equivalent")
                .isZero();
    }

    private MutantTable judge(Class<?> checkpoint, Exercise exercise, Map<String, String> reasons) throws IOException {
        String fingerprint = MutantTable.fingerprint(workspace, exercise);
        String source = Files.readString(workspace.home().resolve(exercise.answer()));
        Set<String> known = new HashSet<>();
        Duration limit = limit(checkpoint, compiled(exercise, source, known).orElseThrow());
        List<MutantTable.Accepted> accepted = new ArrayList<>();
        int judged = 0;
        for (AnswerMutant mutant : AnswerMutator.mutants(source)) {
            Optional<MutantJudge.Compiled> compiled = compiled(exercise, mutant.source(), known);
            if (compiled.isPresent()) {
                judged++;
                if (isAccepted(checkpoint, mutant, compiled.get(), limit)) {
                    accepted.add(new MutantTable.Accepted(
                            mutant.line(), mutant.change(), reasons.getOrDefault(mutant.change(), "")));
                }
            }
        }
        return new MutantTable(exercise.name(), fingerprint, judged, accepted);
    }

    /** Compiles a source; empty if it is no valid Java, or has the same class files as an earlier one. */
    private static Optional<MutantJudge.Compiled> compiled(Exercise exercise, String source, Set<String> known)
            throws IOException {
        Optional<MutantJudge.Compiled> compiled = judge.compile(exercise, source);
        if (compiled.isPresent() && !known.add(compiled.get().fingerprint())) {
            compiled.get().delete();
            return Optional.empty();
        }
        return compiled;
    }

    /** The time limit of a mutant, from the time that the answer itself takes, which has to be accepted. */
    private static Duration limit(Class<?> checkpoint, MutantJudge.Compiled answer) {
        long begin = System.nanoTime();
        CheckResult result = judge.check(checkpoint, answer, LIMIT.multipliedBy(6));
        assertThat(result.verdict()).as("the answer itself: %s", result).isEqualTo(Verdict.SOLVED);
        Duration time = Duration.ofNanos(System.nanoTime() - begin).multipliedBy(3);
        return time.compareTo(LIMIT) > 0 ? time : LIMIT;
    }

    private boolean isAccepted(
            Class<?> checkpoint, AnswerMutant mutant, MutantJudge.Compiled compiled, Duration limit) {
        String refused = refused(checkpoint, compiled, limit);
        if (refused.isEmpty() || isVerbose || refused.contains("-Dseed=")) {
            System.out.printf("%s  line %d: %s%n", how(refused), mutant.line(), mutant.change());
        }
        if (isVerbose) {
            System.out.println(refused.indent(8));
        }
        return refused.isEmpty();
    }

    private static String how(String refused) {
        return refused.isEmpty() ? "accepted      " : refused.contains("-Dseed=") ? "by random rows" : "refused       ";
    }

    /** What the checkpoint says about a mutant that it refuses; empty if it accepts it. */
    private static String refused(Class<?> checkpoint, MutantJudge.Compiled compiled, Duration limit) {
        try {
            CheckResult result = judge.check(checkpoint, compiled, limit);
            return result.verdict() == Verdict.SOLVED ? "" : result.toString();
        } catch (IllegalStateException e) {
            return "The checkpoint itself failed: " + e.getMessage();
        }
    }
}
