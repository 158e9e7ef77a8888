package workbook.check.process;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import workbook.check.catalog.Desk;
import workbook.check.judge.Checkpoints;
import workbook.check.judge.Refusal;
import workbook.check.judge.Tally;
import workbook.check.progress.Attempt;
import workbook.check.progress.Hashes;
import workbook.check.progress.Progress;
import workbook.check.verdict.Judgement;

/** What {@code mvn test -Dlesson=01 [-Dexercise=RunningTotals]} runs: the checkpoints of a lesson, in a JVM beside. */
@EnabledIfSystemProperty(named = "lesson", matches = ".*")
public class Lesson {

    private static final Tally TALLY = new Tally();
    private static Supervisor supervisor;

    private final String lesson = System.getProperty("lesson");
    private final String exercise = System.getProperty("exercise");

    @BeforeAll
    static void start() {
        supervisor = Supervisor.start(Limits.usual());
    }

    @AfterAll
    static void end() {
        supervisor.close();
        TALLY.tellTotal();
    }

    @TestFactory
    Stream<DynamicTest> exercises() {
        Desk desk = Desk.here();
        desk.missing(lesson, exercise).ifPresent(Assertions::fail);
        List<String> names = exercise == null ? desk.exercises(lesson) : List.of(exercise);
        return names.stream().map(name -> DynamicTest.dynamicTest(name, () -> judge(desk, name)));
    }

    private void judge(Desk desk, String name) throws ClassNotFoundException {
        Class<?> checkpoint = Class.forName("lesson" + lesson + "." + name + "Checkpoint");
        Hashes hashes = Hashes.of(desk, Checkpoints.exercise(checkpoint));
        Judgement judgement = supervisor.judge(checkpoint);
        TALLY.tell(judgement);
        Progress.of(desk).add(Attempt.of(judgement, hashes));
        Refusal.unlessSolved(judgement);
    }
}
