package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import workbook.check.catalog.Workspace;
import workbook.check.checkpoint.CheckpointRunner;
import workbook.check.checkpoint.Checkpoints;
import workbook.check.engine.Engines;
import workbook.check.verdict.CheckResult;
import workbook.check.verdict.Verdict;

/** A checkpoint checks what an answer does, not how it is written: it accepts right answers that are written differently. */
public class AlternativesTest {

    @AfterAll
    static void stopSpark() {
        Engines.stop();
    }

    @TestFactory
    Stream<DynamicNode> rightAnswersInOtherWordsAreSolved() {
        return LessonCheckpoints.toProveWholly(Workspace.current())
                .map(checkpoint ->
                        dynamicContainer(Checkpoints.exercise(checkpoint).toString(), checks(checkpoint)));
    }

    private static Stream<DynamicTest> checks(Class<?> checkpoint) {
        return Alternatives.of(checkpoint)
                .map(answer -> dynamicTest(
                        answer.getSimpleName(), () -> assertVerdict(answer, CheckpointRunner.run(checkpoint, answer))));
    }

    private static void assertVerdict(Class<?> answer, CheckResult result) {
        boolean isLearnt = Alternatives.isLearnt(answer);
        assertThat(result.verdict()).as(result.toString()).isEqualTo(isLearnt ? Verdict.WRONG : Verdict.SOLVED);
        if (isLearnt) {
            assertThat(result.toString()).contains("random rows, repeat them with -Dseed=");
        }
    }
}
