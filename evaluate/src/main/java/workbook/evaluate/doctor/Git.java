package workbook.evaluate.doctor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import workbook.evaluate.desk.Tool;

/**
 * Git, and whether the workbook is a clone.
 *
 * @param version what {@code git --version} said; none if it is not there
 * @param isClone whether the workbook's folder is in a repository
 */
record Git(Optional<Tool.Said> version, boolean isClone) implements Check {

    private static final String KEPT =
            "'./jbang reset' then knows only the starters that it has kept in .workbook/starters.";

    static Git of(Path home) {
        Tool tool = new Tool(home, Duration.ofSeconds(10));
        return new Git(
                tool.run("git", "--version"),
                tool.run("git", "rev-parse", "--is-inside-work-tree")
                        .filter(Tool.Said::isFine)
                        .isPresent());
    }

    @Override
    public Finding finding() {
        if (version.filter(Tool.Said::isFine).isEmpty()) {
            return Finding.note("not found", KEPT, "Leave that folder where it is.");
        }
        String name = version.get().out().strip().replace("git version ", "");
        return isClone
                ? Finding.ok(name + ", and the workbook is a clone")
                : Finding.note(name + ", but the workbook is no clone", KEPT, "Leave that folder where it is.");
    }
}
