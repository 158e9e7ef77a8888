package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import workbook.check.Desk;
import workbook.check.Exercise;
import workbook.check.Judgement;
import workbook.check.Trial;
import workbook.check.Verdict;

/**
 * A checkpoint judges what an answer does, not how it is written. Right answers in other words are the nested classes of
 * {@code lessonNN.NameAlternatives}; the one named {@code Learnt} knows only what stands in the checkpoint, and is wrong.
 */
class AlternativesTest {

    private static final String LEARNT = "Learnt";

    @AfterAll
    static void stopSpark() {
        Trial.stopSpark();
    }

    @TestFactory
    Stream<DynamicNode> rightAnswersInOtherWordsAreSolved() {
        return Checkpoints.all(Desk.here())
                .map(checkpoint -> dynamicContainer(Exercise.of(checkpoint).toString(), judged(checkpoint)));
    }

    private static Stream<DynamicTest> judged(Class<?> checkpoint) {
        return alternatives(Exercise.of(checkpoint)).map(answer ->
                dynamicTest(answer.getSimpleName(), () -> assertJudgedRightly(answer, Trial.of(checkpoint, answer))));
    }

    private static Stream<Class<?>> alternatives(Exercise exercise) {
        try {
            return Arrays.stream(Class.forName(exercise.type().getName() + "Alternatives").getDeclaredClasses())
                    .filter(exercise.type()::isAssignableFrom)
                    .sorted(Comparator.comparing(Class::getName));
        } catch (ClassNotFoundException e) {
            return Stream.empty();
        }
    }

    private static void assertJudgedRightly(Class<?> answer, Judgement judgement) {
        boolean isLearnt = answer.getSimpleName().equals(LEARNT);
        assertThat(judgement.verdict()).as(judgement.toString()).isEqualTo(isLearnt ? Verdict.WRONG : Verdict.SOLVED);
        if (isLearnt) {
            assertThat(judgement.reason()).contains("random rows; -Dseed=");
        }
    }
}
