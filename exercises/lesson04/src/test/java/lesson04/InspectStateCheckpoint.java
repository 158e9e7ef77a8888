package lesson04;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.sum;
import static workbook.check.script.Script.row;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.check.spark.SharedSpark;
import workbook.kit.Payment;
import workbook.kit.Scratch;
import workbook.kit.spark.Inbox;

@Checkpoint(InspectState.class)
class InspectStateCheckpoint {

    private static final int[] CUSTOMERS = {7, 8};

    @Test
    @Order(1)
    void eachCustomerIsCountedOnce(InspectState answer) {
        script("customers")
                .batch(by(7, 8, 9, 7))
                .batch(by(7, 8))
                .emits(row(3))
                .run(new Query(2, ran -> List.of(row(answer.customers(ran.spark, ran.checkpoint)))));
    }

    /** Two customers fill at most two partitions. The session of the second run has another setting. */
    @Test
    @Order(2)
    void thePartitionsOfTheFirstRunAreCountedIncludingEmptyOnes(InspectState answer) {
        script("partitions")
                .batch(by(7))
                .batch(by(7, 8))
                .emits(row(3))
                .run(new Query(3, ran -> List.of(row(answer.partitions(ran.spark, ran.checkpoint)))));
    }

    @Test
    @Order(3)
    void theBusiestCustomerHasTheMostPayments(InspectState answer) {
        script("busiest")
                .batch(by(9, 8, 7, 8))
                .batch(by(7))
                .emits(row(7))
                .run(new Query(2, ran -> List.of(row(answer.busiest(ran.spark, ran.checkpoint)))));
    }

    /** Customer 8 first appears in the second batch. */
    @Test
    @Order(4)
    void thePaymentsAreThoseUpToTheGivenBatch(InspectState answer) {
        script("customer", "batch", "payments")
                .batch(by(7, 7, 9))
                .batch(by(8, 7))
                .emits(row(7, 0, 2), row(8, 0, 0), row(7, 1, 3), row(8, 1, 1))
                .run(new Query(2, ran -> history(answer, ran, CUSTOMERS)));
    }

    @Test
    @Order(5)
    void theAnswersForRandomPaymentsMatchALoopOverThem(InspectState answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        int partitions = 2 + random.nextInt(3);
        int[] customers = {101, 102, 103};
        List<int[]> deliveries = List.of(random(random), random(random));
        script("customers", "partitions", "busiest", "history")
                .title(seed.hint())
                .batch(by(deliveries.get(0)))
                .batch(by(deliveries.get(1)))
                .emits(expected(partitions, customers, deliveries))
                .run(new Query(
                        partitions,
                        ran -> List.of(row(
                                answer.customers(ran.spark, ran.checkpoint),
                                answer.partitions(ran.spark, ran.checkpoint),
                                answer.busiest(ran.spark, ran.checkpoint),
                                history(answer, ran, customers).toString()))));
    }

    /** The oracle: counts the payments of each customer, delivery by delivery. */
    private static ScriptRow expected(int partitions, int[] customers, List<int[]> deliveries) {
        Map<Integer, Long> payments = new TreeMap<>();
        List<ScriptRow> history = new ArrayList<>();
        for (int batch = 0; batch < deliveries.size(); batch++) {
            for (int customer : deliveries.get(batch)) {
                payments.merge(customer, 1L, Long::sum);
            }
            for (int customer : customers) {
                history.add(row(customer, batch, payments.getOrDefault(customer, 0L)));
            }
        }
        int busiest = payments.entrySet().stream()
                .max(Map.Entry.<Integer, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow()
                .getKey();
        return row(payments.size(), partitions, busiest, history.toString());
    }

    private static List<ScriptRow> history(InspectState answer, Query ran, int... customers) {
        List<ScriptRow> history = new ArrayList<>();
        for (int batch = 0; batch < ran.batches; batch++) {
            for (int customer : customers) {
                history.add(row(customer, batch, answer.payments(ran.spark, ran.checkpoint, customer, batch)));
            }
        }
        return history;
    }

    private static Script script(String... columns) {
        return Script.of(Payment.SCHEMA).columns(columns);
    }

    /** One payment of each of these customers. */
    private static List<ScriptRow> by(int... customers) {
        return IntStream.range(0, customers.length)
                .mapToObj(i -> row((long) i, Script.at("10:00"), customers[i], 1, new BigDecimal("1.00")))
                .toList();
    }

    private static int[] random(Random random) {
        return random.ints(2 + random.nextInt(6), 101, 105).toArray();
    }

    private interface Question {
        List<ScriptRow> ask(Query ran);
    }

    /** Runs the query once for each delivery, and then asks the question. */
    private static final class Query implements Job {

        private static final String SHUFFLE_PARTITIONS = "spark.sql.shuffle.partitions";
        private static final int PARTITIONS_OF_THE_READER = 5;

        private final SparkSession spark = SharedSpark.session();
        private final Inbox inbox = Inbox.create();
        private final String checkpoint =
                Scratch.folder("query-").resolve("checkpoint").toString();
        private final Question question;
        private final int partitions;
        private int batches;

        Query(int partitions, Question question) {
            this.partitions = partitions;
            this.question = question;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            inbox.deliver(rows.stream()
                    .map(row -> new Payment(
                                    row.getLong(0), row.getInstant(1), row.getInt(2), row.getInt(3), row.getDecimal(4))
                            .toJson())
                    .toList());
        }

        @Override
        public void run() throws Exception {
            with(
                    partitions + 2 * batches,
                    () -> spark.readStream()
                            .schema(Payment.SCHEMA)
                            .json(inbox.path())
                            .groupBy("customer")
                            .agg(count("*").as("payments"), sum("amount").as("total"))
                            .writeStream()
                            .outputMode("update")
                            .format("noop")
                            .option("checkpointLocation", checkpoint)
                            .trigger(Trigger.AvailableNow())
                            .start()
                            .awaitTermination());
            batches++;
        }

        @Override
        public List<ScriptRow> output() throws Exception {
            List<ScriptRow> seen = new ArrayList<>();
            with(PARTITIONS_OF_THE_READER, () -> seen.addAll(question.ask(this)));
            return seen;
        }

        /** Runs a step with this setting; it affects only the first run of the query. */
        private void with(int shufflePartitions, Step step) throws Exception {
            String before = spark.conf().get(SHUFFLE_PARTITIONS);
            spark.conf().set(SHUFFLE_PARTITIONS, shufflePartitions);
            try {
                step.run();
            } finally {
                spark.conf().set(SHUFFLE_PARTITIONS, before);
            }
        }

        private interface Step {
            void run() throws Exception;
        }
    }
}
