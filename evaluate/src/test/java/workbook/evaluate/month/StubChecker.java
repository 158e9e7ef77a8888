package workbook.evaluate.month;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;
import workbook.check.explain.Explanation;
import workbook.check.verdict.CheckResult;
import workbook.check.verdict.Diagnosis;

/** Takes a file at its word: {@code solved}, {@code broken}, {@code wrong: Misconception}; all else is a starter. */
public final class StubChecker implements ExerciseChecker {

    private final Workspace desk;
    private final List<String> judged = new ArrayList<>();
    private boolean isClosed;

    /** Reads the files of this desk. */
    public StubChecker(Workspace desk) {
        this.desk = desk;
    }

    @Override
    public CheckResult judge(Exercise exercise) {
        judged.add(exercise.name());
        String text = text(exercise);
        if (text.startsWith("wrong: ")) {
            return CheckResult.wrong(exercise, "a step", "1 came out, not 2\nand more")
                    .with(new Diagnosis(text.substring("wrong: ".length()), "1 is 2", "It is not", "State"));
        }
        return switch (text) {
            case "solved" -> CheckResult.solved(exercise);
            case "broken" ->
                CheckResult.broken(exercise, "a step", Explanation.ofInterruptedRun("it threw", "", exercise.source()));
            default -> CheckResult.unsolved(exercise, "a step");
        };
    }

    /** What was judged, in order. */
    public List<String> judged() {
        return judged;
    }

    public boolean isClosed() {
        return isClosed;
    }

    @Override
    public void close() {
        isClosed = true;
    }

    private String text(Exercise exercise) {
        try {
            return Files.readString(desk.home().resolve(exercise.source()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
