package lesson10;

import static workbook.check.script.Script.row;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Job;
import workbook.check.script.RandomRows;
import workbook.check.script.RandomScript;
import workbook.check.script.Schema;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.spark.SharedSpark;
import workbook.check.spark.SparkRows;
import workbook.kit.Payment;
import workbook.kit.spark.Bill;

/** An accumulator counts the payments that are read. */
@Checkpoint(OneScan.class)
class OneScanCheckpoint {

    private static final String PAYMENTS = Payment.SCHEMA + ", declined BOOLEAN, receipt STRING";
    private static final String[] REPORTS = {"report STRING", "key BIGINT", "payments BIGINT", "amount DECIMAL"};
    private static final Schema REPORT = Schema.of("report STRING, key BIGINT, payments BIGINT, amount DECIMAL(30,2)");
    private static final int MANY = 10_000;

    /** All columns of the many payments take 950 KB in Spark's cache, the four that the reports need 100 KB. */
    private static final long KEPT_AT_MOST = 500_000;
    /** The results of the reports take 40 KB, most of which are metrics; the payments take 120 KB more. */
    private static final long COLLECTED_AT_MOST = 80_000;

    @Test
    @Order(1)
    void paymentsAreCountedAndAddedUpByCustomerAndByTerminalUnlessTheyAreDeclined(OneScan answer) {
        reports()
                .batch(
                        payment(1, 7, 20, "5.00"),
                        payment(2, 7, 21, "0.10"),
                        payment(3, 8, 20, "0.20"),
                        row(4, "10:00", 7, 20, "9.99", true, "declined"))
                .emits(
                        row("customers", 7, 2, "5.10"),
                        row("customers", 8, 1, "0.20"),
                        row("terminals", 20, 2, "5.20"),
                        row("terminals", 21, 1, "0.10"),
                        row("largest", 1, null, "5.00"),
                        row("largest", 2, null, "0.10"),
                        row("largest", 3, null, "0.20"))
                .run(new OnPayments(payments -> Run.of(answer, payments).reports()));
    }

    @Test
    @Order(2)
    void paymentsWithoutACustomerOrATerminalAreAGroupAndRefundsCount(OneScan answer) {
        reports()
                .batch(
                        payment(1, null, 20, "99999999.99"),
                        payment(2, null, null, "2.00"),
                        payment(3, 7, null, "-0.50"),
                        payment(4, 7, 20, "0.00"))
                .emits(
                        row("customers", null, 2, "100000001.99"),
                        row("customers", 7, 2, "-0.50"),
                        row("terminals", 20, 2, "99999999.99"),
                        row("terminals", null, 2, "1.50"),
                        row("largest", 1, null, "99999999.99"),
                        row("largest", 2, null, "2.00"),
                        row("largest", 4, null, "0.00"))
                .run(new OnPayments(payments -> Run.of(answer, payments).reports()));
    }

    @Test
    @Order(3)
    void equalRowsAreDifferentPayments(OneScan answer) {
        ScriptRow payment = payment(1, 7, 20, "2.00");
        reports()
                .batch(payment, payment, payment(2, 7, 20, "1.00"), payment(2, 7, 20, "1.00"))
                .emits(
                        row("customers", 7, 4, "6.00"),
                        row("terminals", 20, 4, "6.00"),
                        row("largest", 1, null, "2.00"),
                        row("largest", 1, null, "2.00"),
                        row("largest", 2, null, "1.00"))
                .run(new OnPayments(payments -> Run.of(answer, payments).reports()));
    }

    /** The larger ids come first in the input. */
    @Test
    @Order(4)
    void theThreeLargestPaymentsAreThoseWithTheSmallerIdsIfAmountsAreEqual(OneScan answer) {
        Script.of(PAYMENTS)
                .columns(REPORTS)
                .batch(
                        payment(9, 7, 20, "4.00"),
                        payment(8, 7, 20, "4.00"),
                        payment(7, 7, 20, "4.00"),
                        payment(6, 7, 20, "4.00"),
                        payment(10, 7, 20, "10.00"),
                        payment(5, 7, 20, "-50.00"))
                .emits(
                        row("largest", 10, null, "10.00"),
                        row("largest", 6, null, "4.00"),
                        row("largest", 7, null, "4.00"))
                .run(new OnPayments(payments -> Run.of(answer, payments).report("largest")));
    }

    @Test
    @Order(5)
    void theReportsHaveTheColumnsOfTheTask(OneScan answer) {
        Script.of(PAYMENTS)
                .columns("report STRING", "columns STRING")
                .batch(payment(1, 7, 20, "5.00"))
                .emitsInOrder(
                        row("customers", "customer INT, payments BIGINT, revenue DECIMAL"),
                        row("terminals", "payments BIGINT, revenue DECIMAL, terminal INT"),
                        row("largest", "amount DECIMAL, id BIGINT"))
                .run(new OnPayments(payments -> Run.of(answer, payments).columns()));
    }

    @Test
    @Order(6)
    void withoutPaymentsTheReportsAreEmpty(OneScan answer) {
        Script.of(PAYMENTS)
                .columns("report STRING", "rows BIGINT")
                .batch()
                .emitsInOrder(row("customers", 0), row("terminals", 0), row("largest", 0))
                .run(new OnPayments(payments -> Run.of(answer, payments).sizes()));
    }

    @Test
    @Order(7)
    void eachPaymentIsReadOnceAndNothingStaysInTheCache(OneScan answer) {
        manyPayments()
                .columns("report STRING", "read BIGINT")
                .emitsInOrder(row("customers", MANY), row("terminals", MANY), row("largest", MANY))
                .expects("cached Datasets", "none", Cache::datasets)
                .expects("persistent RDDs", 0, Cache::rdds)
                .run(new OnPayments(input -> Run.ofMany(answer).readAtTheEndOfEachReport()));
    }

    @Test
    @Order(8)
    void theReceiptsAreNotKept(OneScan answer) {
        manyPayments()
                .columns("kept STRING")
                .emits(row("500 KB at most"))
                .run(new OnPayments(input -> List.of(row(atMost(KEPT_AT_MOST, Run.ofMany(answer).kept)))));
    }

    @Test
    @Order(9)
    void theDriverDoesNotGetThePayments(OneScan answer) {
        manyPayments()
                .columns("results STRING")
                .emits(row("80 KB at most"))
                .run(new OnPayments(input -> List.of(
                        row(atMost(COLLECTED_AT_MOST, Run.ofMany(answer).bill.resultBytes())))));
    }

    @Test
    @Order(10)
    void whatASinkThrowsIsPassedOnAndNothingStaysInTheCache(OneScan answer) {
        Script.of("sink STRING")
                .columns("sink STRING", "thrown STRING", "calls BIGINT", "cached STRING", "persistent BIGINT")
                .batch(row("customers"), row("terminals"), row("largest"))
                .emits(
                        row("customers", "its exception", 1, "none", 0),
                        row("terminals", "its exception", 2, "none", 0),
                        row("largest", "its exception", 3, "none", 0))
                .run(new OnPayments(sinks -> sinks.stream()
                        .map(sink -> failing(answer, sink.get(0).toString()))
                        .toList()));
    }

    @Test
    @Order(11)
    void whatTheCallerHasCachedStaysCached(OneScan answer) {
        Script.of(PAYMENTS)
                .columns("dataset STRING", "cached STRING")
                .batch(payment(1, 7, 20, "5.00"), payment(2, 8, 21, "6.00"))
                .emits(row("the payments", "yes"), row("another", "yes"))
                .run(new OnPayments(payments -> withCaches(answer, payments)));
    }

    /** The oracle adds up in a loop. */
    @Test
    @Order(12)
    void randomPaymentsGiveTheReportsThatALoopComputes(OneScan answer) {
        RandomScript.of(PAYMENTS)
                .columns(REPORTS)
                .batches(1, 200, RandomRows.of(PAYMENTS).notNull("id", "time", "amount", "declined"))
                .run(
                        () -> new OnPayments(
                                payments -> Run.of(answer, payments).reports()),
                        OneScanCheckpoint::reportsOf);
    }

    private static Script reports() {
        return Script.of(PAYMENTS).columns(REPORTS);
    }

    private static Script manyPayments() {
        return Script.of("payments STRING").batch(row(MANY + " payments"));
    }

    private static ScriptRow payment(long id, Integer customer, Integer terminal, String amount) {
        return row(id, "09:00", customer, terminal, new BigDecimal(amount), false, "receipt " + id);
    }

    private static String atMost(long limit, long bytes) {
        return bytes <= limit ? limit / 1000 + " KB at most" : bytes + " bytes";
    }

    private static ScriptRow failing(OneScan answer, String sink) {
        Run run = new Run(Service.of(few()));
        // Not every throwable is a RuntimeException.
        Throwable failure = sink.equals("largest") ? new Error(sink) : new IllegalStateException(sink);
        run.failures.put(sink, failure);
        String thrown = "nothing";
        try {
            run.start(answer);
        } catch (Throwable t) {
            thrown = t == failure ? "its exception" : t.toString();
        }
        return row(sink, thrown, run.reports.size(), Cache.datasets(), Cache.rdds());
    }

    private static List<Row> few() {
        return Service.payments(20);
    }

    private static List<ScriptRow> withCaches(OneScan answer, List<ScriptRow> rows) {
        Run run = new Run(Service.of(SparkRows.toSpark(rows)));
        Dataset<Row> payments = run.service.payments().persist();
        Dataset<Row> another = SharedSpark.session().range(3).toDF().persist();
        Stream.of(payments, another).forEach(Dataset::count);
        run.start(answer);
        return List.of(row("the payments", isCached(payments)), row("another", isCached(another)));
    }

    private static String isCached(Dataset<Row> dataset) {
        return dataset.storageLevel().useMemory() ? "yes" : "no";
    }

    private static List<ScriptRow> reportsOf(List<ScriptRow> payments) {
        List<ScriptRow> accepted = payments.stream()
                .filter(payment -> payment.get(5).equals(false))
                .toList();
        Comparator<ScriptRow> order = Comparator.comparing((ScriptRow payment) -> payment.getDecimal(4))
                .reversed()
                .thenComparing(payment -> payment.getLong(0));
        return Stream.of(
                        revenue("customers", accepted, 2),
                        revenue("terminals", accepted, 3),
                        accepted.stream()
                                .sorted(order)
                                .limit(3)
                                .map(payment -> row("largest", payment.get(0), null, payment.get(4))))
                .flatMap(rows -> rows)
                .toList();
    }

    private static Stream<ScriptRow> revenue(String report, List<ScriptRow> payments, int key) {
        Map<Object, Long> counts = new HashMap<>();
        Map<Object, BigDecimal> sums = new HashMap<>();
        for (ScriptRow payment : payments) {
            counts.merge(payment.get(key), 1L, Long::sum); // a HashMap may have null as a key
            sums.merge(payment.get(key), payment.getDecimal(4), BigDecimal::add);
        }
        return counts.keySet().stream().map(value -> row(report, value, counts.get(value), sums.get(value)));
    }

    /** Runs a function on the rows of the batch. */
    private static final class OnPayments implements Job {

        private final Function<List<ScriptRow>, List<ScriptRow>> function;
        private List<ScriptRow> rows;
        private List<ScriptRow> output;

        OnPayments(Function<List<ScriptRow>, List<ScriptRow>> function) {
            this.function = function;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            this.rows = rows;
        }

        @Override
        public void run() {
            Cache.clear();
            output = function.apply(rows);
        }

        @Override
        public List<ScriptRow> output() {
            return output;
        }
    }

    /** Where the payments come from. */
    private record Service(Dataset<Row> payments, LongAccumulator read) {

        static Service of(List<Row> payments) {
            SparkSession spark = SharedSpark.session();
            LongAccumulator read = spark.sparkContext().longAccumulator();
            JavaRDD<Row> rows = JavaSparkContext.fromSparkContext(spark.sparkContext())
                    .parallelize(payments, 2)
                    .map(payment -> {
                        read.add(1);
                        return payment;
                    });
            return new Service(spark.createDataFrame(rows, StructType.fromDDL(PAYMENTS)), read);
        }

        static List<Row> payments(int count) {
            Random random = new Random(10);
            return IntStream.range(0, count)
                    .mapToObj(id -> SparkRows.toSpark(row(
                            (long) id,
                            Script.at("09:00").plusSeconds(id),
                            random.nextInt(100),
                            random.nextInt(50),
                            BigDecimal.valueOf(random.nextInt(100_000), 2),
                            random.nextInt(10) == 0,
                            random.ints(8).mapToObj(Integer::toHexString).collect(Collectors.joining()))))
                    .toList();
        }
    }

    /** What a sink has got. */
    private record Report(String name, StructType type, List<Row> rows, long read) {}

    /** A run of the answer, with sinks that collect their rows. */
    private static final class Run implements OneScan.Sinks {

        final Service service;
        final Map<String, Throwable> failures = new HashMap<>();
        final List<Report> reports = new ArrayList<>();
        long kept;
        Bill bill;

        Run(Service service) {
            this.service = service;
        }

        static Run of(OneScan answer, List<ScriptRow> payments) {
            return new Run(Service.of(SparkRows.toSpark(payments))).start(answer);
        }

        static Run ofMany(OneScan answer) {
            return new Run(Service.of(Service.payments(MANY))).start(answer);
        }

        Run start(OneScan answer) {
            bill = billOf(() -> answer.reports(service.payments(), this));
            return this;
        }

        @Override
        public void customers(Dataset<Row> customers) {
            write("customers", customers);
        }

        @Override
        public void terminals(Dataset<Row> terminals) {
            write("terminals", terminals);
        }

        @Override
        public void largest(Dataset<Row> largest) {
            write("largest", largest);
        }

        private void write(String name, Dataset<Row> rows) {
            List<Row> list = rows.collectAsList();
            reports.add(new Report(name, rows.schema(), list, service.read().value()));
            kept = Math.max(kept, Cache.bytes());
            if (failures.containsKey(name)) {
                throw thrown(failures.get(name));
            }
        }

        List<ScriptRow> reports() {
            return Stream.of("customers", "terminals", "largest")
                    .flatMap(name -> report(name).stream())
                    .toList();
        }

        List<ScriptRow> report(String name) {
            String[] columns = switch (name) {
                case "customers" -> new String[] {"customer", "payments", "revenue"};
                case "terminals" -> new String[] {"terminal", "payments", "revenue"};
                default -> new String[] {"id", null, "amount"};
            };
            return reports.stream()
                    .filter(report -> report.name().equals(name))
                    .flatMap(report -> report.rows().stream())
                    .map(row -> ScriptRow.of(
                            REPORT,
                            Arrays.asList(name, row.getAs(columns[0]), value(row, columns[1]), row.getAs(columns[2]))))
                    .toList();
        }

        private static Object value(Row row, String column) {
            return column == null ? null : row.getAs(column);
        }

        List<ScriptRow> columns() {
            return reports.stream()
                    .map(report -> row(report.name(), columns(report.type())))
                    .toList();
        }

        private static String columns(StructType type) {
            return Arrays.stream(type.fields())
                    .map(field -> field.name() + " " + field.dataType().sql().replaceAll("\\(.*", ""))
                    .sorted()
                    .collect(Collectors.joining(", "));
        }

        List<ScriptRow> sizes() {
            return reports.stream()
                    .map(report -> row(report.name(), report.rows().size()))
                    .toList();
        }

        List<ScriptRow> readAtTheEndOfEachReport() {
            return reports.stream()
                    .map(report -> row(report.name(), report.read()))
                    .toList();
        }
    }

    private static Bill billOf(Bill.Work work) {
        try {
            return Bill.of(SharedSpark.session(), work);
        } catch (Exception e) {
            throw thrown(e);
        }
    }

    /** Throws it without a declaration, so that the caller gets the same object. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException thrown(Throwable throwable) throws T {
        throw (T) throwable;
    }
}
