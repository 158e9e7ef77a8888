package workbook.evaluate.exercises;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import workbook.check.catalog.Workspace;

/** The pages of this workbook have the format that the commands expect. */
class WorkbookTest {

    private final Workspace workspace = Workspace.current();

    @Test
    void everyExerciseHasThreeHints() {
        Hints hints = new Hints(workspace);
        assertThat(new Lookup(workspace).all())
                .isNotEmpty()
                .allSatisfy(exercise -> assertThat(hints.sections(exercise))
                        .hasSize(3)
                        .allSatisfy(hint -> assertThat(hint).matches("(?s)## [123] · .*")));
    }

    @Test
    void everyLessonsPageHasATaskForEachExercise() {
        assertThat(workspace.lessons()).isNotEmpty().allSatisfy(lesson -> {
            LessonPage page = LessonPage.of(workspace, lesson);
            assertThat(page.title()).startsWith(lesson + " · ");
            assertThat(page.exercises())
                    .isNotEmpty()
                    .allSatisfy(exercise -> assertThat(page.task(exercise)).isNotBlank());
        });
    }
}
