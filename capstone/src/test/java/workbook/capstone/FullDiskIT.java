package workbook.capstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.capstone.inference.ModelRegistry;
import workbook.capstone.spark.Lake;
import workbook.capstone.spark.PipelineFolder;
import workbook.kit.LocalKafka;

/**
 * The lake's disk is full: the lake's query fails repeatedly, the scoring continues. Once there is space, the lake
 * catches up and is complete. The disk is a small tmpfs, which root mounts. Run by {@code .ci/distributed-test}.
 */
class FullDiskIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int MORE = 1_000;

    @TempDir
    private Path folder;

    @Test
    @SuppressWarnings("try") // the broker runs until it is closed
    void theScoringContinuesAndTheLakeCatchesUpOnceThereIsSpace() throws Exception {
        PipelineFolder home = new PipelineFolder(folder.resolve("home"));
        new ModelRegistry(home.models()).publish(Load.model());
        Files.createDirectories(home.lake());
        assumeTrue(
                run(
                                "mount",
                                "-t",
                                "tmpfs",
                                "-o",
                                "size=512k",
                                "tmpfs",
                                home.lake().toString())
                        == 0,
                "Skipped: mounting a small disk needs root, on Linux");
        int port = FreePort.next();
        String broker = "127.0.0.1:" + port;
        try (ChildJvm kafka = BrokerProcess.start(folder, port).await("broker: running");
                ChildJvm jobs = ChildJvm.start(
                        folder,
                        Map.of(LocalKafka.CHOICE, broker),
                        Fraud.class.getName(),
                        "jobs",
                        "scoring",
                        "lake",
                        "--home",
                        home.path().toString())) {
            jobs.await("scoring: running").await("lake: running");
            try (Load load = Load.on(broker)) {
                jobs.await("lake: failed").await("No space left on device");
                int whenFull = load.scored().size();
                Awaitility.await().atMost(PATIENCE).until(() -> load.scored().size() > whenFull + MORE);
                assertThat(run("mount", "-o", "remount,size=500m", home.lake().toString()))
                        .isZero();
                load.end();
                Awaitility.await()
                        .atMost(PATIENCE)
                        .untilAsserted(() ->
                                assertThat(load.scored()).hasSize(load.sent().size()));
                load.awaitIn(new Lake(home.lake()));
            }
        } finally {
            run("umount", "-l", home.lake().toString());
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
