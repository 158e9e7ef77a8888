package workbook.evaluate.exercises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import workbook.check.catalog.Exercise;

class LookupTest {

    @TempDir
    private Path home;

    private TestWorkbook workbook;
    private Lookup lookup;

    @BeforeEach
    void open() {
        workbook = new TestWorkbook(home);
        lookup = new Lookup(workbook.workspace());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HourlyRevenue",
                "hourlyrevenue",
                " HOURLYREVENUE ",
                "05/HourlyRevenue",
                "5/hourlyrevenue",
                "lesson05.HourlyRevenue",
                "HourlyRevenue.java",
                "exercises/lesson05/src/main/java/lesson05/HourlyRevenue.java",
                "exercises\\src\\main\\java\\lesson05\\HourlyRevenue.java",
                "exercises/lesson05/hints/HourlyRevenue.md"
            })
    void findsAnExerciseInAnyNotation(String typed) {
        assertThat(lookup.exercise(typed)).isEqualTo(TestWorkbook.REVENUE);
        assertThat(lookup.exercises(typed)).containsExactly(TestWorkbook.REVENUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "05", "lesson05", "05-watermarks"})
    void findsTheExercisesOfALessonInTheOrderOfItsPage(String typed) {
        assertThat(lookup.lesson(typed)).isEqualTo("05");
        assertThat(lookup.exercises(typed)).containsExactly(TestWorkbook.REVENUE, TestWorkbook.DUPLICATES);
    }

    @Test
    void exercisesMissingOnThePageComeLast() {
        Exercise fresh = new Exercise("lesson05.AFreshOne");
        workbook.add(fresh);
        assertThat(lookup.all())
                .containsExactly(TestWorkbook.TOTALS, TestWorkbook.REVENUE, TestWorkbook.DUPLICATES, fresh);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HourlyRevenu | There is no exercise HourlyRevenu. Did you mean HourlyRevenue?",
                "houlryrevnue | There is no exercise houlryrevnue. Did you mean HourlyRevenue?",
                "payments | There is no exercise payments. Did you mean DeduplicatePayments?",
                "01/HourlyRevenue | There is no exercise 01/HourlyRevenue. Did you mean HourlyRevenue?",
                "Zebra | There is no exercise Zebra. './jbang list' shows all exercises.",
                "/ | There is no exercise /. './jbang list' shows all exercises.",
                "05 | Which exercise of lesson 05? Exercises: HourlyRevenue, DeduplicatePayments",
                "7 | There is no lesson 07 with exercises. There are: 01, 05"
            })
    void suggestsTheClosestNames(String typed, String message) {
        assertThatThrownBy(() -> lookup.exercise(typed))
                .isInstanceOf(UnknownNameException.class)
                .hasMessage(message);
    }

    @Test
    void theClosestNameComesFirst() {
        workbook.add(new Exercise("lesson05.DailyRevenue"));
        assertThatThrownBy(() -> lookup.exercise("DaylyRevenue"))
                .hasMessage("There is no exercise DaylyRevenue. Did you mean DailyRevenue or HourlyRevenue?");
    }

    @Test
    void anAmbiguousNameNeedsItsLesson() {
        Exercise twin = new Exercise("lesson01.HourlyRevenue");
        workbook.add(twin);
        assertThat(lookup.exercise("1/hourlyrevenue")).isEqualTo(twin);
        assertThatThrownBy(() -> lookup.exercise("hourlyrevenue"))
                .hasMessage("Several lessons have HourlyRevenue. Specify one: 01/HourlyRevenue, 05/HourlyRevenue");
    }

    @Test
    void anUnknownLessonIsRejected() {
        assertThatThrownBy(() -> lookup.lesson("windows")).hasMessage("There is no lesson windows. Lessons: 01, 05");
        assertThatThrownBy(() -> lookup.lesson("99"))
                .hasMessage("There is no lesson 99 with exercises. There are: 01, 05");
    }
}
