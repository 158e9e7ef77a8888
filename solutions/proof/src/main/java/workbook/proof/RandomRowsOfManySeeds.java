package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import workbook.check.catalog.Workspace;
import workbook.check.checkpoint.CheckpointRunner;
import workbook.check.checkpoint.Checkpoints;
import workbook.check.engine.Engines;
import workbook.check.script.Seed;
import workbook.check.verdict.CheckResult;

/**
 * Checks each exercise with the random rows of many seeds: none may accept {@code Learnt}, the answer that knows only the fixed
 * rows of a checkpoint, and all must accept the answer and each right answer that is written differently. {@code mvn test}
 * does so with one seed; {@code .ci/repeat --random-rows} runs this test.
 *
 * <p>{@code -Drepeat=50} sets the number of seeds, and {@code -Dexercise=RunningTotals,BusiestHours} chooses exercises.
 */
public class RandomRowsOfManySeeds {

    private final int seeds = Integer.getInteger("repeat", 50);

    @AfterAll
    static void stopSpark() {
        Engines.stop();
    }

    @TestFactory
    Stream<DynamicNode> tellWrongAnswersFromRightOnes() {
        return LessonCheckpoints.all(Workspace.current())
                .map(checkpoint -> dynamicContainer(
                        Checkpoints.exercise(checkpoint).toString(),
                        Stream.concat(Stream.of(Checkpoints.answerClass(checkpoint)), Alternatives.of(checkpoint))
                                .map(answer -> dynamicTest(answer.getSimpleName(), () -> check(checkpoint, answer)))));
    }

    private void check(Class<?> checkpoint, Class<?> answer) {
        String randomStep = randomStep(checkpoint);
        boolean isRight = !Alternatives.isLearnt(answer);
        assertThat(LongStream.rangeClosed(1, seeds)
                        .map(number -> number * 314_159 % 1_000_000) // java.util.Random begins alike with 1, 2, 3
                        .mapToObj(Seed::new)
                        .peek(Seed::use)
                        .filter(seed -> CheckpointRunner.passes(checkpoint, answer, randomStep) != isRight))
                .as("seeds whose random rows " + (isRight ? "refuse a right answer" : "accept a wrong answer"))
                .isEmpty();
    }

    /** The first step that refuses the answer that knows only the fixed rows. */
    private static String randomStep(Class<?> checkpoint) {
        Class<?> learnt = Alternatives.of(checkpoint)
                .filter(Alternatives::isLearnt)
                .findFirst()
                .orElseThrow();
        CheckResult result = CheckpointRunner.run(checkpoint, learnt);
        assertThat(result.step()).as(result.toString()).isNotNull();
        return result.step();
    }
}
