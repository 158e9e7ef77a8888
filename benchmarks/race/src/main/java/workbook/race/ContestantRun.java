package workbook.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import workbook.kit.LocalKafka;
import workbook.kit.Scratch;

/**
 * One run of a contestant in a JVM of its own. It first works off a backlog, which also warms it up; then it receives
 * payments at a rate, which may be doubled.
 */
final class ContestantRun {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration PATIENCE_FOR_ROWS = Duration.ofMinutes(1);
    /** An engine that has kept a part of the backlog for its last hour releases it here. */
    private static final Duration WARM_UP = Duration.ofSeconds(3);

    private static final double TOLERANCE_MS = 1_000;
    private static final int PARTITIONS = 2;
    private static final long POLL_MILLIS = 5;

    private final LocalKafka kafka;
    private final Path project;
    private final Settings settings;
    private final Contestant contestant;
    private final String name;
    private final SentPayments sentPayments = new SentPayments();
    private final Output output;
    private final Map<Measure, Double> measures = new EnumMap<>(Measure.class);
    private Sender sender;
    private Child child;
    private long end;

    /** @param name of this run, the prefix of its topics */
    ContestantRun(LocalKafka kafka, Path project, Settings settings, Contestant contestant, String name) {
        this.kafka = kafka;
        this.project = project;
        this.settings = settings.oneIn(contestant.oneIn());
        this.contestant = contestant;
        this.name = name;
        this.output = contestant.job().output(sentPayments);
    }

    Result run(boolean isRateDoubled) throws Exception {
        String payments = name + "-payments";
        String results = name + "-results";
        kafka.createTopic(payments, PARTITIONS);
        kafka.createTopic(results, PARTITIONS);
        String read = contestant.hasEngine() ? results : payments;
        long begin = System.nanoTime();
        Path folder = Scratch.folder(name);
        try (Sender open = new Sender(kafka.bootstrapServers(), payments, sentPayments);
                TopicReader reader = TopicReader.start(kafka.bootstrapServers(), read, output)) {
            sender = open;
            if (!contestant.hasEngine()) {
                live(isRateDoubled);
            } else {
                sender.backlog(settings.hours(), settings.perHour());
                try (Child engine = Child.start(project, log(), command(folder, payments, results))) {
                    child = engine;
                    catchUp(begin, System.nanoTime());
                    live(isRateDoubled);
                    isRead(begin, end, PATIENCE_FOR_ROWS);
                }
            }
            return new Result(measures, output.faults(begin, end), "");
        } finally {
            Scratch.delete(folder);
            deleteTopics();
        }
    }

    private void catchUp(long begin, long end) throws InterruptedException {
        child.await("STARTED", PATIENCE);
        long started = System.nanoTime();
        child.await("READY", PATIENCE);
        long ready = System.nanoTime();
        if (!isRead(begin, end, PATIENCE)) {
            throw new IllegalStateException("It has not caught up in " + PATIENCE.toSeconds() + " s.");
        }
        measures.put(Measure.CPU, child.cpuSeconds());
        measures.put(Measure.CAUGHT_UP, seconds(started));
        measures.put(Measure.BACKLOG, sentPayments.payments() / seconds(ready));
    }

    private void live(boolean isRateDoubled) throws InterruptedException {
        Histogram latencies = plateau(settings.rate(), settings.plateau(), PATIENCE_FOR_ROWS);
        if (latencies.getTotalCount() == 0) {
            return;
        }
        double p99 = millis(latencies, 99);
        measures.put(Measure.P50, millis(latencies, 50));
        measures.put(Measure.P99, p99);
        if (child != null) {
            child.peakMiB().ifPresent(memory -> measures.put(Measure.MEMORY, memory));
        }
        if (isRateDoubled && settings.doublings() > 0) {
            measures.put(Measure.HOLDS, (double) highestRate(p99 + TOLERANCE_MS));
        }
    }

    /** Doubles the rate until the latency grows. */
    private int highestRate(double limit) throws InterruptedException {
        Duration patience = Duration.ofMillis((long) (limit + TOLERANCE_MS));
        int rate = settings.rate();
        for (int doubling = 1; doubling <= settings.doublings(); doubling++) {
            long held = end;
            Histogram latencies = plateau(2 * rate, settings.plateau().dividedBy(2), patience);
            if (latencies.getTotalCount() == 0 || millis(latencies, 99) > limit) {
                end = held; // behind, it may read one partition so far ahead that payments of the other are late
                break;
            }
            rate *= 2;
        }
        return rate;
    }

    /** Sends payments at a rate. There are no latencies if this fails or not all results were read. */
    private Histogram plateau(int rate, Duration duration, Duration patience) throws InterruptedException {
        sender.live(rate, WARM_UP);
        long begin = System.nanoTime();
        boolean isSent = sender.live(rate, duration);
        // In half an hour of event time, the clocks of all partitions go past the last hours that are expected.
        end = System.nanoTime() - Sender.HOUR_ON_THE_CLOCK.dividedBy(2).toNanos();
        return isSent && isRead(begin, end, patience) ? output.latencies(begin, end) : new Histogram(3);
    }

    private boolean isRead(long from, long to, Duration patience) throws InterruptedException {
        long begin = System.nanoTime();
        while (!output.isComplete(from, to)) {
            if (child != null && !child.isAlive()) {
                throw new IllegalStateException("The process has ended.");
            }
            if (System.nanoTime() - begin > patience.toNanos()) {
                return false;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return true;
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static double millis(Histogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / 1e3;
    }

    private List<String> command(Path folder, String payments, String results) {
        List<String> command = new ArrayList<>(List.of(
                project.resolve("jbang").toString(),
                "-R=-XX:TieredStopAtLevel=4", // the kit's programs do without the second compiler
                "-R=-Djava.io.tmpdir=" + folder));
        command.addAll(contestant.jbangOptions());
        command.addAll(
                List.of(contestant.file(), name, kafka.bootstrapServers(), payments, results, folder.toString()));
        contestant.changes().forEach(change -> command.add(change.toString()));
        return command;
    }

    /** The standard error of the contestant's last run. */
    Path log() throws IOException {
        return Files.createDirectories(project.resolve(".workbook/race"))
                .resolve(contestant.toString().replaceAll("\\W+", "-") + ".log");
    }

    private void deleteTopics() throws Exception {
        List<String> topics = kafka.admin().listTopics().names().get().stream()
                .filter(topic -> topic.startsWith(name + "-"))
                .toList();
        kafka.admin().deleteTopics(topics).all().get();
    }
}
