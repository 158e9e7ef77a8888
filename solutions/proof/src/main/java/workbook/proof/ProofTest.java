package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import workbook.check.Unsolved;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;
import workbook.check.checkpoint.CheckpointRunner;
import workbook.check.checkpoint.Checkpoints;
import workbook.check.diagnose.Misconceptions;
import workbook.check.engine.Engines;
import workbook.check.verdict.CheckResult;
import workbook.check.verdict.Verdict;

/**
 * Proves that the checkpoints decide rightly: each starter is UNSOLVED, each answer SOLVED, each misconception refused.
 * It finds the exercises of its lesson. {@code -Dproof=answers} checks only the answers.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public class ProofTest {

    private static final int MISCONCEPTIONS_AT_LEAST = 4;

    private final Workspace workspace = Workspace.current();

    @AfterAll
    static void stopSpark() {
        Engines.stop();
    }

    @TestFactory
    @Order(1)
    Stream<DynamicNode> everyExerciseIsComplete() {
        return each(this::isComplete);
    }

    @TestFactory
    @Order(2)
    Stream<DynamicNode> everyAnswerIsSolved() {
        return each(ProofTest::isSolved);
    }

    @TestFactory
    @Order(3)
    Stream<DynamicNode> everyMisconceptionIsRefusedInItsOwnWay() {
        return LessonCheckpoints.toProveWholly(workspace).map(checkpoint -> {
            Map<Class<?>, CheckResult> known = new LinkedHashMap<>();
            Exercise exercise = Checkpoints.exercise(checkpoint);
            return dynamicContainer(
                    exercise.toString(),
                    Misconceptions.of(checkpoint).stream()
                            .map(wrong ->
                                    dynamicTest(wrong.getSimpleName(), () -> isRefused(checkpoint, wrong, known))));
        });
    }

    /** Runs last, since it stops Spark: the starters' tasks must not load the answers, which have the same names. */
    @TestFactory
    @Order(4)
    Stream<DynamicNode> everyStarterIsUnsolved() {
        Starters starters = new Starters(workspace);
        return LessonCheckpoints.toProveWholly(workspace)
                .map(checkpoint -> test(checkpoint, one -> isUnsolved(one, starters)));
    }

    private void isComplete(Class<?> checkpoint) throws IOException {
        Exercise exercise = Checkpoints.exercise(checkpoint);
        assertThat(checkpoint.getName()).as("its checkpoint").isEqualTo(exercise.className() + "Checkpoint");
        assertThat(workspace.home().resolve(exercise.source()))
                .as("its starter")
                .isRegularFile();
        assertThat(workspace.home().resolve(exercise.hint())).as("its hints").isRegularFile();
        assertThat(page(exercise)).as("its lesson's page").contains(exercise.source(), exercise.hint());
        assertThat(Misconceptions.of(checkpoint))
                .as("its misconceptions")
                .hasSizeGreaterThanOrEqualTo(MISCONCEPTIONS_AT_LEAST);
        assertThat(places(checkpoint))
                .as("the @Order of its steps")
                .doesNotContainNull()
                .doesNotHaveDuplicates();
    }

    private String page(Exercise exercise) throws IOException {
        return Files.readString(
                workspace.home().resolve(workspace.page(exercise.lesson()).orElseThrow()));
    }

    private static List<Integer> places(Class<?> checkpoint) {
        return Arrays.stream(checkpoint.getDeclaredMethods())
                .filter(step -> step.isAnnotationPresent(Test.class))
                .map(step -> step.getAnnotation(Order.class))
                .map(order -> order == null ? null : order.value())
                .collect(Collectors.toList());
    }

    private static void isSolved(Class<?> checkpoint) {
        CheckResult result = CheckpointRunner.run(checkpoint);
        assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.SOLVED);
    }

    private static void isRefused(Class<?> checkpoint, Class<?> wrong, Map<Class<?>, CheckResult> known) {
        CheckResult result = CheckpointRunner.run(checkpoint, wrong);
        assertThat(result.verdict()).as("%s: %s", wrong.getSimpleName(), result).isIn(Verdict.WRONG, Verdict.BROKEN);
        assertThat(known)
                .as("what behaves just like %s", wrong.getSimpleName())
                .allSatisfy((other, refused) -> assertThat(result.behavesLike(refused))
                        .as(other.getSimpleName())
                        .isFalse());
        known.put(wrong, result);
    }

    private void isUnsolved(Class<?> checkpoint, Starters starters) throws Exception {
        String source = Checkpoints.exercise(checkpoint).source();
        if (!inCi() && !Unsolved.isIn(Files.readString(workspace.home().resolve(source)))) {
            String why = "Not proved: " + source + " has been worked on, it is no starter any more.";
            System.out.println(why);
            abort(why);
        }
        CheckResult result = starters.check(checkpoint);
        assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.UNSOLVED);
    }

    private Stream<DynamicNode> each(Proof proof) {
        return LessonCheckpoints.all(workspace).map(checkpoint -> test(checkpoint, proof));
    }

    private static DynamicNode test(Class<?> checkpoint, Proof proof) {
        return dynamicTest(Checkpoints.exercise(checkpoint).toString(), () -> proof.of(checkpoint));
    }

    private static boolean inCi() {
        return "true".equalsIgnoreCase(System.getenv("CI"));
    }

    private interface Proof {
        void of(Class<?> checkpoint) throws Exception;
    }
}
