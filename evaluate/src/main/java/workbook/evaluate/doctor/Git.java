package workbook.evaluate.doctor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import workbook.evaluate.exercises.CommandRunner;

/**
 * Git, and whether the workbook is a clone.
 *
 * @param version what {@code git --version} said; none if it is not there
 * @param isClone whether the workbook's folder is in a repository
 */
record Git(Optional<CommandRunner.Result> version, boolean isClone) implements Observation {

    private static final String KEPT =
            "'./jbang reset' then knows only the starters that it has kept in .workbook/starters.";

    static Git of(Path home) {
        CommandRunner tool = new CommandRunner(home, Duration.ofSeconds(10));
        return new Git(
                tool.run("git", "--version"),
                tool.run("git", "rev-parse", "--is-inside-work-tree")
                        .filter(CommandRunner.Result::isFine)
                        .isPresent());
    }

    @Override
    public Finding finding() {
        if (version.filter(CommandRunner.Result::isFine).isEmpty()) {
            return Finding.note("not found", KEPT, "Leave that folder where it is.");
        }
        String name = version.get().out().strip().replace("git version ", "");
        return isClone
                ? Finding.ok(name + ", and the workbook is a clone")
                : Finding.note(name + ", but the workbook is no clone", KEPT, "Leave that folder where it is.");
    }
}
