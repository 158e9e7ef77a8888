package workbook.evaluate.exercises;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs other programs with a time limit.
 *
 * @param folder the working directory
 * @param limit after this time, the program and its child processes are killed
 */
public record CommandRunner(Path folder, Duration limit) {

    /**
     * The result of a run.
     *
     * @param hasEnded false after a timeout
     * @param code the exit code; -1 after a timeout
     * @param out the standard output
     * @param err the standard error
     */
    public record Result(boolean hasEnded, int code, String out, String err) {

        /** Whether the program ended with exit code 0. */
        public boolean isSuccess() {
            return hasEnded && code == 0;
        }
    }

    /**
     * Runs a command. Returns an empty value if there is no such program.
     *
     * @throws UncheckedIOException if its output cannot be stored
     */
    public Optional<Result> run(String... command) {
        Path out = file();
        Path err = file();
        try {
            Process process = start(command, out, err);
            process.getOutputStream().close();
            boolean hasEnded = hasEnded(process);
            return Optional.of(new Result(hasEnded, hasEnded ? process.exitValue() : -1, text(out), text(err)));
        } catch (IOException e) {
            return Optional.empty();
        } finally {
            Stream.of(out, err).map(Path::toFile).forEach(File::delete);
        }
    }

    private Process start(String[] command, Path out, Path err) throws IOException {
        // On Windows, mvn is a script, which only cmd can run.
        Stream<String> before = File.separatorChar == '\\' ? Stream.of("cmd", "/c") : Stream.empty();
        List<String> line = Stream.concat(before, Stream.of(command)).toList();
        return new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectOutput(Redirect.to(out.toFile()))
                .redirectError(Redirect.to(err.toFile()))
                .start();
    }

    private boolean hasEnded(Process process) {
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        return false;
    }

    private static Path file() {
        try {
            return Files.createTempFile("workbook-", ".txt");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create a temporary file: " + e.getMessage(), e);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
