package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import workbook.check.catalog.Workspace;
import workbook.check.checkpoint.CheckpointRunner;
import workbook.check.checkpoint.Checkpoints;
import workbook.check.engine.Engines;
import workbook.check.script.Seed;
import workbook.check.verdict.CheckResult;

/**
 * Checks {@code Learnt}, the answer that knows only the fixed rows of a checkpoint, with the random rows of many seeds: all
 * must refuse it. {@code mvn test} does so with one seed; {@code .ci/repeat --random-rows} runs this test.
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
    Stream<DynamicTest> refuseWhatKnowsOnlyTheFixedRows() {
        return LessonCheckpoints.all(Workspace.current())
                .flatMap(checkpoint -> Alternatives.of(checkpoint)
                        .filter(Alternatives::isLearnt)
                        .map(learnt -> dynamicTest(
                                Checkpoints.exercise(checkpoint).toString(),
                                () -> assertThat(accepting(checkpoint, learnt)).isEmpty())));
    }

    /** The seeds whose random rows do not refuse the answer. */
    private List<Seed> accepting(Class<?> checkpoint, Class<?> learnt) {
        CheckResult first = CheckpointRunner.run(checkpoint, learnt);
        assertThat(first.step()).as(first.toString()).isNotNull();
        return LongStream.rangeClosed(1, seeds)
                .mapToObj(Seed::new)
                .peek(Seed::use)
                .filter(seed -> CheckpointRunner.passes(checkpoint, learnt, first.step()))
                .toList();
    }
}
