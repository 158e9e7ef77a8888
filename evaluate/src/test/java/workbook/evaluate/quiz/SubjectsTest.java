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

    private final Subjects topics = Subjects.of(Question.of(new Page(Path.of("QA.md"), TestWorkbook.QA)));

    @ParameterizedTest
    @ValueSource(
            strings = {"state-stores", "state stores", "State Stores", " CONCEPTS.md#state-stores ", "store", "sto sta"
            })
    void findsATopicHoweverItIsTyped(String typed) {
        assertThat(topics.meant(typed)).extracting(Question.Subject::name).containsExactly("State stores");
    }

    @Test
    void aWholeNameIsNotTheBeginningOfAnother() {
        assertThat(topics.meant("state")).extracting(Question.Subject::name).containsExactly("State");
    }

    @Test
    void aBeginningMayMeanSeveralTopics() {
        assertThat(topics.meant("stat")).extracting(Question.Subject::name).containsExactly("State", "State stores");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"watermrks | Watermarks, ", "lates     | Late rows, ", "sotres    | State stores, ", "?         | "
            })
    void whoMistypesIsToldAllTopicsAndTheNearestFirst(String typed, String nearest) {
        assertThatThrownBy(() -> topics.meant(typed))
                .isInstanceOf(UnknownNameException.class)
                .satisfies(e -> assertThat(e.getMessage().replace('\n', ' '))
                        .startsWith("No question is about " + typed + ". There are questions about, the nearest first: "
                                + (nearest == null ? "" : nearest))
                        .contains("State", "Watermarks", "State stores", "Late rows"));
    }
}
