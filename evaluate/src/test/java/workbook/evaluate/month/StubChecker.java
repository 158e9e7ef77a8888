package workbook.evaluate.month;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;
import workbook.check.verdict.CheckResult;
import workbook.check.verdict.Diagnosis;
import workbook.kit.explain.Explanation;

/**
 * Takes the verdict from the file's text: {@code solved}, {@code broken}, {@code wrong: Misconception}; else unsolved.
 */
public final class StubChecker implements ExerciseChecker {

    private final Workspace workspace;
    private final List<String> checked = new ArrayList<>();
    private boolean isClosed;

    /** Creates a checker of this workspace. */
    public StubChecker(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public CheckResult check(Exercise exercise) {
        checked.add(exercise.name());
        String text = text(exercise);
        if (text.startsWith("wrong: ")) {
            return CheckResult.wrong(exercise, "a step", "1 came out, not 2\nand more")
                    .with(new Diagnosis(text.substring("wrong: ".length()), "1 is 2", "It is not", "State", false));
        }
        return switch (text) {
            case "solved" -> CheckResult.solved(exercise);
            case "broken" ->
                CheckResult.broken(exercise, "a step", Explanation.ofInterruptedRun("it threw", "", exercise.source()));
            default -> CheckResult.unsolved(exercise, "a step");
        };
    }

    /** The names of the checked exercises, in order. */
    public List<String> checked() {
        return checked;
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
            return Files.readString(workspace.home().resolve(exercise.source()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
