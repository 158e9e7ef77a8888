package workbook.evaluate.airflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Airflow's processes: scheduler, DAG processor, triggerer and API server. They go on when this program has ended. */
public record Services(AirflowFolder folder, PrintStream out) {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Begins a session of its own, so that neither Ctrl-C nor the end of the terminal reaches the program. */
    private static final String DETACHED = "import os, sys; os.setsid(); os.execv(sys.argv[1], sys.argv[1:])";

    /** The arguments of each process. Logs are read from files, so nothing serves them on a port. */
    private static final Map<String, List<String>> COMMANDS = Map.of(
            "api-server", List.of("api-server", "--host", "127.0.0.1", "--workers", "1", "--port"),
            "scheduler", List.of("scheduler", "--skip-serve-logs"),
            "dag-processor", List.of("dag-processor"),
            "triggerer", List.of("triggerer", "--skip-serve-logs"));

    /**
     * Starts the processes that do not run, waits until all of them are healthy, and prints the address.
     *
     * @throws IllegalStateException if the port is in use, or if a process ends or is not healthy within three minutes
     * @throws UncheckedIOException if a file cannot be read or written
     */
    public void up(int port) {
        try {
            if (running().isEmpty()) {
                start(port);
            }
            await(readPort());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to " + folder.root() + ": " + e.getMessage(), e);
        }
    }

    /** Ends the processes, and what they have started. */
    public void down() {
        List<ProcessHandle> running = running();
        List<ProcessHandle> all = running.stream()
                .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process)))
                .toList();
        running.forEach(ProcessHandle::destroy);
        Instant end = Instant.now().plusSeconds(15);
        all.forEach(process -> awaitEnd(process, end));
        all.forEach(ProcessHandle::destroyForcibly);
        out.println(running.isEmpty() ? "Airflow does not run." : "Airflow is stopped.");
    }

    /** The environment of the processes and of {@code airflow}'s own commands. */
    Map<String, String> environment(int port) {
        Map<String, String> variables = new LinkedHashMap<>(folder.environment("home", folder.lesson("dags")));
        String url = "http://127.0.0.1:" + port;
        variables.put("AIRFLOW__API__BASE_URL", url);
        variables.put("AIRFLOW__CORE__EXECUTION_API_SERVER_URL", url + "/execution/");
        variables.put("AIRFLOW__API_AUTH__JWT_SECRET", secret());
        variables.put("AIRFLOW__CORE__PARALLELISM", "4");
        variables.put("AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL", "10");
        variables.put(
                "WORKBOOK_NIGHT_LOG", folder.root().resolve("home/calls.jsonl").toString());
        variables.put("NO_PROXY", "127.0.0.1,localhost");
        return variables;
    }

    /** Runs a command of {@code airflow} on this terminal, such as {@code dags list}. */
    public int run(List<String> arguments) {
        try {
            int port = Files.exists(file("port")) ? readPort() : 0;
            List<String> command =
                    new ArrayList<>(List.of(folder.program("airflow").toString()));
            command.addAll(arguments);
            return new AirflowProgram(folder.project(), environment(port)).run(command.toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file("port") + ": " + e.getMessage(), e);
        }
    }

    private int readPort() throws IOException {
        return Integer.parseInt(Files.readString(file("port")).strip());
    }

    private void start(int port) throws IOException {
        checkFree(port);
        Files.createDirectories(folder.root().resolve("run"));
        Files.createDirectories(folder.root().resolve("log"));
        Files.writeString(file("port"), port + "\n");
        AirflowProgram program = new AirflowProgram(folder.project(), environment(port));
        out.println("Starting Airflow ...");
        program.run(log("migrate"), folder.program("airflow").toString(), "db", "migrate");
        for (Map.Entry<String, List<String>> entry : COMMANDS.entrySet()) {
            List<String> command = new ArrayList<>(List.of(
                    folder.program("python").toString(),
                    "-c",
                    DETACHED,
                    folder.program("airflow").toString()));
            command.addAll(entry.getValue());
            if (entry.getKey().equals("api-server")) {
                command.add(Integer.toString(port));
            }
            Process process =
                    program.start(command, Redirect.to(log(entry.getKey()).toFile()));
            Files.writeString(file(entry.getKey() + ".pid"), identity(process.toHandle()) + "\n");
        }
    }

    private static void checkFree(int port) {
        try {
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        } catch (IOException e) {
            throw new IllegalStateException("Port " + port + " is in use. Choose another one with --port.");
        }
    }

    private void await(int port) throws IOException {
        Instant end = Instant.now().plus(PATIENCE);
        List<String> missing;
        while (!(missing = unhealthy(port)).isEmpty()) {
            Optional<String> ended = COMMANDS.keySet().stream()
                    .filter(name -> process(name).isEmpty())
                    .findFirst();
            if (ended.isPresent() || Instant.now().isAfter(end)) {
                String name = ended.orElse(missing.get(0));
                throw new IllegalStateException(
                        "Airflow's " + name + (ended.isPresent() ? " has ended: " : " is not healthy: ")
                                + AirflowProgram.lastLine(log(name)) + " (its log is " + log(name)
                                + "). Run './jbang airflow down' before you start it again.");
            }
            pause();
        }
        out.println("Airflow runs at http://127.0.0.1:" + port + "/");
        tellPassword();
    }

    /** Tells the password once; later it tells the file. */
    private void tellPassword() throws IOException {
        Path passwords = folder.root().resolve("home/simple_auth_manager_passwords.json.generated");
        Path told = folder.root().resolve("home/password-told");
        if (Files.exists(told)) {
            out.println("  user admin; the password is in " + folder.project().relativize(passwords));
            return;
        }
        JsonNode users = new ObjectMapper().readTree(passwords.toFile());
        Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-------"));
        Files.createFile(told);
        out.println("  user admin, password " + users.path("admin").asText());
    }

    /** The processes that the API server does not report as healthy. */
    private static List<String> unhealthy(int port) {
        try {
            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v2/monitor/health"))
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            JsonNode health = new ObjectMapper().readTree(response.body());
            return Stream.of("scheduler", "dag-processor", "triggerer")
                    .filter(name -> !"healthy"
                            .equals(health.path(name.replace('-', '_'))
                                    .path("status")
                                    .asText()))
                    .toList();
        } catch (IOException e) {
            return List.of("api-server");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted");
        }
    }

    private List<ProcessHandle> running() {
        return COMMANDS.keySet().stream()
                .flatMap(name -> process(name).stream())
                .toList();
    }

    /** The process of this name; empty if it has ended, or if its number is that of another process now. */
    private Optional<ProcessHandle> process(String name) {
        try {
            String identity = Files.readString(file(name + ".pid")).strip();
            return ProcessHandle.of(Long.parseLong(identity.split(" ")[0]))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> identity(process).equals(identity));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The number of a process and when it has begun. Airflow changes its command line. */
    private static String identity(ProcessHandle process) {
        return process.pid() + " "
                + process.info().startInstant().map(Instant::toString).orElse("");
    }

    private String secret() {
        Path file = folder.root().resolve("home/secret");
        try {
            if (!Files.exists(file)) {
                byte[] bytes = new byte[32];
                new SecureRandom().nextBytes(bytes);
                Files.createDirectories(file.getParent());
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, HexFormat.of().formatHex(bytes));
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private Path file(String name) {
        return folder.root().resolve("run").resolve(name);
    }

    private Path log(String name) {
        return folder.root().resolve("log").resolve(name + ".log");
    }

    private static void awaitEnd(ProcessHandle process, Instant end) {
        try {
            process.onExit()
                    .get(Math.max(1, Duration.between(Instant.now(), end).toMillis()), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return; // it is ended forcibly
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted");
        }
    }
}
