package workbook.capstone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import workbook.kit.LocalKafka;

class FormatOptionsTest {

    @TempDir
    private Path folder;

    @Test
    void everyCommandThatReadsOrWritesPaymentsHasTheOption() {
        CommandLine fraud = new CommandLine(new Fraud());
        assertThat(fraud.getUsageMessage()).contains("--format", "--evolve");
        assertThat(fraud.getSubcommands())
                .allSatisfy(
                        (name, command) -> assertThat(command.getUsageMessage().contains("--format=FORMAT"))
                                .as(name)
                                .isEqualTo(!name.equals("batch") && !name.equals("train")));
    }

    @Test
    void anUnknownFormatIsRefusedWithTheChoices() {
        assertThat(run(Map.of(), "--format", "xml"))
                .contains("'xml' is none of the formats json, avro")
                .endsWith("exit code 2");
    }

    @Test
    void aCommandWithoutARegistrySaysWhereToFindOne() {
        assertThat(run(Map.of(LocalKafka.CHOICE, "127.0.0.1:1"), "simulate", "--format", "avro"))
                .startsWith(
                        "simulate: This command needs a schema registry. Set WORKBOOK_REGISTRY=url, as ./jbang fraud"
                                + " jobs --format avro prints it.")
                .endsWith("exit code 1");
    }

    private String run(Map<String, String> environment, String... arguments) {
        try (ChildJvm process = ChildJvm.start(folder, environment, Fraud.class.getName(), arguments)) {
            int code = process.awaitEnd();
            return process.output() + "exit code " + code;
        }
    }
}
