package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;
import workbook.check.checkpoint.Checkpoints;
import workbook.check.diagnose.Misconceptions;
import workbook.check.process.Limits;
import workbook.check.process.Supervisor;
import workbook.check.verdict.CheckResult;
import workbook.check.verdict.Verdict;

/**
 * Checks each answer repeatedly and expects the same verdict every time. It takes minutes, so {@code mvn test} does not run
 * it; {@code .ci/repeat} does, with a busy machine.
 *
 * <p>{@code -Drepeat=50} sets the number of repetitions, {@code -Dexercise=RunningTotals,BusiestHours} chooses exercises,
 * and {@code -Dmisconceptions} repeats the misconceptions, too.
 */
public class Repetitions {

    private static Supervisor supervisor;

    private final int times = Integer.getInteger("repeat", 50);
    private final boolean withMisconceptions = System.getProperty("misconceptions") != null;

    @BeforeAll
    static void start() {
        supervisor = Supervisor.start(Limits.defaults());
    }

    @AfterAll
    static void end() {
        supervisor.close();
    }

    @TestFactory
    Stream<DynamicTest> theVerdictIsTheSameEveryTime() {
        return LessonCheckpoints.all(Workspace.current()).flatMap(this::repetitions);
    }

    private Stream<DynamicTest> repetitions(Class<?> checkpoint) {
        Exercise exercise = Checkpoints.exercise(checkpoint);
        Stream<Class<?>> wrong = withMisconceptions ? Misconceptions.of(checkpoint).stream() : Stream.empty();
        return Stream.concat(
                Stream.of(dynamicTest(
                        exercise.toString(),
                        () -> assertThat(repeat(checkpoint, Checkpoints.answerClass(checkpoint)))
                                .containsExactly(Verdict.SOLVED))),
                wrong.map(mistake -> dynamicTest(
                        exercise + " " + mistake.getSimpleName(),
                        () -> assertThat(repeat(checkpoint, mistake)).hasSize(1).doesNotContain(Verdict.SOLVED))));
    }

    /** The different verdicts. They are printed with their reasons if there are several, since they may not be reproducible. */
    private Set<Verdict> repeat(Class<?> checkpoint, Class<?> answer) {
        Map<Verdict, CheckResult> verdicts = new TreeMap<>();
        long[] milliseconds = LongStream.range(0, times)
                .map(i -> {
                    long begin = System.nanoTime();
                    CheckResult result = supervisor.check(checkpoint, answer);
                    verdicts.putIfAbsent(result.verdict(), result);
                    return (System.nanoTime() - begin) / 1_000_000;
                })
                .sorted()
                .toArray();
        System.out.printf(
                Locale.ROOT,
                "%-50s  %d times %s, median %.2f s, worst %.2f s%n",
                checkpoint.getPackageName() + "." + answer.getSimpleName(),
                times,
                verdicts.keySet(),
                milliseconds[times / 2] / 1e3,
                milliseconds[times - 1] / 1e3);
        if (verdicts.size() > 1) {
            verdicts.values().forEach(System.out::println);
        }
        return verdicts.keySet();
    }
}
