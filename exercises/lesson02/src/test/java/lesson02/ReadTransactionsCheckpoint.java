package lesson02;

import static workbook.check.script.Script.row;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.kafka.KafkaTopic;
import workbook.check.kafka.OpenClients;
import workbook.check.script.CallLimit;
import workbook.check.script.Job;
import workbook.check.script.RandomRows;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;

@Checkpoint(ReadTransactions.class)
class ReadTransactionsCheckpoint {

    private static final String PLAIN = "none";
    private static final String COMMITTED = "committed";
    private static final String ABORTED = "aborted";
    private static final String DELETED = "none, later deleted";
    private static final String LARGE = "aborted, 4.5 MB";
    private static final String OPEN = "open, then committed";
    private static final String OPEN_TO_ABORT = "open, then aborted";

    @Test
    @Order(1)
    void everyCallReturnsAllRecordsThatAreNotAborted(ReadTransactions answer) {
        try (Reading reading = new Reading(answer)) {
            script().batch(row("b", PLAIN))
                    .emitsInOrder(row("b"))
                    .batch(row("a", COMMITTED), row("c", ABORTED), row(" ", PLAIN), row("b", PLAIN))
                    .emitsInOrder(row("b"), row("a"), row(" "), row("b"))
                    .run(reading);
        }
    }

    /** A fetch returns 1 MB of a partition. Several fetches have only aborted records. */
    @Test
    @Order(2)
    void recordsAfterLargeAbortedOnesAreRead(ReadTransactions answer) {
        try (Reading reading = new Reading(answer)) {
            script().batch(row("a", PLAIN), row("b", LARGE), row("c", PLAIN))
                    .emitsInOrder(row("a"), row("c"))
                    .run(reading);
        }
    }

    /** The topic is empty at first. One open transaction is committed before the next batch is sent, the other aborted. */
    @Test
    @Order(3)
    void theCallDoesNotWaitForAnOpenTransaction(ReadTransactions answer) {
        try (Reading reading = new Reading(answer)) {
            script().batch()
                    .emitsNothing()
                    .batch(row("a", PLAIN))
                    .emitsInOrder(row("a"))
                    .batch(row("b", OPEN), row("c", PLAIN))
                    .emitsInOrder(row("a"))
                    .batch(row("d", PLAIN), row("e", OPEN_TO_ABORT), row("f", PLAIN))
                    .emitsInOrder(row("a"), row("b"), row("c"), row("d"))
                    .batch()
                    .emitsInOrder(row("a"), row("b"), row("c"), row("d"), row("f"))
                    .run(reading);
        }
    }

    @Test
    @Order(4)
    void aLogWhoseFirstRecordsAreDeletedIsReadFromItsBeginning(ReadTransactions answer) {
        try (Reading reading = new Reading(answer)) {
            script().batch(row("a", DELETED), row("b", PLAIN))
                    .emitsInOrder(row("b"))
                    .run(reading);
        }
    }

    @Test
    @Order(5)
    void ofRandomTransactionsOnlyTheValidRecordsAreRead(ReadTransactions answer) {
        Seed seed = Seed.next();
        List<ScriptRow> records = random(seed.random());
        try (Reading reading = new Reading(answer)) {
            script().title(seed.hint())
                    .batch(records)
                    .emitsInOrder(records.stream()
                            .takeWhile(record -> !record.getString(1).equals(OPEN))
                            .filter(record -> !record.getString(1).equals(ABORTED))
                            .map(record -> row(record.get(0)))
                            .toArray())
                    .run(reading);
        }
    }

    private static List<ScriptRow> random(Random random) {
        List<String> transactions = new ArrayList<>(List.of(PLAIN, COMMITTED, ABORTED));
        random.ints(9, 0, 3).forEach(i -> transactions.add(transactions.get(i)));
        Collections.shuffle(transactions, random);
        transactions.addAll(List.of(OPEN, PLAIN));
        List<ScriptRow> values = RandomRows.of("value STRING").notNull().rows(random, transactions.size());
        return IntStream.range(0, transactions.size())
                .mapToObj(i -> row(values.get(i).getString(0), transactions.get(i)))
                .toList();
    }

    private static Script script() {
        return Script.of("value STRING, transaction STRING").columns("value");
    }

    /** Sends each record in its own transaction or without one, and reads the topic from its beginning. */
    private static final class Reading implements Job, AutoCloseable {
        private final KafkaTopic topic = KafkaTopic.create(1);
        private final ReadTransactions answer;
        private KafkaProducer<String, String> open;
        private Consumer<KafkaProducer<String, String>> end;
        private List<String> values;
        private Duration first;

        Reading(ReadTransactions answer) {
            this.answer = answer;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            if (open != null) {
                end.accept(open);
                open.close();
                open = null;
            }
            rows.forEach(row -> send(row.getString(0), row.getString(1)));
        }

        private void send(String value, String transaction) {
            ProducerRecord<String, String> record = topic.record("key", value);
            switch (transaction) {
                case COMMITTED -> topic.sendAndCommit(record);
                case ABORTED -> topic.sendAndAbort(record);
                case LARGE -> {
                    ProducerRecord<String, String> large = topic.record("key", value.repeat(900_000));
                    topic.sendAndAbort(large, large, large, large, large);
                }
                case OPEN -> {
                    open = topic.inTransaction(record);
                    end = topic::commit;
                }
                case OPEN_TO_ABORT -> {
                    open = topic.inTransaction(record);
                    end = topic::abort;
                }
                case DELETED -> {
                    topic.send(record);
                    topic.deleteBefore(0, topic.records().size());
                }
                default -> topic.send(record);
            }
        }

        @Override
        public void run() {
            if (first == null) {
                long begin = System.nanoTime();
                read();
                first = Duration.ofNanos(System.nanoTime() - begin);
            } else {
                // more time on a busy machine, where the first call took long as well
                CallLimit.call(first.multipliedBy(10).plusSeconds(3), () -> {
                    read();
                    return null;
                });
            }
        }

        private void read() {
            OpenClients.expectNoneAfter(() -> values = answer.committed(topic.servers(), topic.name()));
        }

        @Override
        public List<ScriptRow> output() {
            return values.stream().map(Script::row).toList();
        }

        @Override
        public void close() {
            if (open != null) {
                open.close();
            }
        }
    }
}
