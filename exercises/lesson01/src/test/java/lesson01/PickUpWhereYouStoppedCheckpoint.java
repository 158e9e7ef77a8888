package lesson01;

import static workbook.check.script.Script.row;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.checkpoint.NewProcess;
import workbook.check.script.Job;
import workbook.check.script.Schema;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.check.spark.SharedSpark;
import workbook.check.spark.SparkRows;
import workbook.kit.Payment;
import workbook.kit.Scratch;
import workbook.kit.spark.Inbox;

@Checkpoint(PickUpWhereYouStopped.class)
class PickUpWhereYouStoppedCheckpoint {

    private static final Instant MIDNIGHT = Script.at("00:00");
    private static final ScriptRow EARLY = payment(1, "09:00", "12.50");
    private static final ScriptRow NOON = payment(2, "12:00", "8.75");
    private static final ScriptRow MORNING = payment(3, "10:30", "99.99");
    private static final ScriptRow EVENING = payment(4, "18:00", "140.00");

    /** The payment of 10:30 arrives after the one of 12:00 has been archived. */
    @Test
    @Order(1)
    void eachRunArchivesThePaymentsSinceTheLastRun(PickUpWhereYouStopped answer) {
        story().batch(EARLY, NOON)
                .batch(EVENING, MORNING)
                .emits(EARLY, MORNING, NOON, EVENING)
                .run(new Archiving(answer, After.NOTHING));
    }

    @Test
    @Order(2)
    void archivedPaymentsStayWhenTheirFilesAreDeleted(PickUpWhereYouStopped answer) {
        story().batch(EARLY, NOON)
                .batch(EVENING)
                .emits(EARLY, NOON, EVENING)
                .run(new Archiving(answer, After.FILES_CLEARED));
    }

    @Test
    @Order(3)
    void theRowsOfAKilledRunAreNotWrittenAgain(PickUpWhereYouStopped answer) {
        story().batch(EARLY, NOON)
                .batch(EVENING)
                .emits(EARLY, NOON, EVENING)
                .run(new Archiving(answer, After.COMMIT_LOST));
    }

    /** The oracle: all payments delivered so far. No payment arrives before the first run and before the last. */
    @Test
    @Order(4)
    void theArchiveContainsEachPaymentOnceAfterRandomDeliveries(PickUpWhereYouStopped answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        Script story =
                story().title("random rows, repeat them with " + seed).batch().emitsNothing();
        List<ScriptRow> delivered = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            List<ScriptRow> payments = randomPayments(random, 100 + delivered.size());
            delivered.addAll(payments);
            story.batch(payments).emits(List.copyOf(delivered));
        }
        story.batch().emits(delivered).run(new Archiving(answer, After.NOTHING));
    }

    private static Script story() {
        return Script.of(Payment.SCHEMA).columns(Schema.of(Payment.SCHEMA).names());
    }

    private static ScriptRow payment(long id, String time, String amount) {
        return row(id, Script.at(time), 10, 7, new BigDecimal(amount));
    }

    private static List<ScriptRow> randomPayments(Random random, int firstId) {
        return IntStream.range(firstId, firstId + 1 + random.nextInt(4))
                .mapToObj(id -> row(
                        id,
                        MIDNIGHT.plusSeconds(random.nextInt(86_400)),
                        random.nextInt(8),
                        random.nextInt(3),
                        BigDecimal.valueOf(random.nextInt(100_000), 2)))
                .toList();
    }

    /** What happens after each run. Deleting the commit of its last batch makes a run look as if it had been killed. */
    private enum After {
        NOTHING,
        FILES_CLEARED,
        COMMIT_LOST
    }

    /** The answer, for {@link NewProcess}. */
    private interface Program {
        void run(SparkSession spark, String inbox, String archive, String checkpoint) throws Exception;
    }

    /** The answer, run after each delivery, each time in a new process; every payment has a file of its own. */
    private static final class Archiving implements Job {

        /** Only an answer that does not end needs all of it. */
        private static final long MILLIS_TO_END = 5_000;

        private final SparkSession spark = SharedSpark.session();
        private final Inbox inbox = Inbox.create();
        private final Path archive = Scratch.folder("archive-");
        private final Path checkpoint = Scratch.folder("checkpoint-");
        private final PickUpWhereYouStopped answer;
        private final After after;

        Archiving(PickUpWhereYouStopped answer, After after) {
            this.answer = answer;
            this.after = after;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            rows.forEach(row -> inbox.deliver(List.of(
                    new Payment(row.getLong(0), row.getInstant(1), row.getInt(2), row.getInt(3), row.getDecimal(4))
                            .toJson())));
        }

        @Override
        public void run() throws Exception {
            FutureTask<Void> run = new FutureTask<>(() -> {
                NewProcess.of(answer, Program.class)
                        .run(spark, inbox.path(), archive.toString(), checkpoint.toString());
                expectNothingRunning();
                return null;
            });
            new Thread(run, "the answer").start();
            try {
                awaitEnd(run);
            } finally {
                stopQueries();
            }
            afterwards();
        }

        @Override
        public List<ScriptRow> output() throws IOException {
            boolean isEmpty =
                    files(archive).stream().noneMatch(file -> file.toString().endsWith(".parquet"));
            return isEmpty
                    ? List.of()
                    : SparkRows.fromSpark(
                            spark.read().parquet(archive.toString()).collectAsList());
        }

        /** Waits until the answer returns, or has a query that has read everything and does not end. */
        private void awaitEnd(FutureTask<Void> run) throws Exception {
            while (!run.isDone()) {
                if (Stream.of(spark.streams().active()).anyMatch(Archiving::goesOn)) {
                    throw new AssertionError("The query has read all there is and waits for more: nothing ends it.");
                }
                Thread.sleep(10);
            }
            try {
                run.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw (Exception) e.getCause();
            }
        }

        private void expectNothingRunning() {
            if (Stream.of(spark.streams().active()).anyMatch(StreamingQuery::isActive)) {
                throw new AssertionError("run came back while its query was still at work.");
            }
        }

        private static boolean goesOn(StreamingQuery query) {
            try {
                query.processAllAvailable();
                return !query.awaitTermination(MILLIS_TO_END);
            } catch (Exception e) {
                return false; // it has failed, which the answer reports, too
            }
        }

        private void stopQueries() throws Exception {
            for (StreamingQuery query : spark.streams().active()) {
                query.stop();
            }
        }

        private void afterwards() throws IOException {
            switch (after) {
                case FILES_CLEARED -> delete(files(Path.of(inbox.path())));
                case COMMIT_LOST -> delete(lastCommit());
                case NOTHING -> {}
            }
        }

        /** The commit of the last batch and its checksum; none if the answer has no checkpoint here. */
        private List<Path> lastCommit() throws IOException {
            List<Path> commits = files(checkpoint).stream()
                    .filter(file -> file.getParent().endsWith("commits"))
                    .toList();
            OptionalInt last = commits.stream().mapToInt(Archiving::batch).max();
            return commits.stream()
                    .filter(file -> batch(file) == last.getAsInt())
                    .toList();
        }

        /** Returns 2 for {@code commits/2} and {@code commits/.2.crc}. */
        private static int batch(Path commit) {
            return Integer.parseInt(commit.getFileName().toString().replaceAll("\\D", ""));
        }

        private static List<Path> files(Path folder) throws IOException {
            try (Stream<Path> all = Files.walk(folder)) {
                return all.filter(Files::isRegularFile).toList();
            }
        }

        private static void delete(List<Path> files) throws IOException {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }
}
