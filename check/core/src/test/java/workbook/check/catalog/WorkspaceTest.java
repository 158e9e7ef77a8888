package workbook.check.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {

    @TempDir
    private Path home;

    @BeforeEach
    void twoLessons() throws IOException {
        checkpoint("lesson01/RunningTotals");
        checkpoint("lesson05/DeduplicatePayments");
        checkpoint("lesson05/LateRows");
    }

    @Test
    void listsLessonsAndExercises() {
        assertThat(new Workspace(home).lessons()).containsExactly("01", "05");
        assertThat(new Workspace(home).exercises("05")).containsExactly("DeduplicatePayments", "LateRows");
    }

    @Test
    void anUnknownNameListsTheKnownOnes() {
        assertThat(new Workspace(home).missingMessage("5", null))
                .hasValue("There is no lesson 5 with exercises. Lessons: 01, 05");
        assertThat(new Workspace(home).missingMessage("05", "LateRow"))
                .hasValue("Lesson 05 has no exercise LateRow. Exercises: DeduplicatePayments, LateRows");
        assertThat(new Workspace(home).missingMessage("05", "LateRows")).isEmpty();
        assertThat(new Workspace(home).missingMessage("05", null)).isEmpty();
    }

    private void checkpoint(String name) throws IOException {
        Path file = home.resolve(new Exercise(name.replace('/', '.')).checkpoint());
        Files.createDirectories(file.getParent());
        Files.createFile(file);
    }
}
