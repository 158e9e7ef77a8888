package workbook.capstone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.capstone.inference.ModelRegistry;
import workbook.capstone.spark.Lake;
import workbook.capstone.spark.PipelineFolder;
import workbook.kit.LocalKafka;

/**
 * The pipeline on a Spark cluster: a master and two workers, each a process on this machine, and the queries by {@code
 * spark-submit}. One worker is killed under load. Run by {@code .ci/distributed-test}.
 */
class ClusterIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int BEFORE = 1_000;

    @TempDir
    private Path folder;

    private final int kafkaPort = FreePort.next();
    private final int masterPort = FreePort.next();
    private final List<ChildJvm> processes = new ArrayList<>();

    @Test
    void aWorkerIsKilledAndNoPaymentIsLost() throws IOException {
        PipelineFolder home = new PipelineFolder(folder.resolve("home"));
        new ModelRegistry(home.models()).publish(Load.model());
        try {
            processes.add(BrokerProcess.start(folder, kafkaPort).await("broker: running"));
            ChildJvm master = start(
                    sparkHome(),
                    "org.apache.spark.deploy.master.Master",
                    "--host",
                    "127.0.0.1",
                    "--port",
                    Integer.toString(masterPort),
                    "--webui-port",
                    "0");
            master.await("New state: ALIVE");
            ChildJvm first = worker();
            worker();
            ChildJvm driver = driver(home);
            driver.await("scoring: running").await("lake: running");
            try (Load load = Load.on(broker())) {
                Awaitility.await().atMost(PATIENCE).until(() -> load.scored().size() > BEFORE);
                first.kill();
                int whenKilled = load.scored().size();
                Awaitility.await().atMost(PATIENCE).until(() -> load.scored().size() > whenKilled + BEFORE);
                load.end();
                Awaitility.await()
                        .atMost(PATIENCE)
                        .untilAsserted(() ->
                                assertThat(load.scored()).hasSize(load.sent().size()));
                assertThat(load.scored()).isEqualTo(load.sent());
                load.awaitIn(new Lake(home.lake()));
                load.awaitFeaturesIn(new Lake(home.lake()));
            }
        } finally {
            processes.forEach(ChildJvm::close);
        }
    }

    private String broker() {
        return "127.0.0.1:" + kafkaPort;
    }

    private String master() {
        return "spark://127.0.0.1:" + masterPort;
    }

    /** A worker with as many cores as all queries need: one worker is enough when the other is killed. */
    private ChildJvm worker() throws IOException {
        return start(
                        sparkHome(),
                        "org.apache.spark.deploy.worker.Worker",
                        "--host",
                        "127.0.0.1",
                        "--cores",
                        "4",
                        "--memory",
                        "1g",
                        "--webui-port",
                        "0",
                        "--work-dir",
                        Files.createDirectories(folder.resolve("work")).toString(),
                        master())
                .await("Successfully registered with master");
    }

    private ChildJvm driver(PipelineFolder home) {
        return start(
                Map.of(LocalKafka.CHOICE, broker()),
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                master(),
                "--class",
                Fraud.class.getName(),
                "--conf",
                "spark.executor.extraClassPath=" + ChildJvm.CLASS_PATH,
                "--conf",
                "spark.executor.memory=800m",
                "spark-internal",
                "jobs",
                "--home",
                home.path().toString());
    }

    /** A worker needs a Spark home to start executors; here the jars are on the class path. */
    private Map<String, String> sparkHome() throws IOException {
        Files.createDirectories(folder.resolve("spark/jars"));
        return Map.of(
                "SPARK_HOME",
                folder.resolve("spark").toString(),
                "SPARK_SCALA_VERSION",
                "2.13",
                "SPARK_LOCAL_IP",
                "127.0.0.1",
                "WORKBOOK_LOG",
                "info");
    }

    private ChildJvm start(Map<String, String> environment, String main, String... arguments) {
        ChildJvm process = ChildJvm.start(folder, environment, main, arguments);
        processes.add(process);
        return process;
    }
}
