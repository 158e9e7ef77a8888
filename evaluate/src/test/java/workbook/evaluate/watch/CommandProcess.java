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

/** A command in a process of its own, on a terminal or without one: what it is told, and what it says. */
public final class CommandProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Process process;
    /** Processes it has started: they outlive it for a moment, and write to its folder. */
    private final Set<ProcessHandle> started = ConcurrentHashMap.newKeySet();

    private final StringBuffer said = new StringBuffer();
    private final Thread reading = new Thread(this::read, "reading");

    private CommandProcess(Process process) {
        this.process = process;
        reading.setDaemon(true);
        reading.start();
    }

    /** On a pseudo-terminal, which {@code script} of Debian's bsdutils makes. */
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

    /** As much of the tests' class path as the companion has of its own: no engine. */
    private static String companion() {
        String engines = "/(kit|check|apache)/(spark|hadoop)/";
        return String.join(
                File.pathSeparator,
                Path.of("target/test-classes").toAbsolutePath().toString(),
                TestClassPath.of(
                        place -> !Pattern.compile(engines).matcher(place).find()));
    }

    /** Presses a key. */
    public void press(char key) throws IOException {
        remember();
        OutputStream keyboard = process.getOutputStream();
        keyboard.write(key);
        keyboard.flush();
    }

    /** Waits until it has said this so many times. */
    public void await(String text, int times) {
        Awaitility.await(text)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !process.isAlive() || times(text) >= times);
        remember();
        if (times(text) < times) {
            throw new IllegalStateException("It has ended, and said:\n" + said());
        }
    }

    /** How often it has said this. */
    int times(String text) {
        return said().split(Pattern.quote(text), -1).length - 1;
    }

    /** All it has said, as it looks on the screen. */
    public String said() {
        return said.toString().replaceAll("\u001B\\[[?0-9;]*[a-zA-Z]", "").replace("\r", "");
    }

    public int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    /** Waits until it has ended, and all it has said is here. */
    private void awaitEnd() throws InterruptedException {
        process.waitFor();
        reading.join();
    }

    /** Ends it as {@code kill -9} does; what it has started must then end by itself. */
    void kill() throws InterruptedException {
        remember();
        process.destroyForcibly();
        awaitEnd();
        Awaitility.await("the end of its workers")
                .atMost(PATIENCE)
                .until(() -> started.stream().noneMatch(ProcessHandle::isAlive));
    }

    private void remember() {
        process.descendants().forEach(started::add);
    }

    private void read() {
        try (InputStream in = process.getInputStream()) {
            byte[] bytes = new byte[8192];
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                said.append(new String(bytes, 0, length, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // it was killed
        }
    }

    @Override
    public void close() {
        remember();
        process.destroyForcibly().onExit().join();
        started.forEach(ProcessHandle::destroyForcibly);
        started.forEach(worker -> worker.onExit().join());
    }
}
