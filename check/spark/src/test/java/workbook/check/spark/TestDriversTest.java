package workbook.check.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.foreachBatch;
import static workbook.check.spark.SparkAnswers.queryListener;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import workbook.check.kafka.KafkaTopic;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.kit.Scratch;
import workbook.kit.spark.Inbox;

/** Answers that are not a query: sinks, listeners, programs, Kafka clients. */
class TestDriversTest {

    private static final String SALES = "shop STRING, price INT";

    @Test
    void aSinkReceivesABatchAgainAfterAFailure() {
        Path table = Scratch.folder("table-");
        paidTwice()
                .emits(row("north", 1), row("south", 2))
                .run(foreachBatch(
                        () -> (batch, id) ->
                                batch.write().mode(SaveMode.Overwrite).parquet(table + "/batch=" + id),
                        () -> SharedSpark.session()
                                .read()
                                .parquet(table.toString())
                                .drop("batch")
                                .collectAsList()));
    }

    @Test
    void aSinkThatOnlyAppendsFails() {
        Path table = Scratch.folder("table-");
        Golden.assertWrong(
                "own-sink",
                () -> paidTwice()
                        .emits(row("north", 1), row("south", 2))
                        .run(foreachBatch(
                                () -> (batch, id) ->
                                        batch.write().mode(SaveMode.Append).parquet(table.toString()),
                                () -> SharedSpark.session()
                                        .read()
                                        .parquet(table.toString())
                                        .collectAsList())));
    }

    @Test
    void aRestartCreatesANewSink() {
        List<String> calls = new ArrayList<>();
        Supplier<VoidFunction2<Dataset<Row>, Long>> answer = () -> {
            calls.add("asked");
            return (batch, id) -> calls.add("batch " + id);
        };
        Script.of(SALES)
                .columns("calls")
                .batch(row("north", 1))
                .emits(row("asked"), row("batch 0"))
                .restart()
                .batch(row("north", 2))
                .emits(row("asked"), row("batch 0"), row("asked"), row("batch 1"))
                .run(foreachBatch(
                        answer, () -> calls.stream().map(RowFactory::create).toList()));
    }

    @Test
    void aListenerReceivesEachBatch() {
        List<Long> rows = new ArrayList<>();
        Script script = Script.of(SALES)
                .columns("rows")
                .batch(row("north", 1), row("south", 2))
                .emits(row(2))
                .batch(row("south", 2))
                .emits(row(2), row(1));
        script.run(queryListener(UnaryOperator.identity(), () -> new Counting(rows), () -> rows(rows)));
        rows.clear();
        assertThatThrownBy(() -> script.batch(row("north", 3))
                        .emits(row(2), row(1), row(3))
                        .run(queryListener(UnaryOperator.identity(), () -> new Counting(rows), () -> rows(rows))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("batch 3 of 3");
    }

    @Test
    void aListenerReceivesARepeatedBatchOnce() {
        List<Long> rows = new ArrayList<>();
        Script.of(SALES)
                .columns("rows")
                .batch(row("north", 1), row("south", 2))
                .emits(row(2))
                .batch(row("south", 2))
                .sinkFails()
                .emits(row(2), row(1))
                .run(queryListener(UnaryOperator.identity(), () -> new Counting(rows), () -> rows(rows)));
    }

    @Test
    void anExceptionOfAListenerIsThrown() {
        assertThatThrownBy(() -> Script.of(SALES)
                        .columns("rows")
                        .batch(row("north", 1))
                        .run(queryListener(UnaryOperator.identity(), () -> new Counting(null), List::of)))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    void aJobRunsOnceForEachBatch() {
        Script.of(SALES)
                .columns("price", "shop")
                .batch(row("north", 1))
                .emits(row(1, "north"))
                .batch()
                .emits(row(1, "north"))
                .batch(row("south", 2), row("south", 3))
                .emits(row(1, "north"), row(2, "south"), row(3, "south"))
                .run(new Copying("checkpoint"));
    }

    @Test
    void aJobWithoutACheckpointFails() {
        Golden.assertWrong(
                "job",
                () -> Script.of(SALES)
                        .columns("shop", "price")
                        .batch(row("north", 1))
                        .emits(row("north", 1))
                        .batch(row("south", 2))
                        .emits(row("north", 1), row("south", 2))
                        .run(new Copying(null)));
    }

    @Test
    void aConsumerIsCheckedByItsOutputAndItsCommits() {
        consumed(new Consuming(true));
        assertThatThrownBy(() -> consumed(new Consuming(false)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("committed  none  expected 2");
    }

    private static void consumed(Consuming consumer) {
        Script.of("key STRING, value STRING")
                .columns("value")
                .batch(row("a", "1"), row("b", "2"))
                .emits(row("1"), row("2"))
                .expects("committed", 2, () -> consumer.topic.committed("audit").get(0))
                .run(consumer);
    }

    @Test
    void aTopicReturnsTheRecordsOfAllTransactions() {
        KafkaTopic topic = KafkaTopic.create(2);
        topic.send(topic.record(1, "k", "plain", at("09:00")));
        topic.sendAndCommit(topic.record(0, "k", "committed", at("09:01")));
        topic.sendAndAbort(topic.record(0, "k", "aborted", at("09:02")));
        try (KafkaProducer<String, String> open = topic.inTransaction(topic.record(0, "k", "open", at("09:03")))) {
            assertThat(topic.records())
                    .extracting(ConsumerRecord::value)
                    .containsExactly("committed", "aborted", "open", "plain");
        }
        assertThat(topic.records())
                .extracting(ConsumerRecord::timestamp)
                .last()
                .isEqualTo(at("09:00").toEpochMilli());
        assertThat(topic.idempotentProducers()).isGreaterThan(1);
        assertThat(topic.committed("nobody")).isEmpty();
        assertThat(topic.members("nobody")).isZero();
    }

    @Test
    void anEndedTransactionDoesNotBlockReaders() {
        KafkaTopic topic = KafkaTopic.create(1);
        TopicPartition partition = new TopicPartition(topic.name(), 0);
        Map<String, Object> settings =
                Map.of("bootstrap.servers", topic.servers(), "isolation.level", "read_committed");
        try (var reader = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            for (long ended = 1; ended <= 10; ended++) {
                topic.sendAndAbort(topic.record(0, "k", "aborted", at("09:00")));
                long marker = 1;
                assertThat(reader.endOffsets(List.of(partition))).containsEntry(partition, ended * (1 + marker));
            }
        }
    }

    private static Script paidTwice() {
        return Script.of(SALES)
                .columns("shop", "price")
                .batch(row("north", 1))
                .emits(row("north", 1))
                .batch(row("south", 2))
                .sinkFails();
    }

    private static List<ScriptRow> rows(List<?> values) {
        return values.stream().map(Script::row).toList();
    }

    private static final class Counting extends StreamingQueryListener {
        private final List<Long> rows;

        Counting(List<Long> rows) {
            this.rows = rows;
        }

        @Override
        public void onQueryStarted(QueryStartedEvent event) {}

        @Override
        public void onQueryProgress(QueryProgressEvent event) {
            if (event.progress().numInputRows() > 0) {
                rows.add(event.progress().numInputRows());
            }
        }

        @Override
        public void onQueryTerminated(QueryTerminatedEvent event) {}
    }

    /** A program that copies its inbox and stops; without a checkpoint, it copies everything each time. */
    private static final class Copying implements Job {
        private final Inbox inbox = Inbox.create();
        private final Path folder = Scratch.folder("copying-");
        private final String checkpoint;

        Copying(String checkpoint) {
            this.checkpoint = checkpoint;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            inbox.deliver(
                    rows.stream().map(row -> row.get(0) + "," + row.get(1)).toList());
        }

        @Override
        public void run() throws Exception {
            Path place = checkpoint == null ? Files.createTempDirectory(folder, "fresh-") : folder.resolve(checkpoint);
            SharedSpark.session()
                    .readStream()
                    .schema(SALES)
                    .csv(inbox.path())
                    .writeStream()
                    .trigger(Trigger.AvailableNow())
                    .option("checkpointLocation", place.toString())
                    .foreachBatch((batch, id) -> {
                        batch.write()
                                .mode(SaveMode.Append)
                                .json(folder.resolve("table").toString());
                    })
                    .start()
                    .awaitTermination();
        }

        @Override
        public List<ScriptRow> output() {
            return SparkRows.fromSpark(SharedSpark.session()
                    .read()
                    .schema(SALES)
                    .json(folder.resolve("table").toString())
                    .collectAsList());
        }
    }

    /** Reads a topic to its end. */
    private static final class Consuming implements Job {
        private final KafkaTopic topic = KafkaTopic.create(1);
        private final List<ScriptRow> handled = new ArrayList<>();
        private final boolean commits;

        Consuming(boolean commits) {
            this.commits = commits;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            rows.forEach(row -> topic.send(topic.record(row.getString(0), row.getString(1))));
        }

        @Override
        public void run() {
            try (var consumer = new KafkaConsumer<>(
                    Map.<String, Object>of(
                            "bootstrap.servers",
                            topic.servers(),
                            "group.id",
                            "audit",
                            "auto.offset.reset",
                            "earliest",
                            "enable.auto.commit",
                            false),
                    new StringDeserializer(),
                    new StringDeserializer())) {
                consumer.subscribe(List.of(topic.name()));
                while (handled.size() < topic.records().size()) {
                    consumer.poll(Duration.ofMillis(100)).forEach(record -> handled.add(row(record.value())));
                }
                if (commits) {
                    consumer.commitSync();
                }
            }
        }

        @Override
        public List<ScriptRow> output() {
            return handled;
        }
    }
}
