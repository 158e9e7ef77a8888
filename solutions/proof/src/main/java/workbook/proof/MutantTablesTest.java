package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;
import workbook.check.checkpoint.Checkpoints;

/**
 * Reads the tables that {@code .ci/mutants} writes: every accepted mutant is equivalent, and few are. It judges no mutant;
 * {@code .ci/run} does where an answer or a checkpoint has changed.
 */
public class MutantTablesTest {

    private static final int PERCENT_EQUIVALENT = 10;

    private final Workspace workspace = Workspace.current();

    @TestFactory
    Stream<DynamicTest> everyAcceptedMutantIsEquivalent() {
        return LessonCheckpoints.all(workspace)
                .map(Checkpoints::exercise)
                .map(exercise -> dynamicTest(exercise.toString(), () -> isAccountedFor(exercise)));
    }

    private void isAccountedFor(Exercise exercise) throws IOException {
        Path file = MutantTable.file(workspace, exercise);
        assertThat(file)
                .as("the table that .ci/mutants %s writes", exercise.name())
                .exists();
        MutantTable table = MutantTable.read(file);
        if (!table.fingerprint().equals(MutantTable.fingerprint(workspace, exercise))) {
            System.out.println("The answer or the checkpoint of " + exercise.name() + " has changed: run .ci/mutants "
                    + exercise.name());
        }
        assertThat(table.unexplained())
                .as("accepted mutants that " + file + " does not call equivalent")
                .isEmpty();
        assertThat(table.equivalent() * 100)
                .as("equivalent mutants, in percent of " + table.mutants() + ", times that number")
                .isLessThan((long) PERCENT_EQUIVALENT * table.mutants());
    }
}
