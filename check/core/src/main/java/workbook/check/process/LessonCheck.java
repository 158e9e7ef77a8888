package workbook.check.process;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import workbook.check.catalog.Workspace;
import workbook.check.checkpoint.CheckFailure;
import workbook.check.checkpoint.Checkpoints;
import workbook.check.checkpoint.ConsoleReport;
import workbook.check.progress.Attempt;
import workbook.check.progress.Hashes;
import workbook.check.progress.Progress;
import workbook.check.verdict.CheckResult;

/** Runs the checkpoints of a lesson in a separate JVM: {@code mvn test -Dlesson=01 [-Dexercise=RunningTotals]}. */
@EnabledIfSystemProperty(named = "lesson", matches = ".*")
public class LessonCheck {

    private static final ConsoleReport REPORT = new ConsoleReport();
    private static Supervisor supervisor;

    private final String lesson = System.getProperty("lesson");
    private final String exercise = System.getProperty("exercise");

    @BeforeAll
    static void start() {
        supervisor = Supervisor.start(Limits.defaults());
    }

    @AfterAll
    static void end() {
        supervisor.close();
        REPORT.printTotal();
    }

    @TestFactory
    Stream<DynamicTest> exercises() {
        Workspace workspace = Workspace.current();
        workspace.missingMessage(lesson, exercise).ifPresent(Assertions::fail);
        List<String> names = exercise == null ? workspace.exercises(lesson) : List.of(exercise);
        return names.stream().map(name -> DynamicTest.dynamicTest(name, () -> check(workspace, name)));
    }

    private void check(Workspace workspace, String name) throws ClassNotFoundException {
        Class<?> checkpoint = Class.forName("lesson" + lesson + "." + name + "Checkpoint");
        Hashes hashes = Hashes.of(workspace, Checkpoints.exercise(checkpoint));
        CheckResult result = supervisor.check(checkpoint);
        REPORT.print(result);
        Progress.of(workspace).add(Attempt.of(result, hashes));
        CheckFailure.throwUnlessSolved(result);
    }
}
