//DEPS software.amazon.awssdk:bom:2.57.8@pom
//DEPS software.amazon.awssdk:kinesis:2.57.8@fatjar
//DEPS software.amazon.awssdk:aws-cbor-protocol:2.57.8
//DEPS software.amazon.awssdk:url-connection-client:2.57.8
package lesson13.kinesis;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;
import workbook.kit.ProjectFolder;
import workbook.kit.Scratch;

/**
 * A server with the API of Amazon Kinesis: npm's {@code kinesis-local}, which keeps its streams in memory. It is installed once,
 * in {@code .workbook}, and listens on a free loopback port. It ends with this JVM at the latest.
 */
public final class LocalKinesis implements AutoCloseable {

    private static final String PACKAGE = "kinesis-local";
    private static final String VERSION = "0.6.2";
    private static final long POLL_MILLIS = 10;

    /**
     * Starts the server. By itself it would listen on all of this machine's addresses, at fixed ports, and would outlive a JVM
     * that is killed. 4568 is its port for HTTP without TLS.
     */
    private static final String START = """
            const {Server} = require('net'), listen = Server.prototype.listen;
            Server.prototype.listen = function (port, started) {
              const announce = () => port == 4568 && console.log('port ' + this.address().port);
              return listen.call(this, 0, '127.0.0.1', () => { announce(); started(); });
            };
            process.stdin.resume().on('end', () => process.exit());
            require('./main.js');
            """;

    private final LostAnswer lostAnswer = new LostAnswer();
    private final Process server;
    private final KinesisClient client;

    private LocalKinesis(Process server, int port) {
        this.server = server;
        ProxyConfiguration noProxy = ProxyConfiguration.builder()
                .useSystemPropertyValues(false)
                .useEnvironmentVariablesValues(false)
                .build();
        client = KinesisClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .httpClient(UrlConnectionHttpClient.builder()
                        .proxyConfiguration(noProxy)
                        .build())
                .overrideConfiguration(options -> options.addExecutionInterceptor(lostAnswer))
                .build();
    }

    /** Installs the server, unless it has been. Returns what prevents this, and what to do; empty if nothing does. */
    public static Optional<String> install() throws IOException, InterruptedException {
        if (!runs("node", "--version")) {
            return Optional.of(
                    "This program needs Node.js, which is not installed. Install it from https://nodejs.org/en/download.");
        }
        if (Files.exists(folder())) {
            return Optional.empty();
        }
        if (!runs("npm", "--version")) {
            return Optional.of("This program needs npm, which is not installed. It comes with Node.js from"
                    + " https://nodejs.org/en/download; on Debian and Ubuntu: sudo apt install npm.");
        }
        return download();
    }

    /**
     * Starts the server, which has to be {@linkplain #install installed}.
     *
     * @throws IllegalStateException if it does not start, with what it has printed
     */
    public static LocalKinesis start() throws IOException {
        Path errors = Scratch.folder("kinesis-").resolve("errors.txt");
        ProcessBuilder node = new ProcessBuilder("node", "-e", START)
                .directory(folder().resolve("node_modules").resolve(PACKAGE).toFile())
                .redirectError(errors.toFile());
        node.environment().put("LOG_LEVEL", "ERROR");
        Process server = node.start();
        Scratch.beforeDeletion(server::destroyForcibly);
        BufferedReader output = server.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.matches("port \\d+")) {
                return new LocalKinesis(server, Integer.parseInt(line.substring("port ".length())));
            }
        }
        throw new IllegalStateException(PACKAGE + " did not start: " + Files.readString(errors));
    }

    /** A client of the server. */
    public KinesisClient client() {
        return client;
    }

    /** The next request is served, and its answer is lost on the way back. */
    public void loseTheNextAnswer() {
        lostAnswer.isDue = true;
    }

    /** Waits until a stream is created, or its shards are split. */
    public void awaitActive(String stream) throws InterruptedException {
        while (client.describeStreamSummary(request -> request.streamName(stream))
                        .streamDescriptionSummary()
                        .streamStatus()
                != StreamStatus.ACTIVE) {
            Thread.sleep(POLL_MILLIS);
        }
    }

    @Override
    public void close() {
        client.close();
        server.destroyForcibly().onExit().join();
    }

    /** Elsewhere first, so that an installation that was interrupted is not taken for a whole one. */
    private static Optional<String> download() throws IOException, InterruptedException {
        Path place = Scratch.folder("npm-");
        List<String> npm = command("npm", "install", "--prefix", place.toString(), PACKAGE + "@" + VERSION);
        npm.addAll(List.of("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"));
        Process process = new ProcessBuilder(npm).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            return Optional.of("npm could not install " + PACKAGE + ". Check the network. Its first words: "
                    + printed.lines().findFirst().orElse(""));
        }
        try {
            Files.move(place, folder());
        } catch (IOException e) {
            if (!Files.exists(folder())) { // another JVM was faster
                throw e;
            }
        }
        return Optional.empty();
    }

    private static Path folder() {
        return ProjectFolder.find()
                .map(project -> project.resolve(".workbook"))
                .orElse(Path.of(System.getProperty("java.io.tmpdir"), "workbook"))
                .resolve(PACKAGE + "-" + VERSION);
    }

    private static boolean runs(String... command) {
        try {
            Process process = new ProcessBuilder(command(command))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** On Windows, npm is a script, which only cmd can run. */
    private static List<String> command(String... words) {
        List<String> command = new ArrayList<>(File.separatorChar == '\\' ? List.of("cmd", "/c") : List.of());
        command.addAll(List.of(words));
        return command;
    }
}
