package lesson10;

import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;

import java.lang.StackWalker.StackFrame;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.CallLimit;
import workbook.check.script.Job;
import workbook.check.script.RandomRows;
import workbook.check.script.RandomScript;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.check.spark.SharedSpark;
import workbook.check.spark.SparkRows;
import workbook.kit.Payment;
import workbook.kit.spark.Bill;
import workbook.kit.spark.ExecutedPlan;
import workbook.kit.spark.LargeTable;
import workbook.kit.spark.PaymentRow;
import workbook.kit.spark.StageBill;

@Checkpoint(TameTheSkew.class)
class TameTheSkewCheckpoint {

    private static final String HISTORY = "customer INT, time TIMESTAMP, amount DECIMAL(10,2)";
    private static final String[] COLUMNS = {
        "id BIGINT", "customer INT", "earlier BIGINT", "spent DECIMAL", "mean DECIMAL"
    };
    private static final int PARTITIONS = 4;
    private static final int PAYMENTS = 2_000;
    private static final int CUSTOMERS = 30;

    /** Of the history. */
    private record Earlier(Integer customer, Instant time, BigDecimal amount) {

        static Earlier of(ScriptRow row) {
            return new Earlier(
                    (Integer) row.get(0),
                    row.isNullAt(1) ? null : row.getInstant(1),
                    row.isNullAt(2) ? null : row.getDecimal(2));
        }

        boolean isBefore(ScriptRow payment) {
            return customer != null
                    && customer.equals(payment.get(2))
                    && time != null
                    && !payment.isNullAt(1)
                    && time.isBefore(payment.getInstant(1));
        }

        Row toRow() {
            return RowFactory.create(customer, time, amount);
        }

        @Override
        public String toString() {
            return String.format("         %8s  %s  %s", customer, time, amount);
        }
    }

    @Test
    @Order(1)
    void aPaymentGetsTheSumOfTheEarlierRowsOfItsCustomer(TameTheSkew answer) {
        run(
                answer,
                List.of(
                        earlier(7, "08:00", "1.00"),
                        earlier(7, "08:30", "2.00"),
                        earlier(7, "09:30", "4.00"),
                        earlier(8, "08:00", "8.00")),
                List.of(payment(1, "09:00", 7), payment(2, "10:00", 7), payment(3, "09:00", 8)),
                row(1, 7, 2, "3.00", "1.50"),
                row(2, 7, 3, "7.00", "2.333333"),
                row(3, 8, 1, "8.00", "8.00"));
    }

    @Test
    @Order(2)
    void aRowOfTheSameTimeIsNotBeforeThePayment(TameTheSkew answer) {
        run(
                answer,
                List.of(
                        earlier(7, "09:00", "1.00"),
                        earlier(7, "2026-01-01T08:59:59.999999Z", "2.00"),
                        earlier(7, "2026-01-01T09:00:00.000001Z", "4.00"),
                        new Earlier(7, null, new BigDecimal("8.00"))),
                List.of(payment(1, "09:00", 7), row(2, null, 7, 1, new BigDecimal("12.50"))),
                row(1, 7, 1, "2.00", "2.00"),
                row(2, 7, 0, null, null));
    }

    @Test
    @Order(3)
    void everyPaymentIsKept(TameTheSkew answer) {
        run(
                answer,
                List.of(earlier(7, "08:00", "1.00"), earlier(null, "08:00", "2.00")),
                List.of(
                        payment(1, "09:00", null),
                        payment(2, "09:00", null),
                        payment(3, "09:00", 9),
                        row(4, at("09:00"), 7, null, null),
                        row(5, at("09:00"), 7, 1, new BigDecimal("-12.50")),
                        row(6, at("09:00"), 7, 1, new BigDecimal("0.00"))),
                row(1, null, 0, null, null),
                row(2, null, 0, null, null),
                row(3, 9, 0, null, null),
                row(4, 7, 1, "1.00", "1.00"),
                row(5, 7, 1, "1.00", "1.00"),
                row(6, 7, 1, "1.00", "1.00"));
    }

    @Test
    @Order(4)
    void theMeanIsOfTheRowsThatHaveAnAmount(TameTheSkew answer) {
        run(
                answer,
                List.of(
                        earlier(7, "08:00", "1.00"),
                        earlier(7, "08:10", null),
                        earlier(7, "08:20", "-3.00"),
                        earlier(7, "08:20", "-3.01"),
                        earlier(7, "08:30", "0.00"),
                        earlier(8, "08:00", null),
                        earlier(9, "08:00", "99999999.99"),
                        earlier(9, "08:10", "99999999.99"),
                        earlier(9, "08:20", "0.01")),
                List.of(payment(1, "09:00", 7), payment(2, "09:00", 8), payment(3, "09:00", 9), payment(4, "08:25", 7)),
                row(1, 7, 5, "-5.01", "-1.2525"),
                row(2, 8, 1, null, null),
                row(3, 9, 3, "199999999.99", "66666666.663333"),
                row(4, 7, 4, "-5.01", "-1.67"));
    }

    @Test
    @Order(5)
    void equalRowsOfTheHistoryCountEach(TameTheSkew answer) {
        Earlier twice = earlier(7, "08:00", "1.00");
        run(
                answer,
                List.of(twice, twice, earlier(7, "08:00", "4.00")),
                List.of(payment(1, "09:00", 7)),
                row(1, 7, 3, "6.00", "2.00"));
    }

    /** So many that each part has some. */
    @Test
    @Order(6)
    void paymentsOfAnyIdMeetTheHistory(TameTheSkew answer) {
        List<Long> ids = LongStream.range(-50, 50).boxed().toList();
        run(
                answer,
                List.of(earlier(7, "08:00", "1.00")),
                ids.stream().map(id -> payment(id, "09:00", 7)).toList(),
                ids.stream().map(id -> row(id, 7, 1, "1.00", "1.00")).toArray(ScriptRow[]::new));
    }

    @Test
    @Order(7)
    void tablesMayBeEmpty(TameTheSkew answer) {
        run(answer, List.of(), List.of(payment(1, "09:00", 7)), row(1, 7, 0, null, null));
        run(answer, List.of(earlier(7, "08:00", "1.00")), List.of());
    }

    @Test
    @Order(8)
    void noTaskReadsTheRowsOfCustomer7(TameTheSkew answer) {
        expectNoLargeTask(answer, "of customer 7", 7);
    }

    @Test
    @Order(9)
    void theCustomerMayBeAnotherOneOrNull(TameTheSkew answer) {
        expectNoLargeTask(answer, "of customer 12", 12);
        expectNoLargeTask(answer, "without a customer", null);
    }

    @Test
    @Order(10)
    void eachTaskReadsAsManyRowsAsBefore(TameTheSkew answer) {
        Script.of("tables STRING")
                .columns("again STRING", "tasks STRING")
                .batch(row("2,000 payments, 1,800 of them of customer 7, three times"))
                .emits(row("in the same order", Sizes.SAME), row("in another order", Sizes.SAME))
                .run(new CostJob(() -> Sizes.compared(answer)));
    }

    @Test
    @Order(11)
    void theSettingsOfTheSessionAreAsBefore(TameTheSkew answer) {
        SparkSession session = newSession(2);
        List<Row> payments = SparkRows.toSpark(List.of(payment(1, "09:00", 7)));
        ChangedSettings.expectNone(
                session, () -> enriched(answer, session, payments, List.of(earlier(7, "08:00", "1.00"))));
    }

    /** The oracle looks for the earlier rows of each payment in a list. */
    @Test
    @Order(12)
    void randomTablesGiveTheSameResultAsALoop(TameTheSkew answer) {
        Seed seed = Seed.next();
        List<Earlier> history = RandomRows.of(HISTORY).oneOf("customer", 0, 1, 7, -1).rows(seed.random(), 80).stream()
                .map(Earlier::of)
                .toList();
        RandomScript.of(Payment.SCHEMA)
                .seed(seed)
                .columns(COLUMNS)
                .batches(
                        1,
                        100,
                        RandomRows.of(Payment.SCHEMA).unique("id").notNull("id").oneOf("customer", 0, 1, 7, -1, 3))
                .note(payments -> text(history.stream()
                        .filter(one -> payments.stream().anyMatch(one::isBefore))
                        .toList()))
                .run(
                        () -> new EnrichedJob(answer, history),
                        payments -> payments.stream()
                                .map(payment -> summed(payment, history))
                                .toList());
    }

    private static void run(
            TameTheSkew answer, List<Earlier> history, List<ScriptRow> payments, ScriptRow... expected) {
        Script.of(Payment.SCHEMA)
                .columns(COLUMNS)
                .title(text(history))
                .batch(payments)
                .emits((Object[]) expected)
                .run(new EnrichedJob(answer, history));
    }

    private static void expectNoLargeTask(TameTheSkew answer, String hot, Integer customer) {
        Cost cost = CallLimit.call(() -> Cost.of(answer, Cost.payments(customer)));
        Script.of("tables STRING")
                .title(cost.plan())
                .columns("what STRING", "rows STRING")
                .batch(row("2,000 payments in 4 partitions, 1,800 of them " + hot + "; 120 rows of the history"))
                .emits(Cost.expected())
                .run(new CostJob(cost::actual));
    }

    private static Earlier earlier(Integer customer, String time, String amount) {
        return new Earlier(customer, at(time), amount == null ? null : new BigDecimal(amount));
    }

    private static ScriptRow payment(long id, String time, Integer customer) {
        return row(id, at(time), customer, 1, new BigDecimal("12.50"));
    }

    private static String text(List<Earlier> history) {
        return Stream.concat(
                        Stream.of("history  customer  time                  amount"),
                        history.stream().map(Earlier::toString))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** Adaptive execution is on, with its defaults, but no task does the work of two. */
    private static SparkSession newSession(int partitions) {
        SparkSession session = SharedSpark.session().newSession();
        session.conf().set("spark.sql.shuffle.partitions", partitions);
        session.conf().set("spark.sql.autoBroadcastJoinThreshold", -1);
        session.conf().set("spark.sql.adaptive.coalescePartitions.enabled", false);
        return session;
    }

    private static Dataset<Row> enriched(
            TameTheSkew answer, SparkSession session, List<Row> payments, List<Earlier> history) {
        return answer.enriched(
                LargeTable.of(session, PaymentRow.SCHEMA, payments, PARTITIONS), table(session, history));
    }

    private static Dataset<Row> table(SparkSession session, List<Earlier> history) {
        List<Row> rows = history.stream().map(Earlier::toRow).toList();
        return LargeTable.of(session, StructType.fromDDL(HISTORY), rows, PARTITIONS);
    }

    private static ScriptRow summed(ScriptRow payment, List<Earlier> history) {
        List<Earlier> earlier =
                history.stream().filter(one -> one.isBefore(payment)).toList();
        List<BigDecimal> amounts =
                earlier.stream().map(Earlier::amount).filter(Objects::nonNull).toList();
        BigDecimal spent = amounts.stream().reduce(BigDecimal::add).orElse(null);
        return row(
                payment.get(0),
                payment.get(2),
                earlier.size(),
                spent,
                spent == null ? null : spent.divide(BigDecimal.valueOf(amounts.size()), 6, RoundingMode.HALF_UP));
    }

    /** What the query cost on two thousand payments, nine of ten of one customer, and four rows for each customer. */
    private record Cost(Bill bill, ExecutedPlan executed, long collected) {

        private static final String RESULT_TASK = "org.apache.spark.scheduler.ResultTask";
        private static final String CACHE = "org.apache.spark.storage.BlockManager";
        private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
        private static final int LIMIT = PAYMENTS * 40 / 100;
        private static final int LIMIT_OF_ALL = PAYMENTS * 3;
        private static final List<Earlier> HISTORY = IntStream.range(0, CUSTOMERS * 4)
                .mapToObj(i -> new Earlier(i % CUSTOMERS, BEGIN.plusSeconds(60L * i), BigDecimal.valueOf(i, 2)))
                .toList();

        /** Those without a customer are of terminal 3, which has lost its customers. */
        static List<Row> payments(Integer hot) {
            IntFunction<Integer> customer = i -> i % 10 < 9 ? hot : (Integer) (i / 10 % CUSTOMERS);
            IntFunction<Integer> terminal = i -> customer.apply(i) == null ? 3 : (Integer) (i % 50);
            return IntStream.range(0, PAYMENTS)
                    .mapToObj(i -> RowFactory.create(
                            (long) i,
                            BEGIN.plusSeconds(10L * i),
                            customer.apply(i),
                            terminal.apply(i),
                            BigDecimal.valueOf(i, 2)))
                    .toList();
        }

        static Cost of(TameTheSkew answer, List<Row> payments) throws Exception {
            SparkSession session = newSession(16);
            List<ExecutedPlan> plans = new ArrayList<>();
            LongAccumulator collected = session.sparkContext().longAccumulator();
            Dataset<Row> many = LargeTable.of(session, PaymentRow.SCHEMA, payments, PARTITIONS);
            Dataset<Row> history = watched(table(session, HISTORY), collected);
            Bill bill = Bill.of(session, () -> plans.add(ExecutedPlan.run(answer.enriched(many, history))));
            return new Cost(bill, plans.get(0), collected.sum());
        }

        /** The same table, counting the rows that are read by tasks whose results are for the driver, and not for a cache. */
        private static Dataset<Row> watched(Dataset<Row> table, LongAccumulator collected) {
            JavaRDD<Row> rows = table.javaRDD().map(row -> {
                if (isForTheDriver()) {
                    collected.add(1);
                }
                return row;
            });
            return table.sparkSession().createDataFrame(rows, table.schema());
        }

        private static boolean isForTheDriver() {
            Set<String> callers = StackWalker.getInstance()
                    .walk(frames -> frames.map(StackFrame::getClassName).collect(Collectors.toSet()));
            return callers.contains(RESULT_TASK) && !callers.contains(CACHE);
        }

        String plan() {
            return executed.moves().stream()
                    .collect(Collectors.joining("\n  ", "the plan, from the result down\n  ", "\n"));
        }

        List<ScriptRow> actual() {
            StageBill largest = Collections.max(bill.stages(), Comparator.comparing(Cost::largest));
            return lines(
                    largest(largest) <= LIMIT ? atMost(LIMIT) : text(largest),
                    all() <= LIMIT_OF_ALL ? atMost(LIMIT_OF_ALL) : all() + " in " + shuffles() + " shuffles",
                    noneOr(executed.broadcastRows()),
                    noneOr(collected));
        }

        static List<ScriptRow> expected() {
            return lines(atMost(LIMIT), atMost(LIMIT_OF_ALL), "none", "none");
        }

        private static List<ScriptRow> lines(String largest, String all, String broadcast, String collected) {
            return List.of(
                    row("read by the largest task", largest),
                    row("read by all tasks", all),
                    row("broadcast", broadcast),
                    row("of the history, collected", collected));
        }

        private static String noneOr(long rows) {
            return rows == 0 ? "none" : "" + rows;
        }

        private static String atMost(int limit) {
            return limit + " at most";
        }

        private long all() {
            return bill.stages().stream().mapToLong(StageBill::fetchedRows).sum();
        }

        private long shuffles() {
            return executed.moves().stream()
                    .filter(line -> line.startsWith("Exchange"))
                    .count();
        }

        private static long largest(StageBill stage) {
            return Collections.max(stage.fetchedByTask());
        }

        private String text(StageBill stage) {
            return largest(stage) + " of the " + stage.fetchedRows() + " that its stage reads in "
                    + stage.tasks().size() + " tasks; " + all() + " in " + shuffles() + " shuffles";
        }
    }

    /** How many rows each task reads. */
    private static final class Sizes {

        static final String SAME = "as many rows as before in each";

        static List<ScriptRow> compared(TameTheSkew answer) throws Exception {
            List<Row> payments = Cost.payments(7);
            List<List<Long>> before = read(answer, payments);
            return List.of(
                    row("in the same order", text(before, read(answer, payments))),
                    row("in another order", text(before, read(answer, reversedInPartitions(payments)))));
        }

        private static String text(List<List<Long>> before, List<List<Long>> again) {
            return before.equals(again) ? SAME : "more rows in some, fewer in others";
        }

        private static List<List<Long>> read(TameTheSkew answer, List<Row> payments) throws Exception {
            return Cost.of(answer, payments).bill().stages().stream()
                    .map(StageBill::fetchedByTask)
                    .filter(sizes -> sizes.stream().anyMatch(rows -> rows > 0))
                    .sorted(Comparator.comparing(Object::toString))
                    .toList();
        }

        private static List<Row> reversedInPartitions(List<Row> payments) {
            int size = payments.size() / PARTITIONS;
            return IntStream.range(0, payments.size())
                    .mapToObj(i -> payments.get(i / size * size + size - 1 - i % size))
                    .toList();
        }
    }

    /** Runs the answer on the payments of the batch. */
    private static final class EnrichedJob implements Job {

        private final TameTheSkew answer;
        private final List<Earlier> history;
        private List<ScriptRow> payments;
        private List<ScriptRow> output;

        EnrichedJob(TameTheSkew answer, List<Earlier> history) {
            this.answer = answer;
            this.history = history;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            payments = rows;
        }

        @Override
        public void run() {
            Dataset<Row> result = enriched(answer, newSession(2), SparkRows.toSpark(payments), history);
            output = SparkRows.fromSpark(result.collectAsList());
        }

        @Override
        public List<ScriptRow> output() {
            return output;
        }
    }
}
