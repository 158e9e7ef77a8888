package workbook.capstone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.capstone.inference.Models;
import workbook.capstone.inference.Training;
import workbook.capstone.spark.Lake;
import workbook.capstone.spark.Sessions;
import workbook.capstone.streaming.PaymentProducer;
import workbook.capstone.streaming.Replay;
import workbook.capstone.streaming.TopicReader;
import workbook.capstone.streaming.Topics;
import workbook.kit.LocalKafka;
import workbook.kit.SimulatedPayment;
import workbook.kit.Simulator;

/**
 * The pipeline as processes that are killed at any moment, under load: queries, all of them, the broker.
 * {@code -Dkills=30} kills more often, {@code -Dseed=…} at other moments.
 */
class ChaosTest {

    private static final int KILLS = Integer.getInteger("kills", 2);
    private static final long SEED = Long.getLong("seed", 42);
    private static final int LONGEST_LIFE_MILLIS = 20_000;
    private static final double RATE = 200;
    private static final double MALFORMED = 0.01;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Simulator.Settings SIMULATION = Simulator.Settings.defaults().withCustomers(500);

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private final Set<Long> sent = ConcurrentHashMap.newKeySet();
    private final Set<Long> scored = ConcurrentHashMap.newKeySet();

    @Test
    void nothingIsLostAndSilverHasEachPaymentOnce() throws Exception {
        PipelineFolder home = new PipelineFolder(folder.resolve("home"));
        Simulator simulator = new Simulator(SIMULATION);
        new Models(home.models()).publish(Training.on(simulator, SIMULATION));
        long malformed;
        try (Processes processes = new Processes(folder, home.path())) {
            processes.start();
            try (PaymentProducer producer = new PaymentProducer(processes.broker());
                    TopicReader scores = TopicReader.start(processes.broker(),
                            TopicReader.beginnings(processes.broker(), List.of(Topics.SCORES)),
                            record -> scored.add(Long.parseLong(new String(record.key(), StandardCharsets.UTF_8))))) {
                underLoad(producer, simulator, () -> {
                    for (int kill = 1; kill <= KILLS; kill++) {
                        Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
                        processes.revive();
                        System.out.printf("kill %d of %d: %s; %,d payments sent, %,d scored%n", kill, KILLS,
                                processes.killOne(random), sent.size(), scored.size());
                    }
                });
                assertThat(producer.failure()).isNull();
                assertThat(producer.payments()).isEqualTo(sent.size());
                malformed = producer.malformed();
                Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
                    processes.revive();
                    assertThat(scored).hasSize(sent.size());
                });
            }
            assertThat(scored).isEqualTo(sent);
            awaitLake(new Lake(home.lake()), malformed);
        }
    }

    private interface Kills {
        void run() throws InterruptedException;
    }

    private void underLoad(PaymentProducer producer, Simulator simulator, Kills kills) throws InterruptedException {
        Iterator<SimulatedPayment> days = simulator.payments(Training.HISTORY_DAYS, SIMULATION.days()).iterator();
        AtomicBoolean goOn = new AtomicBoolean(true);
        CompletableFuture<Void> load = CompletableFuture.runAsync(() ->
                new Replay(producer, days, MALFORMED, payment -> sent.add(payment.payment().id()))
                        .run(RATE, Duration.ofDays(1), goOn::get));
        try {
            kills.run();
        } finally {
            goOn.set(false);
            load.join();
            producer.flush();
        }
    }

    private void awaitLake(Lake lake, long malformed) {
        try (SparkSession spark = Sessions.start(1)) {
            Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
                assertThat(lake.count(spark, Lake.SILVER)).isEqualTo(sent.size());
                assertThat(lake.count(spark, Lake.BRONZE)).isEqualTo(sent.size() + malformed);
            });
            assertThat(lake.read(spark, Lake.SILVER).select("id").as(Encoders.LONG()).collectAsList())
                    .containsExactlyInAnyOrderElementsOf(sent);
            assertThat(lake.read(spark, Lake.BRONZE).select("partition", "offset").distinct().count())
                    .isEqualTo(sent.size() + malformed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The pipeline's processes: a broker, the scoring, the lake. */
    private static final class Processes implements AutoCloseable {
        private final Path folder;
        private final Path home;
        private final int port = freePort();
        private ChildJvm kafka;
        private ChildJvm scoring;
        private ChildJvm lake;

        Processes(Path folder, Path home) {
            this.folder = folder;
            this.home = home;
        }

        private static int freePort() {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String broker() {
            return "127.0.0.1:" + port;
        }

        void start() {
            startKafka();
            kafka.await("broker: running");
            scoring = query("scoring").await("scoring: running");
            lake = query("lake").await("lake: running");
        }

        /** Kills something, starts it again, and does not wait for it: the next kill may come while it starts. */
        String killOne(Random random) {
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    scoring.kill();
                    scoring = query("scoring");
                    return "the scoring";
                }
                case 2 -> {
                    lake.kill();
                    lake = query("lake");
                    return "the lake";
                }
                case 3 -> {
                    kafka.kill();
                    startKafka();
                    return "the broker";
                }
                default -> {
                    scoring.kill();
                    lake.kill();
                    kafka.kill();
                    startKafka();
                    scoring = query("scoring");
                    lake = query("lake");
                    return "everything";
                }
            }
        }

        /** What has ended by itself, because its broker was away when it began, is started again, as a cluster would. */
        void revive() {
            if (!kafka.isAlive()) {
                startKafka();
            }
            if (!scoring.isAlive()) {
                scoring = query("scoring");
            }
            if (!lake.isAlive()) {
                lake = query("lake");
            }
        }

        private void startKafka() {
            kafka = ChildJvm.start(folder, Map.of(), List.of(), BrokerProcess.class.getName(),
                    folder.resolve("kafka").toString(), Integer.toString(port));
        }

        private ChildJvm query(String name) {
            return ChildJvm.start(folder, Map.of(LocalKafka.CHOICE, broker()), List.of(), Fraud.class.getName(),
                    "jobs", name, "--home", home.toString());
        }

        @Override
        public void close() {
            for (ChildJvm process : new ChildJvm[] {lake, scoring, kafka}) {
                if (process != null) {
                    process.close();
                }
            }
        }
    }
}
