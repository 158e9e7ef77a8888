package workbook.capstone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.capstone.inference.ModelRegistry;
import workbook.capstone.spark.Lake;
import workbook.capstone.spark.PipelineFolder;
import workbook.kit.LocalKafka;

/**
 * The pipeline's processes are killed at random moments under load: a query, the broker, everything. {@code -Dkills=30}
 * kills more often, {@code -Dseed=…} at other moments. Run by {@code .ci/distributed-test}.
 */
class ChaosIT {

    private static final int KILLS = Integer.getInteger("kills", 2);
    private static final long SEED = Long.getLong("seed", 42);
    private static final int LONGEST_LIFE_MILLIS = 20_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);

    @Test
    void noPaymentIsLostAndSilverHasEachOnce() throws Exception {
        PipelineFolder home = new PipelineFolder(folder.resolve("home"));
        new ModelRegistry(home.models()).publish(Load.model());
        try (Processes processes = new Processes(folder, home.path())) {
            processes.start();
            try (Load load = Load.on(processes.broker())) {
                for (int kill = 1; kill <= KILLS; kill++) {
                    Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
                    processes.revive();
                    System.out.printf(
                            "kill %d of %d: %s; %,d payments sent, %,d scored%n",
                            kill,
                            KILLS,
                            processes.killOne(random),
                            load.sent().size(),
                            load.scored().size());
                }
                load.end();
                Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
                    processes.revive();
                    assertThat(load.scored()).hasSize(load.sent().size());
                });
                assertThat(load.scored()).isEqualTo(load.sent());
                load.awaitIn(new Lake(home.lake()));
                load.awaitFeaturesIn(new Lake(home.lake()));
            }
        }
    }

    /** The pipeline's processes: a broker, and one per query. */
    private static final class Processes implements AutoCloseable {
        private static final String KAFKA = "broker";
        private static final List<String> ALL = List.of(KAFKA, "scoring", "lake", "features");

        private final Path folder;
        private final Path home;
        private final int port = FreePort.next();
        private final Map<String, ChildJvm> processes = new HashMap<>();

        Processes(Path folder, Path home) {
            this.folder = folder;
            this.home = home;
        }

        String broker() {
            return "127.0.0.1:" + port;
        }

        void start() {
            ALL.forEach(name -> begin(name).await(name + ": running"));
        }

        /** Kills one process or all, and restarts without waiting: the next kill may happen during startup. */
        String killOne(Random random) {
            int choice = random.nextInt(ALL.size() + 1);
            boolean everything = choice == ALL.size();
            (everything ? ALL : List.of(ALL.get(choice)))
                    .forEach(name -> processes.get(name).kill());
            revive();
            return everything ? "everything" : "the " + ALL.get(choice);
        }

        /**
         * Restarts ended processes, also those that ended by themselves: a query exits if the broker is down at its
         * start.
         */
        void revive() {
            ALL.stream().filter(name -> !processes.get(name).isAlive()).forEach(this::begin);
        }

        private ChildJvm begin(String name) {
            ChildJvm process = name.equals(KAFKA)
                    ? BrokerProcess.start(folder, port)
                    : ChildJvm.start(
                            folder,
                            Map.of(LocalKafka.CHOICE, broker()),
                            Fraud.class.getName(),
                            "jobs",
                            name,
                            "--home",
                            home.toString());
            processes.put(name, process);
            return process;
        }

        @Override
        public void close() {
            processes.values().forEach(ChildJvm::close);
        }
    }
}
