package workbook.evaluate.airflow;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Installs Airflow from PyPI into a virtual environment. */
public record Installation(AirflowFolder folder, PrintStream out) {

    private static final String CONSTRAINTS =
            "https://raw.githubusercontent.com/apache/airflow/constraints-%s/constraints-%s.txt";

    /**
     * Installs the version that {@code requirements.txt} names, unless it is installed.
     *
     * @throws IllegalStateException if there is no Python, or if pip fails
     * @throws UncheckedIOException if a file cannot be written
     */
    public void install() {
        String version = folder.requiredVersion();
        if (folder.installedVersion().filter(version::equals).isPresent()) {
            out.println("Airflow " + version + " is installed in " + display(folder.root()) + ".");
            return;
        }
        Python python = Python.find(folder.project())
                .orElseThrow(() -> new IllegalStateException("Airflow needs Python 3.10 or newer. " + Python.INSTALL));
        try {
            Files.createDirectories(folder.root().resolve("log"));
            install(version, python);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to " + folder.root() + ": " + e.getMessage(), e);
        }
    }

    private void install(String version, Python python) throws IOException {
        out.println("Installing Airflow " + version + " for Python " + python.version()
                + " (300 MB, a minute or two; see " + display(log("install.log")) + ") ...");
        AirflowProgram program = new AirflowProgram(folder.project(), Map.of());
        Path venv = folder.root().resolve("venv");
        program.run(log("venv.log"), python.command(), "-m", "venv", venv.toString());
        program.run(
                log("install.log"),
                folder.program("python").toString(),
                "-m",
                "pip",
                "install",
                "--disable-pip-version-check",
                "-r",
                folder.lesson("requirements.txt").toString(),
                "-c",
                constraints(version, python).toString());
        Files.writeString(folder.marker(), version + "\n");
        out.println("Airflow " + version + " is installed. Next: ./jbang airflow up, or ./jbang airflow test");
    }

    /** The versions of all libraries: those that Airflow's project has tested, or, without its server, the workbook's. */
    private Path constraints(String version, Python python) throws IOException {
        String address = String.format(CONSTRAINTS, version, python.version());
        Optional<String> official = download(address);
        if (official.isEmpty()) {
            Path own = folder.lesson("constraints.txt");
            out.println("  " + address + " cannot be reached: using " + display(own));
            return own;
        }
        return Files.writeString(folder.root().resolve("constraints.txt"), official.get());
    }

    private static Optional<String> download(String address) {
        try {
            HttpResponse<String> response = HttpClient.newBuilder()
                    .connectTimeout(Duration.ofSeconds(10))
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build()
                    .send(
                            HttpRequest.newBuilder(URI.create(address))
                                    .timeout(Duration.ofSeconds(20))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Path log(String name) {
        return folder.root().resolve("log").resolve(name);
    }

    private Path display(Path file) {
        return folder.project().relativize(file);
    }
}
