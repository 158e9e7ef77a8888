package workbook.kit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A file that JBang has compiled, to run in JVMs with the libraries of its header only. So a program can use a library that
 * does not get along with its own.
 */
public final class JbangProgram {

    private final Path project;
    private final String classPath;
    private final String main;

    private JbangProgram(Path project, String classPath, String main) {
        this.project = project;
        this.classPath = classPath;
        this.main = main;
    }

    /**
     * Compiles a file, and downloads its libraries if they are missing.
     *
     * @param file relative to the project's folder
     * @param main the class that it declares
     * @throws IllegalStateException if this fails; the message has JBang's
     */
    public static JbangProgram build(String file, String main) throws IOException, InterruptedException {
        Path project = ProjectFolder.find()
                .orElseThrow(() -> new IllegalStateException(
                        file + " is run by ./jbang of the workbook's folder. Start the program there."));
        Path lock = Files.createDirectories(project.resolve(".workbook")).resolve("jbang-build.lock");
        // JBang does not expect another one that writes the same jar.
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            jbang(project, "build", file);
        }
        return new JbangProgram(project, jbang(project, "info", "classpath", file), main);
    }

    private static String jbang(Path project, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(project.resolve("jbang").toString()));
        command.addAll(Arrays.asList(arguments));
        Path messages = Scratch.folder("jbang-").resolve("messages.txt");
        Process jbang = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectError(messages.toFile())
                .start();
        String output = new String(jbang.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jbang.waitFor() != 0) {
            throw new IllegalStateException("./jbang " + String.join(" ", arguments) + " has failed: "
                    + Files.readString(messages).strip());
        }
        return output.strip();
    }

    /**
     * Starts a JVM in the project's folder. It has system properties of its own, and its errors go to this JVM's standard
     * error. Its standard input is closed when this JVM ends, and it is killed if this JVM ends by itself.
     */
    public Process start(Map<String, ?> properties, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Jvm.java(), "-Xmx256m", "-XX:+UseSerialGC"));
        // It lives for seconds, too short for the second compiler. If it is killed, it leaves no file behind.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
        command.add("-Djava.io.tmpdir=" + Scratch.folder("child-"));
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Scratch.beforeDeletion(process::destroyForcibly);
        return process;
    }
}
