package workbook.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import workbook.evaluate.airflow.AirflowFolder;

class AirflowTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(strings = {"up", "test", "test --proof", "cli dags list --output json"})
    void withoutAirflowACommandSaysWhatToDo(String command) {
        assertThat(airflow(command.split(" "))).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("needs Airflow: ./jbang airflow install" + System.lineSeparator());
    }

    @Test
    void nothingIsStoppedWhereNothingRuns() {
        assertThat(airflow("down")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Airflow does not run.");
    }

    @Test
    void withoutACommandTheUsageIsPrinted() {
        assertThat(airflow()).isEqualTo(2);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("install", "up", "down", "test", "cli");
    }

    private int airflow(String... arguments) {
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new CommandLine(new Airflow(new AirflowFolder(home), print))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
