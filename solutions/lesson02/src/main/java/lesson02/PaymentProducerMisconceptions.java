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

/** Wrong answers to {@link PaymentProducer} that people really give. */
public final class PaymentProducerMisconceptions {

    private PaymentProducerMisconceptions() {}

    @Misconception(
            believed = "A topic is a queue: what goes in first comes out first.",
            really = "Order exists within a partition only. Without a key the producer fills one partition after the"
                    + " other, a batch here and a batch there, and a customer's payments are read in any order.",
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
            believed = "The key of a record is what a primary key is to a table: the payment's id.",
            really = "The key says which records belong together: the same key, the same partition, in order. An id"
                    + " belongs with nothing, so that a customer's payments are scattered over all partitions.",
            concept = "Partitions and keys")
    public static class TakesTheIdForTheKey extends PaymentProducer {
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
            believed = "With a round-robin partitioner the load is even, and records with a key keep their order.",
            really = "A partitioner that is set replaces the default one, which is what looks at the key. Round-robin"
                    + " does not, and a customer's payments are scattered over all partitions.",
            concept = "Partitions and keys")
    public static class SpreadsTheLoadEvenly extends PaymentProducer {
        @Override
        public void send(String servers, String topic, Iterable<Payment> payments) throws Exception {
            sendAll(
                    open(servers, Map.of("partitioner.class", RoundRobinPartitioner.class)),
                    payments,
                    payment -> record(topic, payment));
        }
    }

    @Misconception(
            believed = "acks=1 is safe enough, and the producer stays idempotent: that is the default.",
            really = "acks=1 has the leader answer before its followers have the record; when it fails then, the record"
                    + " is gone. And acks below all, retries=0 or more than five requests in flight turn the default"
                    + " idempotence off without an error, so that a retry may write a record twice or out of order."
                    + " Only with enable.idempotence=true said as well does the producer refuse to start.",
            concept = "Producer guarantees")
    public static class WaitsForTheLeaderOnly extends PaymentProducer {
        @Override
        public void send(String servers, String topic, Iterable<Payment> payments) throws Exception {
            sendAll(open(servers, Map.of("acks", "1")), payments, payment -> record(topic, payment));
        }
    }

    @Misconception(
            believed = "What send() has taken is sent, and an object that nobody uses any more is cleaned up.",
            really = "send() only fills a buffer. The thread that empties it, its connections and its memory live until"
                    + " close(): the garbage collector never gets them, and a JVM that ends earlier takes what is in"
                    + " the buffer along. Even after flush() they are still there.",
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
            believed = "Close the producer in the last line, and it is closed.",
            really = "When a record is refused, the exception leaves the method before its last line is reached. What"
                    + " must be closed on every way out is closed by try-with-resources, or in a finally.",
            concept = "Producer lifecycle")
    public static class ClosesOnlyWhenAllGoesWell extends PaymentProducer {
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
            really =
                    "A producer is made once. Each new one connects, learns where the partitions are and is given an id"
                            + " by the broker, which is work for many records; and the broker cannot recognise a"
                            + " record that another producer has sent already.",
            concept = "Producer lifecycle")
    public static class MakesAProducerForEachPayment extends PaymentProducer {
        @Override
        public void send(String servers, String topic, Iterable<Payment> payments) throws Exception {
            for (Payment payment : payments) {
                sendAll(open(servers, Map.of()), List.of(payment), paid -> record(topic, paid));
            }
        }
    }

    @Misconception(
            believed = "If something goes wrong, send() throws; close() waits for the rest.",
            really = "send() returns before the broker has seen the record, and close() waits for an answer but does"
                    + " not tell which. What the broker says is in the future and in the callback; whoever looks at"
                    + " neither, or only logs it, loses the record without noticing.",
            concept = "Producer guarantees")
    public static class SendsAndForgets extends PaymentProducer {
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
            believed = "Records go out in their order, so when the last one is acknowledged, all are.",
            really = "The answers come in order, but each speaks for its own record: the broker may refuse one and take"
                    + " the next. Every future has to be looked at, or every callback.",
            concept = "Producer guarantees")
    public static class LooksAtTheLastAnswer extends PaymentProducer {
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
            believed = "The record's timestamp takes care of itself.",
            really =
                    "Unless it is told, the producer takes the clock at the time of sending. Yesterday's payments, sent"
                            + " again today, would be today's: for whoever reads the topic by time, and for the"
                            + " broker, which deletes by it.",
            concept = "Event time")
    public static class LeavesTheTimeToTheClock extends PaymentProducer {
        @Override
        public void send(String servers, String topic, Iterable<Payment> payments) throws Exception {
            sendAll(
                    open(servers, Map.of()),
                    payments,
                    payment -> new ProducerRecord<>(topic, String.valueOf(payment.customer()), payment.toJson()));
        }
    }

    @Misconception(
            believed = "The timestamp is in seconds, as Unix time is.",
            really = "Kafka counts milliseconds since 1970. As many seconds are a day in that January, and a topic that"
                    + " keeps its records for a week may delete it at once.",
            concept = "Event time")
    public static class CountsSeconds extends PaymentProducer {
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
