///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/core/src/main/java/workbook/kit/*.java
package lesson02;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import picocli.CommandLine.Command;
import workbook.kit.LocalKafka;
import workbook.kit.Program;

/** What a log forgets: with retention its oldest records, with compaction those that a newer one of their key replaces. */
@Command(name = "RetentionAndCompaction", mixinStandardHelpOptions = true, description = "What a log forgets.")
public class RetentionAndCompaction implements Callable<Integer> {

    /** The limits of cards: the card is the key. Without a value the record is a tombstone: the card is gone. */
    static final List<String> LIMITS = List.of("7=100", "3=500", "7=200", "5=300", "5=", "7=300", "9=50", "9=70");

    /** The last record comes two hours after the others, which closes the segment that they lie in. */
    static final Instant NOON = Instant.parse("2018-04-01T12:00:00Z");

    public static void main(String[] args) {
        Program.run(new RetentionAndCompaction(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (LocalKafka kafka = LocalKafka.start()) {
            TopicPartition kept = new TopicPartition("kept-for-a-while", 0);
            kafka.createTopic(kept.topic(), 1, Map.of("cleanup.policy", "delete", "retention.ms", "-1"));
            System.out.println("retention");
            System.out.println("    sent       " + send(kafka, kept));
            kafka.admin()
                    .deleteRecords(Map.of(kept, RecordsToDelete.beforeOffset(5)))
                    .all()
                    .get();
            System.out.println("    kept       " + read(kafka, kept, "earliest"));
            System.out.println("    from 0 on  " + read(kafka, kept, "none"));

            TopicPartition compacted = new TopicPartition("compacted", 0);
            kafka.createTopic(
                    compacted.topic(),
                    1,
                    Map.of(
                            "cleanup.policy",
                            "compact",
                            "segment.ms",
                            Long.toString(Duration.ofHours(1).toMillis()),
                            "min.cleanable.dirty.ratio",
                            "0"));
            System.out.println("compaction");
            System.out.println("    sent       " + send(kafka, compacted));
            awaitCleaner(kafka, compacted);
            System.out.println("    kept       " + read(kafka, compacted, "earliest"));
            return 0;
        }
    }

    /** Sends the limits, and says which offset each was given. */
    static String send(LocalKafka kafka, TopicPartition to) throws Exception {
        List<String> sent = new ArrayList<>();
        try (Producer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            for (String limit : LIMITS) {
                String[] of = limit.split("=");
                boolean last = sent.size() == LIMITS.size() - 1;
                long time = NOON.plus(Duration.ofHours(last ? 2 : 0)).toEpochMilli();
                String value = of.length == 2 ? of[1] : null;
                var record = new ProducerRecord<>(to.topic(), to.partition(), time, of[0], value);
                sent.add(show(producer.send(record).get().offset(), record.key(), record.value()));
            }
        }
        return String.join("  ", sent);
    }

    /** What a reader gets that begins at offset 0, by what it is to do when there is no such offset any more. */
    public static String read(LocalKafka kafka, TopicPartition from, String reset) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "auto.offset.reset", reset),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(from));
            consumer.seek(from, 0);
            long end = consumer.endOffsets(List.of(from)).get(from);
            List<String> records = new ArrayList<>();
            while (consumer.position(from) < end) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> records.add(show(record.offset(), record.key(), record.value())));
            }
            return String.join("  ", records);
        } catch (OffsetOutOfRangeException e) {
            return "out of range: " + e.offsetOutOfRangePartitions().values();
        }
    }

    /** The cleaner works when it sees fit; it has been here when the first record is gone. */
    static void awaitCleaner(LocalKafka kafka, TopicPartition partition) throws InterruptedException {
        while (read(kafka, partition, "earliest").startsWith("0:")) {
            Thread.sleep(100);
        }
    }

    private static String show(long offset, String key, String value) {
        return offset + ": " + key + "=" + (value == null ? "" : value);
    }
}
