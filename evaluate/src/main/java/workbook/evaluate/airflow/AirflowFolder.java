package workbook.evaluate.airflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where Airflow is and what it works on. All that it writes is in {@code .workbook/airflow}.
 *
 * @param project the workbook's folder
 */
public record AirflowFolder(Path project) {

    private static final String LESSON = "lessons/11-orchestration/airflow";
    private static final String PACKAGE = "apache-airflow==";

    /** The folder with everything that Airflow writes. */
    public Path root() {
        return project.resolve(".workbook/airflow");
    }

    /** A file of the virtual environment, such as {@code airflow}. */
    public Path program(String name) {
        return root().resolve("venv/bin").resolve(name);
    }

    /** A file of the lesson, such as {@code requirements.txt}. */
    public Path lesson(String file) {
        return project.resolve(LESSON).resolve(file);
    }

    /** The file that exists when the installation is complete; its content is the version. */
    Path marker() {
        return root().resolve("installed");
    }

    /** The version of Airflow that {@code requirements.txt} names. */
    public String requiredVersion() {
        return lines(lesson("requirements.txt"))
                .filter(line -> line.startsWith(PACKAGE))
                .map(line -> line.substring(PACKAGE.length()).strip())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(LESSON + "/requirements.txt does not name " + PACKAGE));
    }

    /** The version of Airflow that is installed; empty if none is. */
    public Optional<String> installedVersion() {
        return Files.exists(marker()) && Files.isExecutable(program("airflow"))
                ? lines(marker()).findFirst()
                : Optional.empty();
    }

    /**
     * The settings of Airflow as environment variables.
     *
     * @param home the name of the folder in {@link #root} with this Airflow's database and files
     * @param dags the folder with the DAG files
     */
    Map<String, String> environment(String home, Path dags) {
        Path folder = root().resolve(home);
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("AIRFLOW_HOME", folder.toString());
        variables.put("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "sqlite:///" + folder.resolve("airflow.db"));
        variables.put("AIRFLOW__CORE__DAGS_FOLDER", dags.toString());
        variables.put("AIRFLOW__CORE__PLUGINS_FOLDER", lesson("plugins").toString());
        variables.put("AIRFLOW__CORE__LOAD_EXAMPLES", "False");
        variables.put("AIRFLOW__USAGE_DATA_COLLECTION__ENABLED", "False");
        variables.put("PYTHONPATH", lesson("plugins") + ":" + project.resolve("exercises/lesson11/src/main/python"));
        variables.put("PYTHONPYCACHEPREFIX", root().resolve("pycache").toString());
        variables.put("WORKBOOK", project.toString());
        return variables;
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
