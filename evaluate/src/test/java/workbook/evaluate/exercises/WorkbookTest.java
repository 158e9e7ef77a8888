package workbook.evaluate.exercises;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import workbook.check.catalog.Workspace;

/** The pages of this workbook are written as the commands read them. */
class WorkbookTest {

    private final Workspace desk = Workspace.current();

    @Test
    void everyExerciseHasThreeHints() {
        Hints hints = new Hints(desk);
        assertThat(new Lookup(desk).all())
                .isNotEmpty()
                .allSatisfy(exercise -> assertThat(hints.sections(exercise))
                        .hasSize(3)
                        .allSatisfy(hint -> assertThat(hint).matches("(?s)## [123] · .*")));
    }

    @Test
    void everyLessonsPageSaysWhatItsExercisesAsk() {
        assertThat(desk.lessons()).isNotEmpty().allSatisfy(lesson -> {
            LessonPage page = LessonPage.of(desk, lesson);
            assertThat(page.title()).startsWith(lesson + " · ");
            assertThat(page.exercises())
                    .isNotEmpty()
                    .allSatisfy(exercise -> assertThat(page.task(exercise)).isNotBlank());
        });
    }
}
