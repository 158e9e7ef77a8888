package workbook.evaluate.doctor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import workbook.evaluate.exercises.CommandRunner;

/**
 * Git, and whether the workbook is a clone.
 *
 * @param version the result of {@code git --version}; empty if Git is not installed
 * @param isClone whether the workbook's folder is in a repository
 */
record Git(Optional<CommandRunner.Result> version, boolean isClone) implements Observation {

    private static final String CONSEQUENCE =
            "'./jbang reset' can restore only the starters saved in .workbook/starters.";

    static Git of(Path home) {
        CommandRunner tool = new CommandRunner(home, Duration.ofSeconds(10));
        return new Git(
                tool.run("git", "--version"),
                tool.run("git", "rev-parse", "--is-inside-work-tree")
                        .filter(CommandRunner.Result::isSuccess)
                        .isPresent());
    }

    @Override
    public Finding finding() {
        if (version.filter(CommandRunner.Result::isSuccess).isEmpty()) {
            return Finding.note("not found", CONSEQUENCE, "Do not delete that folder.");
        }
        String name = version.get().out().strip().replace("git version ", "");
        return isClone
                ? Finding.ok(name + "; the workbook is a clone")
                : Finding.note(name + "; the workbook is not a clone", CONSEQUENCE, "Do not delete that folder.");
    }
}
