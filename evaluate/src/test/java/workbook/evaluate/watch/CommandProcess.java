package workbook.evaluate.watch;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import workbook.evaluate.TestClassPath;
import workbook.kit.Jvm;

/** A command in its own process, with or without a terminal: sends keys and collects the output. */
public final class CommandProcess implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final Process process;
    /** Its child processes: they may outlive it briefly and write to its folder. */
    private final Set<ProcessHandle> started = ConcurrentHashMap.newKeySet();

    private final StringBuffer output = new StringBuffer();
    private final Thread reading = new Thread(this::read, "reading");

    private CommandProcess(Process process) {
        this.process = process;
        reading.setDaemon(true);
        reading.start();
    }

    /** Starts a command on a pseudo-terminal, created by {@code script} of Debian's bsdutils. */
    public static CommandProcess onTerminal(Class<?> program, Path home, String... arguments) throws IOException {
        String command = command(program, arguments).stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        return start(home, List.of("script", "--quiet", "--return", "--flush", "--command", command, "/dev/null"));
    }

    static CommandProcess withoutTerminal(Class<?> program, Path home, String... arguments) throws IOException {
        return start(home, command(program, arguments));
    }

    private static CommandProcess start(Path home, List<String> command) throws IOException {
        ProcessBuilder process =
                new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
        process.environment().put("TERM", "xterm");
        process.environment().remove("JBANG_STDIN_NOTTY");
        return new CommandProcess(process.start());
    }

    private static List<String> command(Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Jvm.java()));
        command.addAll(Jvm.options());
        command.addAll(List.of("-Dworkers=" + TestClassPath.whole(), "-classpath", companion(), program.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** The tests' class path without engines, like the companion's. */
    private static String companion() {
        String engines = "/(kit|check|apache)/(spark|hadoop)/";
        return String.join(
                File.pathSeparator,
                Path.of("target/test-classes").toAbsolutePath().toString(),
                TestClassPath.of(
                        place -> !Pattern.compile(engines).matcher(place).find()));
    }

    /** Sends a key. */
    public void press(char key) throws IOException {
        recordChildren();
        OutputStream keyboard = process.getOutputStream();
        keyboard.write(key);
        keyboard.flush();
    }

    /** Waits until the output contains a text this many times. */
    public void await(String text, int times) {
        Awaitility.await(text)
                .atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !process.isAlive() || times(text) >= times);
        recordChildren();
        if (times(text) < times) {
            throw new IllegalStateException("The process has ended with the output:\n" + output());
        }
    }

    /** How often the output contains a text. */
    int times(String text) {
        return output().split(Pattern.quote(text), -1).length - 1;
    }

    /** The output without escape sequences. */
    public String output() {
        return output.toString().replaceAll("\u001B\\[[?0-9;]*[a-zA-Z]", "").replace("\r", "");
    }

    public int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    /** Waits for the end of the process and of its output. */
    private void awaitEnd() throws InterruptedException {
        process.waitFor();
        reading.join();
    }

    /** Kills the process like {@code kill -9}, and waits until its children end by themselves. */
    void kill() throws InterruptedException {
        recordChildren();
        process.destroyForcibly();
        awaitEnd();
        Awaitility.await("the end of its workers")
                .atMost(TIMEOUT)
                .until(() -> started.stream().noneMatch(ProcessHandle::isAlive));
    }

    private void recordChildren() {
        process.descendants().forEach(started::add);
    }

    private void read() {
        try (InputStream in = process.getInputStream()) {
            byte[] bytes = new byte[8192];
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                output.append(new String(bytes, 0, length, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // the process was killed
        }
    }

    @Override
    public void close() {
        recordChildren();
        process.destroyForcibly().onExit().join();
        started.forEach(ProcessHandle::destroyForcibly);
        started.forEach(worker -> worker.onExit().join());
    }
}
