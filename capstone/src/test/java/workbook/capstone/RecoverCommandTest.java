package workbook.capstone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.capstone.format.JsonFormat;
import workbook.capstone.streaming.PaymentProducer;
import workbook.capstone.streaming.Topics;
import workbook.kit.LocalKafka;
import workbook.kit.Simulator;

class RecoverCommandTest {

    @TempDir
    private Path folder;

    @Test
    void theRecordsThatTheLakeLacksAreAddedOnceAndACheckpointIsLeft() {
        try (LocalKafka kafka = LocalKafka.start()) {
            Topics.create(kafka, 1);
            try (PaymentProducer producer = new PaymentProducer(kafka.bootstrapServers(), JsonFormat.PLAIN)) {
                new Simulator(Simulator.Settings.defaults().withCustomers(60))
                        .payments(0, 30)
                        .limit(20)
                        .forEach(payment -> producer.send(payment.payment()));
                producer.flush();
            }
            assertThat(run(kafka)).isEqualTo("""
                    read from         {"payments":{"0":-2},"scores":{"0":0}}
                    added to bronze   20 records
                    added to silver   0 payments
                    exit code 0
                    """);
            assertThat(run(kafka))
                    .contains("The lake's query has a checkpoint in ")
                    .contains("If it is damaged, move that folder away and try again.")
                    .endsWith("exit code 1\n");
        }
    }

    private String run(LocalKafka kafka) {
        try (ChildJvm process = ChildJvm.start(
                folder,
                Map.of(LocalKafka.CHOICE, kafka.bootstrapServers()),
                Fraud.class.getName(),
                "recover",
                "--home",
                folder.toString())) {
            int code = process.awaitEnd();
            return process.output() + "exit code " + code + "\n";
        }
    }
}
