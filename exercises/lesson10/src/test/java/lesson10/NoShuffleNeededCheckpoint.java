package lesson10;

import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
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

@Checkpoint(NoShuffleNeeded.class)
class NoShuffleNeededCheckpoint {

    private static final String[] COLUMNS = {
        "city STRING", "kind STRING", "payments BIGINT", "revenue DECIMAL", "newest BIGINT"
    };
    private static final int PARTITIONS = 4;
    private static final int PAYMENTS = 10_000;

    private static final Tables FEW = new Tables(
            List.of(
                    new Customer(1L, "Ghent"),
                    new Customer(2L, "Ghent"),
                    new Customer(3L, "Bruges"),
                    new Customer(4L, null),
                    new Customer(null, "Nowhere")),
            List.of(
                    new Terminal(1, "shop"),
                    new Terminal(2, "shop"),
                    new Terminal(3, "fuel"),
                    new Terminal(4, null),
                    new Terminal(null, "online")));

    private record Customer(Long customer, String city) {}

    private record Terminal(Integer terminal, String kind) {}

    /** The two small tables. */
    private record Tables(List<Customer> customers, List<Terminal> terminals) {

        static Tables random(Random random) {
            return new Tables(
                    Stream.concat(IntStream.range(0, 12).boxed(), Stream.of((Integer) null))
                            .filter(key -> random.nextInt(4) > 0)
                            .map(key -> new Customer(
                                    key == null ? null : (Long) key.longValue(), text(random, "Ghent", "Bruges", null)))
                            .toList(),
                    Stream.concat(IntStream.range(0, 6).boxed(), Stream.of((Integer) null))
                            .filter(key -> random.nextInt(4) > 0)
                            .map(key -> new Terminal(key, text(random, "shop", "", null)))
                            .toList());
        }

        private static String text(Random random, String... texts) {
            return texts[random.nextInt(texts.length)];
        }

        Dataset<Row> customersIn(SparkSession session) {
            return table(
                    session,
                    "customer BIGINT, city STRING",
                    customers.stream().map(one -> RowFactory.create(one.customer(), one.city())));
        }

        Dataset<Row> terminalsIn(SparkSession session) {
            return table(
                    session,
                    "terminal INT, kind STRING",
                    terminals.stream().map(one -> RowFactory.create(one.terminal(), one.kind())));
        }

        private static Dataset<Row> table(SparkSession session, String columns, Stream<Row> rows) {
            return LargeTable.of(session, StructType.fromDDL(columns), rows.toList(), 1);
        }

        @Override
        public String toString() {
            return "customers  "
                    + customers.stream()
                            .map(one -> one.customer() + " " + one.city())
                            .collect(Collectors.joining(", "))
                    + "\nterminals  "
                    + terminals.stream()
                            .map(one -> one.terminal() + " " + one.kind())
                            .collect(Collectors.joining(", "))
                    + "\n";
        }
    }

    @Test
    @Order(1)
    void paymentsAreCountedAndAddedUpByCityAndKind(NoShuffleNeeded answer) {
        script(FEW)
                .batch(
                        payment(1, "09:00", 1, 1, "1.00"),
                        payment(2, "09:10", 2, 2, "2.00"),
                        payment(3, "09:20", 1, 3, "4.00"),
                        payment(4, "09:30", 3, 1, "8.00"))
                .emits(
                        row("Ghent", "shop", 2, "3.00", 2),
                        row("Ghent", "fuel", 1, "4.00", 3),
                        row("Bruges", "shop", 1, "8.00", 4))
                .run(new RewrittenJob(answer, FEW));
    }

    @Test
    @Order(2)
    void aPaymentWithoutAKnownCustomerHasNoCity(NoShuffleNeeded answer) {
        script(FEW)
                .batch(
                        payment(1, "09:00", 4, 1, "1.00"),
                        payment(2, "09:10", 99, 1, "2.00"),
                        payment(3, "09:20", null, 2, "4.00"),
                        payment(4, "09:30", null, 3, "8.00"))
                .emits(row(null, "shop", 3, "7.00", 3), row(null, "fuel", 1, "8.00", 4))
                .run(new RewrittenJob(answer, FEW));
    }

    @Test
    @Order(3)
    void aPaymentWithoutAKnownTerminalDoesNotCount(NoShuffleNeeded answer) {
        script(FEW)
                .batch(
                        payment(1, "09:00", 1, 4, "1.00"),
                        payment(2, "09:10", 1, 99, "2.00"),
                        payment(3, "09:20", 1, null, "4.00"),
                        payment(4, "09:30", 3, 99, "8.00"),
                        payment(5, "09:30", null, 4, "16.00"))
                .emits(row("Ghent", null, 1, "1.00", 1), row(null, null, 1, "16.00", 5))
                .run(new RewrittenJob(answer, FEW));
    }

    @Test
    @Order(4)
    void theNewestPaymentHasTheLatestTimeAndOfEqualTimesTheGreatestId(NoShuffleNeeded answer) {
        script(FEW)
                .batch(
                        payment(9, "09:00", 1, 1, "1.00"),
                        payment(3, "2026-01-01T10:00:00.000002Z", 1, 1, "2.00"),
                        payment(4, "2026-01-01T10:00:00.000002Z", 2, 1, "1.00"),
                        payment(8, "2026-01-01T10:00:00.000001Z", 1, 2, "1.00"),
                        row(10, null, 1, 1, "1.00"),
                        row(6, null, 3, 1, "1.00"),
                        row(5, null, 3, 1, "1.00"),
                        payment(1, "1969-12-31T23:00:00Z", 3, 3, "1.00"),
                        row(2, null, 3, 3, "1.00"))
                .emits(
                        row("Ghent", "shop", 5, "6.00", 4),
                        row("Bruges", "shop", 2, "2.00", 6),
                        row("Bruges", "fuel", 2, "2.00", 1))
                .run(new RewrittenJob(answer, FEW));
    }

    @Test
    @Order(5)
    void revenueIsExactAndNullOnlyIfNoPaymentHasAnAmount(NoShuffleNeeded answer) {
        script(FEW)
                .batch(
                        payment(1, "09:00", 1, 1, "99999999.99"),
                        payment(2, "09:10", 2, 2, "99999999.99"),
                        payment(3, "09:20", 1, 1, null),
                        payment(4, "09:30", 1, 3, "4.00"),
                        payment(5, "09:40", 1, 3, "-4.00"),
                        payment(6, "09:50", 3, 3, null),
                        payment(7, "09:50", 3, 3, null))
                .emits(
                        row("Ghent", "shop", 3, "199999999.98", 3),
                        row("Ghent", "fuel", 2, "0.00", 5),
                        row("Bruges", "fuel", 2, null, 7))
                .run(new RewrittenJob(answer, FEW));
    }

    /** 2³² + 1 in an int is 1. */
    @Test
    @Order(6)
    void aCustomerInTheTableMayBeGreaterThanAnInt(NoShuffleNeeded answer) {
        Tables tables =
                new Tables(List.of(new Customer(4_294_967_297L, "Bruges"), new Customer(1L, "Ghent")), FEW.terminals());
        script(tables)
                .batch(payment(1, "09:00", 1, 1, "1.00"))
                .emits(row("Ghent", "shop", 1, "1.00", 1))
                .run(new RewrittenJob(answer, tables));
    }

    @Test
    @Order(7)
    void tablesMayBeEmpty(NoShuffleNeeded answer) {
        Tables noCustomers = new Tables(List.of(), FEW.terminals());
        Tables noTerminals = new Tables(FEW.customers(), List.of());
        script(noCustomers)
                .batch(payment(1, "09:00", 1, 1, "1.00"))
                .emits(row(null, "shop", 1, "1.00", 1))
                .run(new RewrittenJob(answer, noCustomers));
        script(noTerminals)
                .batch(payment(1, "09:00", 1, 1, "1.00"))
                .emitsNothing()
                .run(new RewrittenJob(answer, noTerminals));
        script(FEW).batch(List.of()).emitsNothing().run(new RewrittenJob(answer, FEW));
    }

    @Test
    @Order(8)
    void ofTenThousandPaymentsOnlySumsAreShuffled(NoShuffleNeeded answer) {
        Cost cost = CallLimit.call(() -> Cost.of(answer));
        Script.of("tables STRING")
                .title(cost.plan())
                .columns("what STRING", "number STRING")
                .batch(row("10,000 payments in 4 partitions, 100 customers, 30 terminals"))
                .emits(Cost.expected())
                .expects("payments counted", PAYMENTS, cost::counted)
                .expects("cached tables", 0, cost::cached)
                .expects("ignored hints", 0, cost::ignoredHints)
                .expects("the session's autoBroadcastJoinThreshold", "10485760b", cost::threshold)
                .run(new CostJob(cost::actual));
    }

    @Test
    @Order(9)
    void theSettingsOfTheSessionAreAsBefore(NoShuffleNeeded answer) {
        SparkSession session = newSession();
        List<Row> payments = SparkRows.toSpark(List.of(payment(1, "09:00", 1, 1, "1.00")));
        ChangedSettings.expectNone(session, () -> rewritten(answer, session, payments, FEW));
    }

    /** The oracle looks up each payment in lists. */
    @Test
    @Order(10)
    void randomTablesGiveTheSameResultAsALoop(NoShuffleNeeded answer) {
        Seed seed = Seed.next();
        Tables tables = Tables.random(seed.random());
        RandomScript.of(Payment.SCHEMA)
                .seed(seed)
                .columns(COLUMNS)
                .batches(
                        1,
                        200,
                        RandomRows.of(Payment.SCHEMA)
                                .unique("id")
                                .notNull("id")
                                .oneOf("customer", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
                                .oneOf("terminal", 0, 1, 2, 3, 4, 5))
                .note(payments -> tables.toString())
                .run(() -> new RewrittenJob(answer, tables), payments -> grouped(payments, tables));
    }

    private static Script script(Tables tables) {
        return Script.of(Payment.SCHEMA).columns(COLUMNS).title(tables.toString());
    }

    private static ScriptRow payment(long id, String time, Integer customer, Integer terminal, String amount) {
        return row(id, at(time), customer, terminal, amount == null ? null : new BigDecimal(amount));
    }

    /** The query's settings are those of a session of its own. */
    private static SparkSession newSession() {
        SparkSession session = SharedSpark.session().newSession();
        session.conf().set("spark.sql.shuffle.partitions", PARTITIONS);
        return session;
    }

    private static Dataset<Row> rewritten(
            NoShuffleNeeded answer, SparkSession session, List<Row> payments, Tables tables) {
        return answer.rewritten(
                LargeTable.of(session, PaymentRow.SCHEMA, payments, PARTITIONS),
                tables.customersIn(session),
                tables.terminalsIn(session));
    }

    private static List<ScriptRow> grouped(List<ScriptRow> payments, Tables tables) {
        Map<List<String>, List<ScriptRow>> groups = payments.stream()
                .filter(payment -> terminal(payment, tables).findAny().isPresent())
                .collect(Collectors.groupingBy(payment -> Arrays.asList(
                        city(payment, tables),
                        terminal(payment, tables).toList().get(0).kind())));
        return groups.entrySet().stream()
                .map(group -> row(
                        group.getKey().get(0),
                        group.getKey().get(1),
                        group.getValue().size(),
                        revenue(group.getValue()),
                        newest(group.getValue())))
                .toList();
    }

    private static String city(ScriptRow payment, Tables tables) {
        return payment.isNullAt(2)
                ? null
                : tables.customers().stream()
                        .filter(one -> Objects.equals(one.customer(), (long) payment.getInt(2)))
                        .map(Customer::city)
                        .filter(Objects::nonNull)
                        .findAny()
                        .orElse(null);
    }

    private static Stream<Terminal> terminal(ScriptRow payment, Tables tables) {
        return tables.terminals().stream()
                .filter(one -> one.terminal() != null && one.terminal().equals(payment.get(3)));
    }

    private static BigDecimal revenue(List<ScriptRow> payments) {
        return payments.stream()
                .filter(payment -> !payment.isNullAt(4))
                .map(payment -> payment.getDecimal(4))
                .reduce(BigDecimal::add)
                .orElse(null);
    }

    private static long newest(List<ScriptRow> payments) {
        Comparator<ScriptRow> byTime = Comparator.comparing(
                payment -> payment.isNullAt(1) ? null : payment.getInstant(1),
                Comparator.nullsFirst(Comparator.<Instant>naturalOrder()));
        return payments.stream()
                .max(byTime.thenComparing(payment -> payment.getLong(0)))
                .orElseThrow()
                .getLong(0);
    }

    /** What the query cost on ten thousand payments of a hundred customers, seven in ten of them of one. */
    private record Cost(
            Bill bill, ExecutedPlan executed, long counted, int cached, long ignoredHints, String threshold) {

        private static final String THRESHOLD = "spark.sql.autoBroadcastJoinThreshold";
        /** Every row of such a side is kept, so it cannot be the one that each task has a copy of. */
        private static final Pattern HINT_ON_A_PRESERVED_SIDE =
                Pattern.compile("Join (LeftOuter|FullOuter),.*leftHint=\\(strategy=broadcast"
                        + "|Join (RightOuter|FullOuter),.*rightHint=\\(strategy=broadcast");

        private static final Tables TABLES = new Tables(
                IntStream.range(0, 100)
                        .mapToObj(i -> new Customer((long) i, i % 10 == 9 ? null : "city " + i % 10))
                        .toList(),
                IntStream.range(0, 30)
                        .mapToObj(i -> new Terminal(i, i % 4 == 3 ? null : "kind " + i % 4))
                        .toList());
        private static final List<Row> MANY = payments(new Random(10));
        /** A row of each partition for each row of the result. */
        private static final long MAY_BE_SHUFFLED =
                (long) PARTITIONS * grouped(SparkRows.fromSpark(MANY), TABLES).size();

        private static final long MAY_BE_BROADCAST =
                TABLES.customers().size() + TABLES.terminals().size();

        private static List<Row> payments(Random random) {
            List<Row> payments = new ArrayList<>();
            for (int i = 0; i < PAYMENTS; i++) {
                payments.add(RowFactory.create(
                        (long) i,
                        Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(1_000_000)),
                        random.nextInt(10) < 7 ? 7 : random.nextInt(100),
                        random.nextInt(30),
                        BigDecimal.valueOf(random.nextInt(100_000), 2)));
            }
            return payments;
        }

        static Cost of(NoShuffleNeeded answer) throws Exception {
            Cache.clear();
            SparkSession session = newSession();
            List<Dataset<Row>> queries = new ArrayList<>();
            List<Row> rows = new ArrayList<>();
            Bill bill = Bill.of(session, () -> {
                queries.add(rewritten(answer, session, MANY, TABLES));
                rows.addAll(queries.get(0).collectAsList());
            });
            Dataset<Row> query = queries.get(0);
            String optimized = query.queryExecution().optimizedPlan().toString();
            return new Cost(
                    bill,
                    ExecutedPlan.of(query),
                    rows.stream().mapToLong(row -> row.<Long>getAs("payments")).sum(),
                    Cache.rdds(),
                    HINT_ON_A_PRESERVED_SIDE.matcher(optimized).results().count(),
                    session.conf().get(THRESHOLD));
        }

        String plan() {
            return executed.moves().stream()
                    .collect(Collectors.joining("\n  ", "the plan, from the result down\n  ", "\n"));
        }

        List<ScriptRow> actual() {
            return lines(
                    atMost(1, shuffles()),
                    atMost(MAY_BE_SHUFFLED, bill.shuffledRows()),
                    atMost(MAY_BE_BROADCAST, executed.broadcastRows()),
                    tasks() >= PARTITIONS ? atLeast(PARTITIONS) : "" + tasks());
        }

        static List<ScriptRow> expected() {
            return lines(atMost(1, 1), atMost(MAY_BE_SHUFFLED, 0), atMost(MAY_BE_BROADCAST, 0), atLeast(PARTITIONS));
        }

        private static List<ScriptRow> lines(String shuffles, String shuffled, String broadcast, String tasks) {
            return List.of(
                    row("shuffles", shuffles),
                    row("shuffled rows", shuffled),
                    row("broadcast rows", broadcast),
                    row("tasks of the largest stage", tasks));
        }

        private static String atMost(long limit, long number) {
            return number <= limit ? limit + " at most" : "" + number;
        }

        private static String atLeast(long limit) {
            return limit + " at least";
        }

        private long shuffles() {
            return bill.stages().stream()
                    .filter(stage -> stage.shuffledRows() > 0)
                    .count();
        }

        private int tasks() {
            return bill.stages().stream()
                    .mapToInt(stage -> stage.tasks().size())
                    .max()
                    .orElse(0);
        }
    }

    /** Runs the answer on the payments of the batch. */
    private static final class RewrittenJob implements Job {

        private final NoShuffleNeeded answer;
        private final Tables tables;
        private List<ScriptRow> payments;
        private List<ScriptRow> output;

        RewrittenJob(NoShuffleNeeded answer, Tables tables) {
            this.answer = answer;
            this.tables = tables;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            payments = rows;
        }

        @Override
        public void run() {
            Dataset<Row> result = rewritten(answer, newSession(), SparkRows.toSpark(payments), tables);
            output = SparkRows.fromSpark(result.collectAsList());
        }

        @Override
        public List<ScriptRow> output() {
            return output;
        }
    }
}
