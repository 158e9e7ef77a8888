package workbook.evaluate.airflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks DAG files on copies of an empty metadata database, so that it does not matter whether Airflow runs. */
public record DagChecks(AirflowFolder folder) {

    /**
     * Runs the checks on this terminal and returns their exit code: 0 if no answer is wrong.
     *
     * @param arguments names of exercises, {@code --proof}, {@code --conformance}
     * @throws IllegalStateException if the database cannot be made
     */
    public int run(List<String> arguments) {
        Path home = folder.root().resolve("check");
        Map<String, String> environment = folder.environment("check", home.resolve("dags"));
        environment.put("AIRFLOW__LOGGING__LOGGING_LEVEL", "CRITICAL");
        AirflowProgram program = new AirflowProgram(folder.project(), environment);
        try {
            Files.createDirectories(home.resolve("dags"));
            Files.createDirectories(folder.root().resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to " + home + ": " + e.getMessage(), e);
        }
        if (!Files.exists(home.resolve("airflow.db"))) {
            program.run(
                    folder.root().resolve("log/migrate-check.log"),
                    folder.program("airflow").toString(),
                    "db",
                    "migrate");
        }
        List<String> command = new ArrayList<>(List.of(
                folder.program("python").toString(),
                folder.lesson("check/main.py").toString()));
        command.addAll(arguments);
        return program.run(command.toArray(String[]::new));
    }
}
