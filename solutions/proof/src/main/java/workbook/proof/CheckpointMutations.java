package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;
import workbook.check.checkpoint.CheckpointRunner;
import workbook.check.checkpoint.ChildFirstClassLoader;
import workbook.check.diagnose.Misconceptions;
import workbook.check.verdict.CheckResult;
import workbook.check.verdict.Verdict;
import workbook.kit.Javac;
import workbook.kit.Scratch;

/**
 * Tests that every expectation and every step of a checkpoint is needed: it removes each in turn, and the proof must then
 * fail, because a misconception or the learnt answer is accepted or two misconceptions behave alike. It takes minutes, so
 * {@code mvn test} does not run it:
 *
 * <pre>{@code mvn test -pl solutions/lesson01 -am -Dtest=CheckpointMutations -Dmutate=lesson01.RunningTotals
 *     -Dsurefire.failIfNoSpecifiedTests=false}</pre>
 */
public class CheckpointMutations {

    private final Workspace workspace = Workspace.current();
    private final String exercise = System.getProperty("mutate", "lesson05.HourlyRevenue");

    @Test
    void noExpectationIsIdle() throws Exception {
        Path checkpoint = workspace.home().resolve(new Exercise(exercise).checkpoint());
        List<CheckpointMutant> mutants = CheckpointMutant.of(Files.readString(checkpoint));
        List<String> survivors = new ArrayList<>();
        for (CheckpointMutant mutant : mutants) {
            String verdict = check(mutant, checkpoint.getFileName().toString());
            System.out.println((verdict.isEmpty() ? "SURVIVED  " : "killed    ") + mutant.without() + "  " + verdict);
            if (verdict.isEmpty()) {
                survivors.add(mutant.without());
            }
        }
        System.out.println(mutants.size() + " expectations taken out, " + survivors.size() + " not missed");
        assertThat(mutants).isNotEmpty();
        assertThat(survivors).isEmpty();
    }

    /** Why the proof fails with this checkpoint; empty if it succeeds. */
    private String check(CheckpointMutant mutant, String file) throws Exception {
        Path classes = compile(mutant, file);
        URL answers =
                Class.forName(exercise).getProtectionDomain().getCodeSource().getLocation();
        URL alternatives = Class.forName(exercise + "Alternatives")
                .getProtectionDomain()
                .getCodeSource()
                .getLocation();
        try (ChildFirstClassLoader loader =
                new ChildFirstClassLoader(classes.toUri().toURL(), answers, alternatives)) {
            Class<?> checkpoint = Class.forName(exercise + "Checkpoint", true, loader);
            return loader.asContextClassLoader(() -> proof(checkpoint));
        }
    }

    private static String proof(Class<?> checkpoint) {
        if (CheckpointRunner.run(checkpoint).verdict() != Verdict.SOLVED) {
            return "the answer is refused";
        }
        Set<String> ways = new HashSet<>();
        for (Class<?> wrong : Misconceptions.of(checkpoint)) {
            CheckResult result = CheckpointRunner.run(checkpoint, wrong);
            if (result.verdict() == Verdict.SOLVED) {
                return wrong.getSimpleName() + " slips through";
            }
            if (result.toString().contains("-Dseed=")) {
                return wrong.getSimpleName() + " is left to the random rows";
            }
            if (!ways.add(result.toString())) {
                return wrong.getSimpleName() + " is refused like another";
            }
        }
        Optional<Class<?>> learnt =
                Alternatives.of(checkpoint).filter(Alternatives::isLearnt).findFirst();
        return learnt.isPresent()
                        && CheckpointRunner.run(checkpoint, learnt.get()).verdict() == Verdict.SOLVED
                ? "the learnt answer slips through"
                : "";
    }

    private static Path compile(CheckpointMutant mutant, String file) throws IOException {
        Path folder = Scratch.folder("mutant-");
        Path source = Files.writeString(folder.resolve(file), mutant.source());
        Path classes = Files.createDirectories(folder.resolve("classes"));
        try (Javac javac = new Javac(System.getProperty("java.class.path"))) {
            assertThat(javac.compile(List.of(source), classes).errors())
                    .as("compiles without " + mutant.without())
                    .isEmpty();
        }
        return classes;
    }
}
