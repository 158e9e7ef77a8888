package workbook.check.docs;

import java.nio.file.Path;
import java.util.Optional;
import workbook.check.catalog.Workspace;

/**
 * The proof of an answer in QA.md: a run of a program that its lesson's page shows ({@code Program}, or
 * {@code Program --option 2}), or a test, a checkpoint's step or a misconception in a Java file ({@code Class#member}).
 */
public record Proof(String name, Path file) {

    /**
     * The command for the run, as on its lesson's page; empty if the proof is not a program.
     *
     * @param home the project's folder
     */
    public Optional<String> command(Path home) {
        String program = file.getFileName().toString().replace(".java", "");
        return member().isPresent()
                ? Optional.empty()
                : Optional.of(
                        "./jbang " + Workspace.display(home.relativize(file)) + name.replaceFirst("^" + program, ""));
    }

    /** The member of the class in the file; empty if the proof is a program. */
    public Optional<String> member() {
        int member = name.indexOf('#');
        return member < 0 ? Optional.empty() : Optional.of(name.substring(member + 1));
    }
}
