package workbook.lessons;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import workbook.kit.Jvm;
import workbook.kit.Program;

/**
 * A JVM that runs one program after the other; once warm, it needs a third of the time. It captures everything that is
 * printed, including Spark's log and the JVM's own warnings.
 */
final class ProgramJvm implements AutoCloseable {

    private static final long POLL_MILLIS = 10;

    private final String mark = UUID.randomUUID().toString();
    private final Path output;
    private final Process process;
    private final PrintStream commands;
    private int heard;

    /** A program's output and exit code; there is no exit code if the program did not end in time or ended the JVM. */
    record Ending(String output, Optional<Integer> code) {}

    /** Starts a JVM with this JVM's options and class path, and the programs' classes. */
    ProgramJvm(Path classes) throws IOException {
        output = Files.createTempFile(classes, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command(classes, mark))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // The JVM would print a line about these.
        builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        process = builder.start();
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** Runs a program to its end. After one that did not end, this JVM cannot be used any more. */
    Ending run(Page.Run run, long minutes) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(run.mainClass()));
        command.addAll(run.arguments());
        commands.println(String.join("\t", command));
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
        while (System.nanoTime() < end && process.isAlive()) {
            String news = news();
            int ended = news.indexOf(mark);
            if (ended >= 0 && news.endsWith("\n")) {
                heard += news.length();
                return new Ending(
                        news.substring(0, ended),
                        Optional.of(Integer.valueOf(
                                news.substring(ended + mark.length()).strip())));
            }
            Thread.sleep(POLL_MILLIS);
        }
        close();
        return new Ending(news(), Optional.empty());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private String news() throws IOException {
        return new String(Files.readAllBytes(output), StandardCharsets.UTF_8)
                .substring(heard); // may end with half a character
    }

    private static List<String> command(Path classes, String mark) {
        List<String> command = new ArrayList<>(List.of(Jvm.java()));
        command.addAll(Jvm.options());
        command.add("-cp");
        command.add(System.getProperty("java.class.path") + File.pathSeparator + classes);
        command.addAll(List.of(Inside.class.getName(), mark));
        return command;
    }

    /** The main class of the JVM: its argument is a mark; it reads programs with their arguments line by line. */
    static final class Inside {
        public static void main(String[] mark) throws Exception {
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                String[] command = line.split("\t");
                String[] arguments = List.of(command).subList(1, command.length).toArray(String[]::new);
                System.out.println(mark[0] + Program.execute(program(command[0]), arguments));
            }
        }

        @SuppressWarnings("unchecked")
        private static Callable<Integer> program(String name) throws ReflectiveOperationException {
            return (Callable<Integer>)
                    Class.forName(name).getDeclaredConstructor().newInstance();
        }
    }
}
