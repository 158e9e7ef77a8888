package workbook.evaluate.doctor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import workbook.evaluate.exercises.CommandRunner;

/**
 * An installed JBang, which is optional.
 *
 * @param version the result of {@code jbang --version}; empty if JBang is not installed
 */
record JBang(Optional<CommandRunner.Result> version) implements Observation {

    static JBang of(Path home) {
        return new JBang(new CommandRunner(home, Duration.ofSeconds(15)).run("jbang", "--version"));
    }

    @Override
    public Finding finding() {
        if (version.isEmpty()) {
            return Finding.ok("not installed and not required: ./jbang downloads its own copy");
        }
        if (!version.get().isSuccess()) {
            return Finding.note(
                    "installed, but 'jbang --version' fails",
                    "./jbang uses an installed JBang if there is one.",
                    "Repair it, or remove it from the PATH: ./jbang then downloads its own copy.");
        }
        return Finding.ok(version.get().out().strip() + ", installed; ./jbang uses it");
    }
}
