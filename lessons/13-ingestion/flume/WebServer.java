package lesson13;

import java.io.IOException;
import java.nio.file.*;
import java.util.*;
import java.util.regex.*;
import java.util.stream.*;
import workbook.kit.JbangProgram;
import workbook.kit.Scratch;

/** A web server: its log, and an agent of Flume beside it. */
final class WebServer implements AutoCloseable {

    private static final String FOLDER = "lessons/13-ingestion/flume/jvm/";
    /** An entry of the position file. The agent writes the file in place: its end may be missing. */
    private static final Pattern POSITION = Pattern.compile("\"pos\":(\\d+),\"file\":\"[^\"]*/([^\"/]+)\"");

    private final String name;
    private final String files;
    private final Path folder = Scratch.folder("server-");
    private final Path logs = folder.resolve("logs");
    private final Path log = logs.resolve("access.log");
    private final List<String> written = new ArrayList<>();
    private Process agent;

    /** @param files a regular expression: the names of the files that the agent follows */
    WebServer(String name, String files) throws IOException {
        this.name = name;
        this.files = files;
        Files.createDirectory(logs);
    }

    /** Compiles the program that runs an agent. */
    static JbangProgram flume() throws IOException, InterruptedException {
        return JbangProgram.build(FOLDER + "Flume.java", "lesson13.Flume");
    }

    void write(int lines) throws IOException {
        List<String> more = IntStream.rangeClosed(written.size() + 1, written.size() + lines)
                .mapToObj(number -> name + " GET /cart/" + number)
                .toList();
        Files.write(log, more, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        written.addAll(more);
    }

    /** The next line begins a new log. */
    void renameLog() throws IOException {
        Files.move(log, logs.resolve("access.log.1"));
    }

    void startAgent(JbangProgram flume, FlumeAgent.Channel channel, String broker) throws IOException {
        agent = flume.start(
                Map.of("folder", folder, "files", files, "channel", channel, "broker", broker),
                "--name=agent",
                "--no-reload-conf",
                "--conf-file=" + FOLDER + "agent.properties");
    }

    /** As {@code kill -9} does. */
    void killAgent() throws InterruptedException {
        agent.destroyForcibly().waitFor();
    }

    String name() {
        return name;
    }

    /** All lines, the oldest first. */
    List<String> written() {
        return written;
    }

    /** Whether the agent has noted the ends of all files that it follows. */
    boolean isRead() throws IOException {
        Map<String, Long> positions = positions();
        try (Stream<Path> all = Files.list(logs)) {
            return all.map(file -> file.getFileName().toString())
                    .filter(file -> file.matches(files))
                    .allMatch(file -> positions.getOrDefault(file, 0L)
                            == logs.resolve(file).toFile().length());
        }
    }

    /** What the agent's position file says: bytes by file. */
    Map<String, Long> positions() throws IOException {
        Path file = folder.resolve("positions.json");
        return POSITION.matcher(Files.exists(file) ? Files.readString(file) : "")
                .results()
                .collect(Collectors.toMap(
                        each -> each.group(2), each -> Long.valueOf(each.group(1)), Math::max, TreeMap::new));
    }

    @Override
    public void close() {
        if (agent != null) {
            agent.destroyForcibly().onExit().join();
        }
    }
}
