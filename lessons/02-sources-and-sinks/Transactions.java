///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/core/src/main/java/workbook/kit/*.java
package lesson02;

import java.util.*;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import workbook.kit.*;

/** A committed, an aborted and an open transaction: the records that consumers of both isolation levels read. */
@Command(description = "What read_committed hides.")
public class Transactions extends KafkaProgram {

    static final TopicPartition TRANSFERS = new TopicPartition("transfers", 0);

    @Override
    protected void run(LocalKafka kafka) throws Exception {
        kafka.createTopic(TRANSFERS.topic(), 1);
        try (Producer<String, String> bank = KafkaText.producer(kafka, Map.of("transactional.id", "bank"))) {
            bank.initTransactions(); // fences off an older producer with the same id
            transfer(bank, "anna-20", "ben+20");
            bank.commitTransaction();
            print(kafka, "first transaction, committed");

            transfer(bank, "anna-99", "carl+99");
            bank.abortTransaction();
            print(kafka, "second transaction, aborted");

            transfer(bank, "dora-5", "ben+5");
            KafkaText.send(kafka, TRANSFERS.topic(), List.of("hello"));
            print(kafka, "third transaction, open, and a record of another producer after it");

            bank.commitTransaction();
            print(kafka, "third transaction, committed");
        }
    }

    /** Begins a transaction and sends its records. After the flush they are in the log, committed or not. */
    private static void transfer(Producer<String, String> bank, String... records) {
        bank.beginTransaction();
        for (String record : records) {
            bank.send(new ProducerRecord<>(TRANSFERS.topic(), record));
        }
        bank.flush();
    }

    /** Commit and abort return before the broker has written the marker that ends the transaction. */
    private static void awaitMarker(LocalKafka kafka) throws Exception {
        TransactionState state = TransactionState.PREPARE_COMMIT;
        while (state.name().startsWith("PREPARE")) {
            var transactions = kafka.admin().describeTransactions(List.of("bank"));
            state = transactions.description("bank").get().state();
        }
    }

    /** Prints, for both isolation levels, the end of the log and the records up to it. */
    private static void print(LocalKafka kafka, String state) throws Exception {
        awaitMarker(kafka);
        System.out.println(state);
        for (String isolation : List.of("read_uncommitted", "read_committed")) {
            try (Consumer<String, String> consumer = KafkaText.consumer(kafka, Map.of("isolation.level", isolation))) {
                long end = consumer.endOffsets(List.of(TRANSFERS)).get(TRANSFERS);
                System.out.printf("    %-17s end %2d ", isolation, end);
                for (var record : KafkaText.readAll(consumer, TRANSFERS)) {
                    System.out.printf(" %d:%s", record.offset(), record.value());
                }
                System.out.println();
            }
        }
    }

    public static void main(String[] args) {
        Program.run(new Transactions(), args);
    }
}
