package workbook.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import workbook.evaluate.doctor.Check;
import workbook.kit.ProjectFolder;

class DoctorTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StringWriter err = new StringWriter();

    @Test
    void runsEveryCheckOnThisMachine() {
        int code = doctor(Check.all(ProjectFolder.find().orElseThrow()));

        assertThat(out())
                .contains(
                        "  JDK  ",
                        "  JVM flags  ",
                        "  Maven  ",
                        "  JBang  ",
                        "  Git  ",
                        "  Memory  ",
                        "  Cores  ",
                        "  Disk  ",
                        "  Folder  ",
                        "  Scratch  ",
                        "  Network  ",
                        "  Ports  ",
                        "  Docker  ",
                        "  Airflow  ",
                        "  System  ",
                        "  Locale  ")
                .contains("ok    JVM flags   ./jbang and Maven open")
                .contains(" with javac")
                .doesNotContain("the check failed");
        assertThat(out().strip()).endsWith(code == 0 ? "No problems found." : " to fix.");
    }

    @Test
    void aProblemGivesExitCode1(@TempDir Path home) throws Exception {
        Files.createFile(home.resolve(".workbook")); // a file where the folder should be

        assertThat(doctor(Check.all(home).stream()
                        .filter(check -> check.name().equals("Scratch"))
                        .toList()))
                .isEqualTo(1);

        assertThat(out())
                .contains("FIX   Scratch     .workbook is not writable")
                .endsWith("\n1 problem to fix.\n");
    }

    @Test
    void outsideOfAWorkbookThereIsOneCheck() {
        assertThat(doctor(Check.outsideOfWorkbook())).isEqualTo(1);
        assertThat(out())
                .startsWith("  FIX   Folder      this is not the workbook's folder: ")
                .endsWith("\n1 problem to fix.\n");
    }

    @Test
    void anUnknownOptionPrintsTheUsage() {
        CommandLine line = new CommandLine(new Doctor(List.of(), print()));
        assertThat(line.setErr(new PrintWriter(err)).execute("--fix")).isEqualTo(2);
        assertThat(err.toString()).contains("--fix", "Usage: doctor");
    }

    private int doctor(List<Check> checks) {
        return new CommandLine(new Doctor(checks, print())).execute();
    }

    private PrintStream print() {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
