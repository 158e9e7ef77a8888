package lesson02;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.StringSerializer;
import workbook.check.diagnose.Misconception;
import workbook.kit.Payment;

/** Wrong answers to {@link PaymentProducer} that learners give. */
public final class PaymentProducerMisconceptions {

    private PaymentProducerMisconceptions() {}

    @Misconception(
            believed = "A topic is a queue: first in, first out.",
            really = "Order holds within a partition only. Without a key the producer fills one partition"
                    + " after the other, batch by batch, and a customer's payments are read in any order.",
            concept = "Partitions and keys")
    public static class SendsWithoutAKey extends PaymentProducer {
        @Override
        public void send(String servers, String topic, Iterable<Payment> payments) throws Exception {
            sendAll(
                    open(servers, Map.of()),
                    payments,
                    payment -> new ProducerRecord<>(topic, null, time(payment), null, payment.toJson()));
        }
    }

    @Misconception(
            believed = "The key of a record is like the primary key of a table: the payment's id.",
            really = "The key states which records belong together: the same key, the same partition, in"
                    + " order. Every id is different, so a customer's payments are scattered over all"
                    + " partitions.",
            concept = "Partitions and keys")
    public static class UsesTheIdAsKey extends PaymentProducer {
        @Override
        public void send(String servers, String topic, Iterable<Payment> payments) throws Exception {
            sendAll(
                    open(servers, Map.of()),
                    payments,
                    payment -> new ProducerRecord<>(
                            topic, null, time(payment), String.valueOf(payment.id()), payment.toJson()));
        }
    }

    @Misconception(
            believed = "A round-robin partitioner balances the load, and records with a key keep their order.",
            really = "A partitioner.class replaces the default partitioner, which uses the key. Round-robin"
                    + " ignores the key, and a customer's payments are scattered over all partitions.",
            concept = "Partitions and keys")
    public static class UsesARoundRobinPartitioner extends PaymentProducer {
        @Override
        public void send(String servers, String topic, Iterable<Payment> payments) throws Exception {
            sendAll(
                    open(servers, Map.of("partitioner.class", RoundRobinPartitioner.class)),
                    payments,
                    payment -> record(topic, payment));
        }
    }

    @Misconception(
            believed = "The partition of a customer is its number modulo the number of partitions.",
            really = "Java's % is negative for a negative number, and there is no such partition. Nor would a producer"
                    + " that leaves the choice to the key put the customer there. Pass null: the default partitioner"
                    + " hashes the key.",
            concept = "Partitions and keys")
    public static class ComputesThePartition extends PaymentProducer {
        @Override
        public void send(String servers, String topic, Iterable<Payment> payments) throws Exception {
            KafkaProducer<String, String> producer = open(servers, Map.of());
            int partitions = producer.partitionsFor(topic).size();
            sendAll(
                    producer,
                    payments,
                    payment -> new ProducerRecord<>(
                            topic,
                            payment.customer() % partitions,
                            time(payment),
                            String.valueOf(payment.customer()),
                            payment.toJson()));
        }
    }

    @Misconception(
            believed = "acks=1 is safe enough, and the producer stays idempotent, since that is the default.",
            really = "With acks=1 the leader acknowledges before its followers have the record. If the leader"
                    + " then fails, the record is lost. And acks below all, retries=0 or more than five requests"
                    + " in flight disable the default idempotence without an error, so that a retry may write a"
                    + " record twice or out of order. Only with an explicit enable.idempotence=true does the"
                    + " producer refuse to start.",
            concept = "Producer guarantees")
    public static class WaitsForTheLeaderOnly extends PaymentProducer {
        @Override
        public void send(String servers, String topic, Iterable<Payment> payments) throws Exception {
            sendAll(open(servers, Map.of("acks", "1")), payments, payment -> record(topic, payment));
        }
    }

    @Misconception(
            believed = "send() has sent the record, and the garbage collector cleans up an unused producer.",
            really = "send() only fills a buffer. The producer's thread, connections and memory live until"
                    + " close(): the garbage collector does not free them, and if the JVM exits earlier, the"
                    + " buffered records are lost. Even after flush() the producer is still open.",
            concept = "Producer lifecycle")
    public static class LeavesTheProducerOpen extends PaymentProducer {
        @Override
        public void send(String servers, String topic, Iterable<Payment> payments) {
            KafkaProducer<String, String> producer = open(servers, Map.of());
            for (Payment payment : payments) {
                producer.send(record(topic, payment));
            }
        }
    }

    @Misconception(
            believed = "close() in the last line closes the producer.",
            really = "When a record is refused, the exception leaves the method before its last line."
                    + " Try-with-resources or a finally block closes the producer on every way out.",
            concept = "Producer lifecycle")
    public static class ClosesOnlyOnSuccess extends PaymentProducer {
        @Override
        public void send(String servers, String topic, Iterable<Payment> payments) throws Exception {
            KafkaProducer<String, String> producer = open(servers, Map.of());
            List<Future<?>> sent = new ArrayList<>();
            for (Payment payment : payments) {
                sent.add(producer.send(record(topic, payment)));
            }
            for (Future<?> record : sent) {
                record.get();
            }
            producer.close();
        }
    }

    @Misconception(
            believed = "A producer is like a file: open, write, close, for every record.",
            really = "Open a producer once. Each new one connects, fetches metadata and gets an id from the"
                    + " broker, which costs as much as many records. And the broker cannot recognise a record"
                    + " that another producer has sent already.",
            concept = "Producer lifecycle")
    public static class OpensAProducerPerPayment extends PaymentProducer {
        @Override
        public void send(String servers, String topic, Iterable<Payment> payments) throws Exception {
            for (Payment payment : payments) {
                sendAll(open(servers, Map.of()), List.of(payment), paid -> record(topic, paid));
            }
        }
    }

    @Misconception(
            believed = "If something fails, send() throws; close() waits for the rest.",
            really = "send() returns before the broker has received the record, and close() waits for the"
                    + " acknowledgements but does not report them. The future and the callback report whether"
                    + " the broker took the record. A program that checks neither, or only logs the error, loses"
                    + " the record.",
            concept = "Producer guarantees")
    public static class IgnoresTheFutures extends PaymentProducer {
        @Override
        public void send(String servers, String topic, Iterable<Payment> payments) {
            try (KafkaProducer<String, String> producer = open(servers, Map.of())) {
                for (Payment payment : payments) {
                    producer.send(record(topic, payment));
                }
            }
        }
    }

    @Misconception(
            believed = "Records are sent in order, so when the last one is acknowledged, all are.",
            really = "Each acknowledgement is for one record only: the broker may refuse one and take the"
                    + " next. Check every future or every callback.",
            concept = "Producer guarantees")
    public static class ChecksOnlyTheLastFuture extends PaymentProducer {
        @Override
        public void send(String servers, String topic, Iterable<Payment> payments) throws Exception {
            try (KafkaProducer<String, String> producer = open(servers, Map.of())) {
                Future<?> last = null;
                for (Payment payment : payments) {
                    last = producer.send(record(topic, payment));
                }
                if (last != null) {
                    last.get();
                }
            }
        }
    }

    @Misconception(
            believed = "The record's timestamp needs no attention.",
            really = "By default the producer sets the time of sending. Yesterday's payments, sent again"
                    + " today, would have today's timestamp: for consumers that read the topic by time, and for"
                    + " the broker, which deletes records by time.",
            concept = "Event time")
    public static class UsesTheTimeOfSending extends PaymentProducer {
        @Override
        public void send(String servers, String topic, Iterable<Payment> payments) throws Exception {
            sendAll(
                    open(servers, Map.of()),
                    payments,
                    payment -> new ProducerRecord<>(topic, String.valueOf(payment.customer()), payment.toJson()));
        }
    }

    @Misconception(
            believed = "The timestamp is in seconds, like Unix time.",
            really = "Kafka's timestamps are milliseconds since 1970. As milliseconds, today's seconds are a"
                    + " date in January 1970, and a topic that keeps its records for a week may delete the"
                    + " record at once.",
            concept = "Event time")
    public static class SetsTheTimestampInSeconds extends PaymentProducer {
        @Override
        public void send(String servers, String topic, Iterable<Payment> payments) throws Exception {
            sendAll(
                    open(servers, Map.of()),
                    payments,
                    payment -> new ProducerRecord<>(
                            topic,
                            null,
                            payment.time().getEpochSecond(),
                            String.valueOf(payment.customer()),
                            payment.toJson()));
        }
    }

    private static KafkaProducer<String, String> open(String servers, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", servers);
        return new KafkaProducer<>(all, new StringSerializer(), new StringSerializer());
    }

    private static void sendAll(
            KafkaProducer<String, String> producer,
            Iterable<Payment> payments,
            Function<Payment, ProducerRecord<String, String>> record)
            throws Exception {
        try (producer) {
            List<Future<?>> sent = new ArrayList<>();
            payments.forEach(payment -> sent.add(producer.send(record.apply(payment))));
            for (Future<?> answer : sent) {
                answer.get();
            }
        }
    }

    private static ProducerRecord<String, String> record(String topic, Payment payment) {
        return new ProducerRecord<>(topic, null, time(payment), String.valueOf(payment.customer()), payment.toJson());
    }

    private static long time(Payment payment) {
        return payment.time().toEpochMilli();
    }
}
