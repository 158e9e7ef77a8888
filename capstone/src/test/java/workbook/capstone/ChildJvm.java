package workbook.capstone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import workbook.kit.Jvm;

/** Runs a main class in its own JVM, with the options and the class path of this one. Its output goes to a file. */
final class ChildJvm implements AutoCloseable {

    static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final Path output;

    private ChildJvm(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static ChildJvm start(Path folder, Map<String, String> environment, String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Jvm.java()));
        command.addAll(Jvm.options());
        command.addAll(List.of("-Djava.io.tmpdir=" + folder, "-cp", CLASS_PATH, main));
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile(Files.createDirectories(folder), "output-", ".txt");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            return new ChildJvm(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the output contains this text. */
    ChildJvm await(String text) {
        Awaitility.await("'" + text + "' in " + output)
                .atMost(PATIENCE)
                .until(() -> output().contains(text) || !process.isAlive());
        if (!output().contains(text)) {
            throw new IllegalStateException("The process has ended. Its output:\n" + output());
        }
        return this;
    }

    /** Waits until the process ends by itself, and returns its exit code. */
    int awaitEnd() {
        Awaitility.await("the end of the process").atMost(PATIENCE).until(() -> !process.isAlive());
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills it as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
