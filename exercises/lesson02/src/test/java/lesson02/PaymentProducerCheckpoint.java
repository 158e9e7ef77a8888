package lesson02;

import static workbook.check.script.Script.row;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.kafka.KafkaTopic;
import workbook.check.script.Job;
import workbook.check.script.RandomRows;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.kit.Payment;

@Checkpoint(PaymentProducer.class)
class PaymentProducerCheckpoint {

    private static final Instant MORNING = Script.at("09:00");

    @Test
    @Order(1)
    void eachPaymentBecomesARecordWithTheCustomerAsKey(PaymentProducer answer) {
        sends(
                Script.of(Payment.SCHEMA),
                answer,
                List.of(
                        payment(1, 0, 10, "5.00"),
                        payment(2, 1, 11, "7.50"),
                        payment(3, 3, 10, "0.20"),
                        payment(4, 2, 10, "12.00"),
                        new Payment(5, MORNING.plusNanos(123_456_000), -12, 7, new BigDecimal("3.10"))));
    }

    @Test
    @Order(2)
    void sendThrowsIfTheBrokerRefusesTheLastRecord(PaymentProducer answer) {
        if (!throwsFor(answer, small(), List.of(payment(1, 0, 10, "5.00"), payment(2, 1, 11, "7.50"), large(3)))) {
            throw new AssertionError("""
                    Three payments were sent to a topic with a maximum record size of 2 kB, and the last of them has
                    24 kB. The broker refused it, and the method returned without an exception.""");
        }
    }

    @Test
    @Order(3)
    void sendThrowsIfTheBrokerRefusesARecordInTheMiddle(PaymentProducer answer) {
        if (!throwsFor(answer, small(), List.of(payment(1, 0, 10, "5.00"), large(2), payment(3, 2, 12, "7.50")))) {
            throw new AssertionError("""
                    Three payments were sent to a topic with a maximum record size of 2 kB, and the second of them has
                    24 kB. The broker refused it and took the third, and the method returned without an exception.""");
        }
    }

    @Test
    @Order(4)
    void manyPaymentsOfAFewCustomersKeepTheirOrder(PaymentProducer answer) {
        Seed seed = Seed.next();
        // The broker refuses times that are an hour ahead, so the day is one of the past.
        RandomRows rows = RandomRows.of(Payment.SCHEMA).notNull().unique("id").on(LocalDate.parse("2025-12-31"));
        sends(
                Script.of(Payment.SCHEMA).title(seed.hint()),
                answer,
                rows.rows(seed.random(), 100).stream()
                        .map(PaymentProducerCheckpoint::payment)
                        .toList());
    }

    private static void sends(Script script, PaymentProducer answer, List<Payment> payments) {
        Sending sending = new Sending(answer);
        script.columns("key", "value", "timestamp")
                .batch()
                .emitsNothing()
                .batch(payments)
                .emitsInOrder(payments.stream()
                        .map(paid -> row(String.valueOf(paid.customer()), paid.toJson(), millis(paid.time())))
                        .sorted(Comparator.comparing(record -> record.getString(0)))
                        .toArray())
                .expects("customers in several partitions", Set.of(), sending::scattered)
                .expects("idempotent producers", 1, sending.topic::idempotentProducers)
                .run(sending);
    }

    private static KafkaTopic small() {
        return KafkaTopic.create(1, Map.of("max.message.bytes", "2000"));
    }

    /** Its digits are random, so that compression does not make it small enough. */
    private static Payment large(long id) {
        return payment(id, 1, 12, new BigInteger(80_000, new Random(2)).toString());
    }

    private static boolean throwsFor(PaymentProducer answer, KafkaTopic topic, List<Payment> payments) {
        try {
            send(answer, topic, payments);
            return false;
        } catch (Exception refused) {
            return true;
        }
    }

    private static void send(PaymentProducer answer, KafkaTopic topic, List<Payment> payments) throws Exception {
        Set<Thread> before = producers();
        try {
            answer.send(topic.servers(), topic.name(), payments);
        } finally {
            Set<Thread> left = producers();
            left.removeAll(before);
            if (!left.isEmpty()) {
                throw new AssertionError(
                        "The method has ended, but a producer that it opened is not closed: its thread is running.");
            }
        }
    }

    /** Every open producer has a thread with this name. */
    private static Set<Thread> producers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("kafka-producer-network-thread"))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Payment payment(long id, int minute, int customer, String amount) {
        return new Payment(id, MORNING.plus(Duration.ofMinutes(minute)), customer, 7, new BigDecimal(amount));
    }

    private static Payment payment(ScriptRow paid) {
        return new Payment(paid.getLong(0), paid.getInstant(1), paid.getInt(2), paid.getInt(3), paid.getDecimal(4));
    }

    private static Instant millis(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }

    private static final class Sending implements Job {
        private final KafkaTopic topic = KafkaTopic.create(3);
        private final List<Payment> payments = new ArrayList<>();
        private final long begin = System.currentTimeMillis();
        private List<ConsumerRecord<String, String>> log;
        private final PaymentProducer answer;

        Sending(PaymentProducer answer) {
            this.answer = answer;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            payments.clear();
            rows.forEach(paid -> payments.add(payment(paid)));
        }

        @Override
        public void run() throws Exception {
            send(answer, topic, payments);
            log = topic.records();
        }

        /** Sorted by customer, and for each customer in the order of the log. */
        @Override
        public List<ScriptRow> output() {
            return log.stream()
                    .sorted(Comparator.comparing(ConsumerRecord::key, Comparator.nullsFirst(Comparator.naturalOrder())))
                    .map(record -> row(record.key(), record.value(), timestamp(record)))
                    .toList();
        }

        /** The time of sending differs in each run; the message of a failure must not. */
        private Object timestamp(ConsumerRecord<String, String> record) {
            return record.timestamp() < begin ? Instant.ofEpochMilli(record.timestamp()) : "the time of sending";
        }

        private Set<String> scattered() {
            return log.stream()
                    .filter(record -> record.key() != null)
                    .collect(Collectors.groupingBy(
                            ConsumerRecord::key, Collectors.mapping(ConsumerRecord::partition, Collectors.toSet())))
                    .entrySet()
                    .stream()
                    .filter(customer -> customer.getValue().size() > 1)
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
        }
    }
}
