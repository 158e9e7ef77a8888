package workbook.evaluate.quiz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import workbook.check.docs.Page;
import workbook.check.docs.Question;
import workbook.evaluate.exercises.TestWorkbook;
import workbook.evaluate.exercises.UnknownNameException;

class SubjectsTest {

    private final Subjects subjects = Subjects.of(Question.of(new Page(Path.of("QA.md"), TestWorkbook.QA)));

    @ParameterizedTest
    @ValueSource(
            strings = {"state-stores", "state stores", "State Stores", " CONCEPTS.md#state-stores ", "store", "sto sta"
            })
    void findsASubjectInAnyNotation(String typed) {
        assertThat(subjects.find(typed)).extracting(Question.Subject::name).containsExactly("State stores");
    }

    @Test
    void anExactNameWinsOverABeginning() {
        assertThat(subjects.find("state")).extracting(Question.Subject::name).containsExactly("State");
    }

    @Test
    void aBeginningMayMatchSeveralSubjects() {
        assertThat(subjects.find("stat")).extracting(Question.Subject::name).containsExactly("State", "State stores");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"watermrks | Watermarks, ", "lates     | Late rows, ", "sotres    | State stores, ", "?         | "
            })
    void anUnknownSubjectListsTheClosestFirst(String typed, String closest) {
        assertThatThrownBy(() -> subjects.find(typed))
                .isInstanceOf(UnknownNameException.class)
                .satisfies(e -> assertThat(e.getMessage().replace('\n', ' '))
                        .startsWith("There are no questions on " + typed + ". Subjects, closest match first: "
                                + (closest == null ? "" : closest))
                        .contains("State", "Watermarks", "State stores", "Late rows"));
    }
}
