package lesson04;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.sum;
import static workbook.check.script.Script.row;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Job;
import workbook.check.script.RandomRows;
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
    private static final int[] ANY = {-1, 1};

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

    /** After each batch several customers have the most payments; in the end customer 6 has the largest sum. */
    @Test
    @Order(3)
    void theBusiestCustomerHasTheMostPayments(InspectState answer) {
        script("busiest")
                .batch(by(5, 4, 3, 2, 1))
                .emits(row(1))
                .batch(by(3, 5, 2, 4))
                .emits(row(2))
                .batch(by(4, 3, 5))
                .emits(row(3))
                .batch(payment(5, "-1.00"), payment(4, "1.00"), payment(6, "500.00"))
                .emits(row(4))
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
        List<List<ScriptRow>> deliveries = randomDeliveries(random);
        script("customers", "partitions", "busiest", "history")
                .title(seed.hint())
                .batch(deliveries.get(0))
                .batch(deliveries.get(1))
                .batch(deliveries.get(2))
                .emits(expected(partitions, deliveries))
                .run(new Query(
                        partitions,
                        ran -> ran.batches < deliveries.size()
                                ? List.of()
                                : List.of(row(
                                        answer.customers(ran.spark, ran.checkpoint),
                                        answer.partitions(ran.spark, ran.checkpoint),
                                        answer.busiest(ran.spark, ran.checkpoint),
                                        history(answer, ran, ANY).toString()))));
    }

    /** Few payments of few customers, some of them negative, so that several have the most. */
    private static List<List<ScriptRow>> randomDeliveries(Random random) {
        return RandomRows.of(Payment.SCHEMA)
                .notNull()
                .unique("id")
                .between("customer", -3, 3)
                .batches(random, 3, 6);
    }

    /** The oracle: counts the payments of each customer, delivery by delivery. */
    private static ScriptRow expected(int partitions, List<List<ScriptRow>> deliveries) {
        Map<Integer, Long> payments = new TreeMap<>();
        List<ScriptRow> history = new ArrayList<>();
        for (int batch = 0; batch < deliveries.size(); batch++) {
            deliveries.get(batch).forEach(payment -> payments.merge(payment.getInt(2), 1L, Long::sum));
            for (int customer : ANY) {
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
        return IntStream.of(customers)
                .mapToObj(customer -> payment(customer, "1.00"))
                .toList();
    }

    private static ScriptRow payment(int customer, String amount) {
        return row(1L, Script.at("10:00"), customer, 1, new BigDecimal(amount));
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
            Map<String, Long> before = files();
            with(PARTITIONS_OF_THE_READER, () -> seen.addAll(question.ask(this)));
            if (!files().equals(before)) {
                throw new AssertionError("The answer has changed the checkpoint. It may only read it.");
            }
            return seen;
        }

        /** The time of the last change of each file in the checkpoint. */
        private Map<String, Long> files() throws IOException {
            try (Stream<Path> files = Files.walk(Path.of(checkpoint))) {
                return files.filter(Files::isRegularFile)
                        .collect(Collectors.toMap(
                                Path::toString, file -> file.toFile().lastModified()));
            }
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
