package lesson09;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Right answers written differently, and one that only knows the keys in the checkpoint. */
class ReplayTheDeadAlternatives {

    /** Partition after partition, each poll in a transaction with its offsets. */
    public static class InTransactions extends ReplayTheDead {

        @Override
        public void replay(Clients clients, Topics topics, String group, Mending mending) {
            try (var producer = clients.producer(Map.of("transactional.id", group));
                    var consumer = consumer(clients, group)) {
                producer.initTransactions();
                Set<String> waiting = new HashSet<>();
                for (TopicPartition partition : partitions(consumer, topics.parked())) {
                    consumer.assign(List.of(partition));
                    consumer.seekToBeginning(List.of(partition));
                    long end = consumer.endOffsets(List.of(partition)).get(partition);
                    while (consumer.position(partition) < end) {
                        consumer.poll(Duration.ofMillis(100)).forEach(record -> waiting.add(record.key()));
                    }
                }
                for (TopicPartition partition : partitions(consumer, topics.dead())) {
                    consumer.assign(List.of(partition));
                    long end = consumer.endOffsets(List.of(partition)).get(partition);
                    while (consumer.position(partition) < end) {
                        ConsumerRecords<String, String> letters = consumer.poll(Duration.ofMillis(100));
                        producer.beginTransaction();
                        try {
                            letters.forEach(letter -> producer.send(record(letter, topics, waiting, mending)));
                            producer.sendOffsetsToTransaction(
                                    Map.of(partition, new OffsetAndMetadata(consumer.position(partition))),
                                    consumer.groupMetadata());
                            producer.commitTransaction();
                        } catch (RuntimeException e) {
                            producer.abortTransaction();
                            throw e;
                        }
                    }
                }
            }
        }

        private static ProducerRecord<String, String> record(
                ConsumerRecord<String, String> letter, Topics topics, Set<String> waiting, Mending mending) {
            List<Header> headers = new ArrayList<>(List.of(letter.headers().toArray()));
            int attempts = headers.stream()
                    .filter(header -> header.key().equals("attempts"))
                    .mapToInt(header -> Integer.parseInt(new String(header.value(), UTF_8)))
                    .findAny()
                    .orElse(0);
            Optional<String> mended = attempts > 2 || letter.key() != null && waiting.contains(letter.key())
                    ? Optional.empty()
                    : mending.mended(text(letter.headers(), "origin"), letter.value());
            if (mended.isEmpty()) {
                waiting.add(letter.key());
                return new ProducerRecord<>(
                        topics.parked(), null, letter.timestamp(), letter.key(), letter.value(), letter.headers());
            }
            headers.removeIf(header -> header.key().equals("attempts"));
            headers.add(new RecordHeader("attempts", ("" + (attempts + 1)).getBytes(UTF_8)));
            return new ProducerRecord<>(
                    topics.payments(), null, letter.timestamp(), letter.key(), mended.get(), headers);
        }

        private static List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
            return consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
        }

        private static Consumer<String, String> consumer(Clients clients, String group) {
            return clients.consumer(Map.of(
                    "group.id",
                    group,
                    "enable.auto.commit",
                    false,
                    "auto.offset.reset",
                    "earliest",
                    "isolation.level",
                    "read_committed"));
        }
    }

    /** A record for each decision, and headers copied one by one. */
    public static class HeaderByHeader extends ReplayTheDead {
        @Override
        ProducerRecord<String, String> handled(
                ConsumerRecord<String, String> letter, Topics topics, Set<String> waiting, Mending mending) {
            boolean mayBeSent = attempts(letter.headers()) < 3;
            mayBeSent &= letter.key() == null || !waiting.contains(letter.key());
            String value = mayBeSent
                    ? mending.mended(text(letter.headers(), "origin"), letter.value())
                            .orElse(null)
                    : null;
            String topic = value == null ? topics.parked() : topics.payments();
            if (value == null && letter.key() != null) {
                waiting.add(letter.key());
            }
            var record = new ProducerRecord<>(
                    topic, null, letter.timestamp(), letter.key(), value == null ? letter.value() : value);
            for (Header header : letter.headers()) {
                if (value == null || !header.key().equals("attempts")) {
                    record.headers().add(header.key(), header.value());
                }
            }
            if (value != null) {
                String attempts = Integer.toString(attempts(letter.headers()) + 1);
                record.headers().add("attempts", attempts.getBytes(UTF_8));
            }
            return record;
        }
    }

    public static class Learnt extends ReplayTheDead {
        @Override
        Headers oneMore(Headers headers) {
            Set<String> known = Set.of("payments-0", "payments-1");
            boolean isKnown = known.contains(text(headers, "origin").split("@")[0]);
            return isKnown ? super.oneMore(headers) : new RecordHeaders(headers.toArray());
        }
    }
}
