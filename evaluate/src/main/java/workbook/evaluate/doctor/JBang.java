package workbook.evaluate.doctor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import workbook.evaluate.exercises.CommandRunner;

/**
 * JBang, where somebody has installed it.
 *
 * @param said what {@code jbang --version} said; none if it is not installed
 */
record JBang(Optional<CommandRunner.Result> said) implements Observation {

    static JBang of(Path home) {
        return new JBang(new CommandRunner(home, Duration.ofSeconds(15)).run("jbang", "--version"));
    }

    @Override
    public Finding finding() {
        if (said.isEmpty()) {
            return Finding.ok("not installed, and not needed: ./jbang fetches it for the workbook alone");
        }
        if (!said.get().isFine()) {
            return Finding.note(
                    "installed, but 'jbang --version' fails",
                    "./jbang uses an installed JBang where there is one.",
                    "Mend it, or take it off the PATH: ./jbang then fetches its own.");
        }
        return Finding.ok(said.get().out().strip() + ", installed; ./jbang uses it");
    }
}
