package workbook.race;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import workbook.kit.Scratch;

/** Another process. It is killed with this JVM at the latest, and its input ends then. */
final class Child implements AutoCloseable {

    private static final Duration TIME_TO_END = Duration.ofSeconds(10);

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private Child(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "output of a child");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a command in a folder; its standard error goes to the log. */
    static Child start(Path folder, Path log, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("WORKBOOK_CDS", "off"); // an archive is built while others are measured
        Child child = new Child(builder.redirectError(log.toFile()).start());
        Scratch.beforeDeletion(child::close);
        return child;
    }

    private void read() {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            // It was killed.
        }
    }

    /** Waits for a line of its output that begins with the text, and returns the rest of that line. */
    String await(String text, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            String line = lines.poll(10, TimeUnit.MILLISECONDS);
            if (line != null && line.startsWith(text)) {
                return line.substring(text.length()).strip();
            }
            if (line == null && !process.isAlive()) {
                break;
            }
        }
        throw new IllegalStateException("It did not start: there is no line " + text + ".");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The CPU time that it has used. */
    double cpuSeconds() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    }

    /** The most memory that it has had so far, in MiB; unknown on systems without {@code /proc}. */
    OptionalDouble peakMiB() {
        try (Stream<String> status = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return status.filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst();
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }

    /** Closes its input, which ends it. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(TIME_TO_END.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException | InterruptedException e) {
            process.destroyForcibly();
        }
    }
}
