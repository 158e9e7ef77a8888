package workbook.evaluate.airflow;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Starts programs of Airflow's virtual environment.
 *
 * @param project their working directory
 * @param environment variables that they get beside those of this program
 */
record AirflowProgram(Path project, Map<String, String> environment) {

    private static final File NOTHING = new File("/dev/null");

    /** Runs a program on this terminal and returns its exit code. */
    int run(String... command) {
        return waitFor(start(List.of(command), Redirect.INHERIT));
    }

    /**
     * Runs a program, whose output goes to a file.
     *
     * @throws IllegalStateException if its exit code is not 0; the message names the file and its last line
     */
    void run(Path log, String... command) {
        int code = waitFor(start(List.of(command), Redirect.to(log.toFile())));
        if (code != 0) {
            throw new IllegalStateException(String.join(" ", command) + " ended with exit code " + code + ": "
                    + lastLine(log) + " (all of it is in " + log + ")");
        }
    }

    /** Starts a program. Its errors go where its output goes; with a file for these, its input is empty. */
    Process start(List<String> command, Redirect output) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile());
        builder.environment().putAll(environment);
        if (output.equals(Redirect.INHERIT)) {
            builder.inheritIO();
        } else {
            builder.redirectErrorStream(true).redirectOutput(output).redirectInput(Redirect.from(NOTHING));
        }
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + command.get(0) + ": " + e.getMessage(), e);
        }
    }

    /** The last line of a log that is not blank. */
    static String lastLine(Path log) {
        try {
            List<String> lines = Files.readAllLines(log).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
            return lines.isEmpty() ? "no output" : lines.get(lines.size() - 1);
        } catch (IOException e) {
            return "no output";
        }
    }

    private static int waitFor(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            return 130;
        }
    }
}
