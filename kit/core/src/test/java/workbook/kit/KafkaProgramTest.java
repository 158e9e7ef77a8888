package workbook.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class KafkaProgramTest {

    @Command(name = "Sample")
    static final class Sample extends KafkaProgram {

        @Option(names = "--fail")
        boolean fail;

        private String clusterId;
        private String bootstrapServers;

        @Override
        protected void run(LocalKafka kafka) throws Exception {
            bootstrapServers = kafka.bootstrapServers();
            clusterId = kafka.admin().describeCluster().clusterId().get();
            if (fail) {
                throw new IllegalStateException("It failed.");
            }
        }
    }

    private final Sample program = new Sample();

    @Test
    void theProgramRunsWithABrokerThatIsStoppedAfterwards() {
        assertThat(Program.execute(program)).isZero();
        assertThat(program.clusterId).isNotBlank();
        assertThat(isRunning()).isFalse();
    }

    @Test
    void theBrokerIsStoppedAfterAFailure() {
        PrintStream console = System.err;
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        try {
            assertThat(Program.execute(program, "--fail")).isEqualTo(1);
        } finally {
            System.setErr(console);
        }
        assertThat(errors.toString(StandardCharsets.UTF_8)).startsWith("Sample: It failed.");
        assertThat(isRunning()).isFalse();
    }

    private boolean isRunning() {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", program.bootstrapServers,
                "default.api.timeout.ms", 1000,
                "request.timeout.ms", 500);
        try (Admin admin = Admin.create(settings)) {
            admin.describeCluster().clusterId().get();
            return true;
        } catch (Exception e) {
            return false;
        }
    }
}
