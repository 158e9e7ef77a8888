package lesson01;

import static workbook.check.script.Script.row;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.checkpoint.NewProcess;
import workbook.check.script.Job;
import workbook.check.script.RandomRows;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.check.spark.SharedSpark;
import workbook.check.spark.SparkRows;
import workbook.check.spark.StalledTasks;
import workbook.kit.Payment;
import workbook.kit.Scratch;
import workbook.kit.spark.Inbox;

@Checkpoint(PickUpWhereYouStopped.class)
class PickUpWhereYouStoppedCheckpoint {

    private static final ScriptRow EARLY = payment(1, "09:00", "12.50");
    private static final ScriptRow NOON = payment(2, "12:00", "8.75");
    private static final ScriptRow MORNING = payment(3, "10:30", "99.99");
    private static final ScriptRow EVENING = payment(4, "18:00", "140.00");

    /** In the first run no task starts until the answer waits for its query. The payment of 10:30 arrives late. */
    @Test
    @Order(1)
    void eachRunArchivesThePaymentsSinceTheLastRun(PickUpWhereYouStopped answer) {
        story().batch(EARLY, NOON)
                .batch(EVENING, MORNING)
                .emits(EARLY, MORNING, NOON, EVENING)
                .run(new Archiving(answer, After.NOTHING).withASlowFirstRun());
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
                .run(new Archiving(answer, After.NOTES_LOST));
    }

    @Test
    @Order(4)
    void aRunThatCannotWriteThrowsAndTheNextOneWritesItsRows(PickUpWhereYouStopped answer) {
        story().batch(EARLY, NOON)
                .emitsNothing()
                .batch(EVENING)
                .emits(EARLY, NOON, EVENING)
                .run(new Archiving(answer, After.NOTHING).withAFailingFirstRun());
    }

    /** The oracle: all payments delivered so far. No payment arrives before the first run and before the last. */
    @Test
    @Order(5)
    void theArchiveContainsEachPaymentOnceAfterRandomDeliveries(PickUpWhereYouStopped answer) {
        Seed seed = Seed.next();
        Script story =
                story().title("random rows, repeat them with " + seed).batch().emitsNothing();
        List<ScriptRow> delivered = new ArrayList<>();
        RandomRows rows = RandomRows.of(Payment.SCHEMA).notNull().unique("id");
        for (List<ScriptRow> payments : rows.batches(seed.random(), 2, 50)) {
            delivered.addAll(payments);
            story.batch(payments).emits(List.copyOf(delivered));
        }
        story.batch().emits(delivered).run(new Archiving(answer, After.NOTHING));
    }

    private static Script story() {
        return Script.of(Payment.SCHEMA).columns(Payment.SCHEMA.split(", "));
    }

    private static ScriptRow payment(long id, String time, String amount) {
        return row(id, Script.at(time), 10, 7, new BigDecimal(amount));
    }

    /** What happens after each run. Without what it noted after its last rows, a run looks as if it had been killed. */
    private enum After {
        NOTHING,
        FILES_CLEARED,
        NOTES_LOST
    }

    /** The answer, for {@link NewProcess}. */
    private interface Program {
        void run(SparkSession spark, String inbox, String archive, String checkpoint) throws Exception;
    }

    /** The answer, run after each delivery, each time in a new process. */
    private static final class Archiving implements Job {

        private static final int PAYMENTS_PER_FILE = 20;

        /** Only an answer that does not end needs all of it. */
        private static final long MILLIS_TO_END = 5_000;

        private final SparkSession spark = SharedSpark.session();
        private final Inbox inbox = Inbox.create();
        private final Path archive = Scratch.folder("archive-");
        private final Path checkpoint = Scratch.folder("checkpoint-");
        private final PickUpWhereYouStopped answer;
        private final After after;
        private boolean isSlow;
        private boolean fails;

        Archiving(PickUpWhereYouStopped answer, After after) {
            this.answer = answer;
            this.after = after;
        }

        Archiving withASlowFirstRun() {
            isSlow = true;
            return this;
        }

        Archiving withAFailingFirstRun() {
            fails = true;
            return this;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            for (int first = 0; first < rows.size(); first += PAYMENTS_PER_FILE) {
                inbox.deliver(rows.subList(first, Math.min(first + PAYMENTS_PER_FILE, rows.size())).stream()
                        .map(Archiving::json)
                        .toList());
            }
        }

        private static String json(ScriptRow row) {
            return new Payment(row.getLong(0), row.getInstant(1), row.getInt(2), row.getInt(3), row.getDecimal(4))
                    .toJson();
        }

        @Override
        public void run() throws Exception {
            if (fails) {
                fails = false;
                runWithoutFolder();
                return;
            }
            Map<Path, byte[]> notes = contents(checkpoint);
            runInNewProcess();
            switch (after) {
                case FILES_CLEARED -> delete(files(Path.of(inbox.path())));
                case NOTES_LOST -> loseNotes(notes);
                case NOTHING -> {}
            }
        }

        /** No rows can be written to an archive that is a file. */
        private void runWithoutFolder() throws Exception {
            Scratch.delete(archive);
            Files.createFile(archive);
            try {
                runInNewProcess();
            } catch (Exception e) {
                return;
            } finally {
                Scratch.delete(archive);
                Files.createDirectory(archive);
            }
            throw new AssertionError("""
                    The archive could not be written, and the method returned as if it had been. Let it throw: then somebody
                    notices.""");
        }

        private void runInNewProcess() throws Exception {
            FutureTask<Void> run = new FutureTask<>(() -> {
                NewProcess.of(answer, Program.class)
                        .run(spark, inbox.path(), archive.toString(), checkpoint.toString());
                expectNothingRunning();
                return null;
            });
            try {
                boolean hasEndedEarly = startsAndEndsEarly(new Thread(run, "the answer"));
                awaitEnd(run);
                if (hasEndedEarly) {
                    throw new AssertionError("""
                            The machine was busy, and the method ended before its query had archived a payment. Wait for
                            the query's end, not for a fixed time.""");
                }
            } finally {
                stopQueries();
            }
        }

        private boolean startsAndEndsEarly(Thread run) throws Exception {
            if (isSlow) {
                isSlow = false;
                return StalledTasks.areNotAwaitedBy(run);
            }
            run.start();
            return false;
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

        /** Restores the notes in the checkpoint that are newer than the last rows in the archive. */
        private void loseNotes(Map<Path, byte[]> before) throws IOException {
            Optional<FileTime> lastRows = files(archive).stream()
                    .filter(file -> file.toString().endsWith(".parquet"))
                    .map(Archiving::modified)
                    .max(Comparator.naturalOrder());
            for (Path note : files(checkpoint)) {
                if (lastRows.isPresent() && modified(note).compareTo(lastRows.get()) > 0) {
                    if (before.containsKey(note)) {
                        Files.write(note, before.get(note));
                    } else {
                        Files.delete(note);
                    }
                }
            }
        }

        private static Map<Path, byte[]> contents(Path folder) throws IOException {
            Map<Path, byte[]> contents = new HashMap<>();
            for (Path file : files(folder)) {
                contents.put(file, Files.readAllBytes(file));
            }
            return contents;
        }

        private static FileTime modified(Path file) {
            try {
                return Files.getLastModifiedTime(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
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
