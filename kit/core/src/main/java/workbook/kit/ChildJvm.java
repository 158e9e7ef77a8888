package workbook.kit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Another JVM that runs a class, with the options and the class path of this one. Its errors go to this JVM's standard
 * error. It ends with this JVM at the latest.
 */
public final class ChildJvm {

    private final Process process;
    private final BufferedReader output;

    private ChildJvm(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts the JVM; the arguments are passed to the class as text. */
    public static ChildJvm start(Class<?> main, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Jvm.java()));
        command.addAll(Jvm.options());
        command.add("-XX:TieredStopAtLevel=1"); // It lives for seconds, too short for the second compiler.
        // A killed JVM leaves its temporary files behind; these are deleted with this JVM's.
        command.add("-Djava.io.tmpdir=" + Scratch.folder("child-"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Scratch.beforeDeletion(process::destroyForcibly);
        return new ChildJvm(process);
    }

    /** Prints the lines of its output, indented, up to a line that is not printed, or else to the end. */
    public void printUntil(String line) throws IOException {
        for (String next = output.readLine(); next != null && !next.equals(line); next = output.readLine()) {
            System.out.println("    " + next);
        }
    }

    /** Kills it, as {@code kill -9} does: no shutdown hook runs, no {@code finally}. Returns the exit code. */
    public int kill() throws InterruptedException {
        process.destroyForcibly();
        return process.waitFor();
    }

    /** Waits for its end, and returns the exit code. */
    public int waitFor() throws InterruptedException {
        return process.waitFor();
    }
}
