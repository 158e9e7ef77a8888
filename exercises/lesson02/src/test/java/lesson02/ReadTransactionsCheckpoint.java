package lesson02;

import static workbook.check.script.Script.row;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.kafka.KafkaTopic;
import workbook.check.script.CallLimit;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;

@Checkpoint(ReadTransactions.class)
class ReadTransactionsCheckpoint {

    private static final String PLAIN = "none";
    private static final String COMMITTED = "committed";
    private static final String ABORTED = "aborted";
    private static final String LARGE = "aborted, 2.7 MB";
    private static final String OPEN = "open";

    @Test
    @Order(1)
    void everyCallReturnsAllRecordsThatAreNotAborted(ReadTransactions answer) {
        try (Reading reading = new Reading(answer)) {
            script().batch(row("a", PLAIN))
                    .emitsInOrder(row("a"))
                    .batch(row("b", COMMITTED), row("c", ABORTED), row("d", PLAIN))
                    .emitsInOrder(row("a"), row("b"), row("d"))
                    .run(reading);
        }
    }

    /** A fetch returns 1 MB of a partition. The second fetch has only aborted records. */
    @Test
    @Order(2)
    void recordsAfterLargeAbortedOnesAreRead(ReadTransactions answer) {
        try (Reading reading = new Reading(answer)) {
            script().batch(row("a", PLAIN), row("b", LARGE), row("c", PLAIN))
                    .emitsInOrder(row("a"), row("c"))
                    .run(reading);
        }
    }

    /** The open transaction is committed before the last batch is sent. */
    @Test
    @Order(3)
    void theCallDoesNotWaitForAnOpenTransaction(ReadTransactions answer) {
        try (Reading reading = new Reading(answer)) {
            script().batch(row("a", PLAIN))
                    .emitsInOrder(row("a"))
                    .batch(row("b", OPEN), row("c", PLAIN))
                    .emitsInOrder(row("a"))
                    .batch(row("d", PLAIN))
                    .emitsInOrder(row("a"), row("b"), row("c"), row("d"))
                    .run(reading);
        }
    }

    @Test
    @Order(4)
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
        List<String> transactions = new ArrayList<>();
        random.ints(7, 0, 3)
                .forEach(
                        i -> transactions.add(List.of(PLAIN, COMMITTED, ABORTED).get(i)));
        transactions.addAll(List.of(OPEN, PLAIN));
        return transactions.stream()
                .map(end -> row("" + (100 + random.nextInt(900)), end))
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
        private List<String> values;
        private Duration first;

        Reading(ReadTransactions answer) {
            this.answer = answer;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            if (open != null) {
                topic.commit(open);
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
                    topic.sendAndAbort(large, large, large);
                }
                case OPEN -> open = topic.inTransaction(record);
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
            values = answer.committed(topic.servers(), topic.name());
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
