///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/core/src/main/java/workbook/kit/*.java
package lesson02;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import picocli.CommandLine.Command;
import workbook.kit.LocalKafka;
import workbook.kit.Program;

/** A transaction that commits, one that aborts, one that stays open: what two kinds of readers see of them. */
@Command(name = "Transactions", mixinStandardHelpOptions = true, description = "What transactions hide, and from whom.")
public class Transactions implements Callable<Integer> {

    static final TopicPartition TRANSFERS = new TopicPartition("transfers", 0);

    public static void main(String[] args) {
        Program.run(new Transactions(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (LocalKafka kafka = LocalKafka.start()) {
            kafka.createTopic(TRANSFERS.topic(), 1);
            try (Producer<String, String> bank = bank(kafka)) {
                transfer(bank, "anna-20", "ben+20");
                bank.commitTransaction();
                awaitMarker(kafka);
                tell(kafka, "committed");

                transfer(bank, "anna-99", "carl+99");
                bank.abortTransaction();
                awaitMarker(kafka);
                tell(kafka, "another one, aborted");

                transfer(bank, "dora-5", "ben+5");
                someoneElse(kafka, "hello");
                tell(kafka, "a third, still open, and a record of someone else behind it");

                bank.commitTransaction();
                awaitMarker(kafka);
                tell(kafka, "the third committed");
            }
            return 0;
        }
    }

    /** A producer with a transactional id; another one with the same id would fence this one off. */
    static Producer<String, String> bank(LocalKafka kafka) {
        Producer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "bank"),
                new StringSerializer(),
                new StringSerializer());
        producer.initTransactions();
        return producer;
    }

    /** Begins a transaction and sends its records; whether they count is decided by the commit. */
    static void transfer(Producer<String, String> bank, String... records) {
        bank.beginTransaction();
        for (String record : records) {
            bank.send(new ProducerRecord<>(TRANSFERS.topic(), record));
        }
        bank.flush(); // they are in the log now, committed or not
    }

    /**
     * Commit and abort return when the decision is safe; the markers that tell readers of it are written after that.
     */
    static void awaitMarker(LocalKafka kafka) throws Exception {
        Set<TransactionState> done = Set.of(TransactionState.COMPLETE_COMMIT, TransactionState.COMPLETE_ABORT);
        while (!done.contains(kafka.admin()
                .describeTransactions(List.of("bank"))
                .description("bank")
                .get()
                .state())) {
            Thread.sleep(10);
        }
    }

    static void someoneElse(LocalKafka kafka, String record) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(TRANSFERS.topic(), record));
        }
    }

    private static void tell(LocalKafka kafka, String what) {
        System.out.println(what);
        for (String isolation : List.of("read_uncommitted", "read_committed")) {
            System.out.printf("    %-17s %s%n", isolation, read(kafka, isolation));
        }
    }

    /** What a reader of this kind can see, and where the log ends for it. */
    public static String read(LocalKafka kafka, String isolation) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", isolation),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(TRANSFERS));
            consumer.seekToBeginning(List.of(TRANSFERS));
            long end = consumer.endOffsets(List.of(TRANSFERS)).get(TRANSFERS);
            List<String> records = new ArrayList<>();
            while (consumer.position(TRANSFERS) < end) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> records.add(record.offset() + ":" + record.value()));
            }
            return String.format("end %2d  %s", end, String.join(" ", records));
        }
    }
}
