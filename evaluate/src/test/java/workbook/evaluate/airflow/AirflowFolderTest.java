package workbook.evaluate.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.kit.ProjectFolder;

class AirflowFolderTest {

    private final AirflowFolder folder = new AirflowFolder(ProjectFolder.find().orElseThrow());

    @Test
    void theVersionIsThatOfTheRequirementsAndOfTheConstraints() throws Exception {
        assertThat(folder.requiredVersion()).matches("3\\.\\d+\\.\\d+");
        assertThat(Files.readAllLines(folder.lesson("constraints.txt")))
                .contains("apache-airflow==" + folder.requiredVersion());
    }

    @Test
    void anInstallationThatWasCutShortIsNone(@TempDir Path home) throws Exception {
        AirflowFolder other = new AirflowFolder(home);
        Files.createDirectories(other.program("airflow").getParent());
        Files.createFile(other.program("airflow")).toFile().setExecutable(true);
        assertThat(other.installedVersion()).isEmpty();

        Files.writeString(other.marker(), "3.3.2\n");
        assertThat(other.installedVersion()).contains("3.3.2");
    }

    @Test
    void allThatAirflowWritesIsInTheFolderOfTheWorkbook() {
        Map<String, String> environment = folder.environment("home", folder.lesson("dags"));
        String root = folder.project() + "/.workbook/airflow/";

        assertThat(environment.get("AIRFLOW_HOME")).startsWith(root);
        assertThat(environment.get("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN")).startsWith("sqlite:///" + root);
        assertThat(environment.get("PYTHONPYCACHEPREFIX")).startsWith(root);
        assertThat(Path.of(environment.get("AIRFLOW__CORE__DAGS_FOLDER"), "fraud_night.py"))
                .exists();
        assertThat(Path.of(environment.get("AIRFLOW__CORE__PLUGINS_FOLDER"), "night_callbacks.py"))
                .exists();
    }
}
