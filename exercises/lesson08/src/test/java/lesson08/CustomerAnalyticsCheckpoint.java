package lesson08;

import static workbook.check.script.Script.row;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Job;
import workbook.check.script.RandomRows;
import workbook.check.script.RandomScript;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.spark.SharedSpark;
import workbook.check.spark.SparkRows;

/** The input of a script are the payments. The first of January is 90 days before the day of the report. */
@Checkpoint(CustomerAnalytics.class)
class CustomerAnalyticsCheckpoint {

    private static final String SCHEMA = "id STRING, customer STRING, time STRING, amount STRING, terminal STRING";
    private static final String[] COLUMNS = {
        "customer INT", "recency INT", "frequency BIGINT", "monetary DECIMAL", "segment STRING"
    };
    private static final LocalDate DAY = LocalDate.parse("2026-04-01");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    @Test
    @Order(1)
    void aCustomerHasRecencyFrequencyAndMonetary(CustomerAnalytics answer) {
        script().batch(
                        payment("1", "1", "2026-03-30 09:00:00", "20.10"),
                        payment("2", "1", "2026-03-02 09:00:00", "5.20"),
                        payment("3", "2", "2026-02-01 09:00:00", "80"),
                        payment("4", "1", "2026-03-20 09:00:00", "1.4"))
                .emits(row(1, 2, 3, "26.70", "regular"), row(2, 59, 1, "80.00", "top"))
                .run(new TableJob(answer, 1, 2));
    }

    @Test
    @Order(2)
    void aCustomerWithoutAPaymentHasARowAndAPaymentWithoutACustomerHasNone(CustomerAnalytics answer) {
        script().batch(payment("1", "1", "2026-03-30 09:00:00", "20"), payment("2", "9", "2026-03-30 09:00:00", "99"))
                .emits(row(1, 2, 1, 20, "top"), row(2, null, 0, 0, "none"))
                .run(new TableJob(answer, 1, 2, null));
    }

    @Test
    @Order(3)
    void aPaymentCountsOnceHoweverOftenItIsDelivered(CustomerAnalytics answer) {
        script().batch(
                        payment("1", "1", "2026-03-30 09:00:00", "20"),
                        payment("1", "1", "2026-03-30 09:00:00", "20.00"),
                        payment("2", "1", "2026-03-30 09:00:00", "20"),
                        payment("1", "1", "2026-03-30 09:00:00", "20"),
                        payment("1", "1 ", "2026-03-30 09:00:00", "20"),
                        payment("1", "1", " 2026-03-30 09:00:00", "20"),
                        payment("a", "1", "2026-03-30 09:00:00", "1"),
                        payment("A", "1", "2026-03-30 09:00:00", "1"))
                .emits(row(1, 2, 4, 42, "top"))
                .run(new TableJob(answer, 1));
    }

    @Test
    @Order(4)
    void aCustomerWhoIsListedTwiceIsOneCustomer(CustomerAnalytics answer) {
        script().batch(
                        payment("1", "1", "2026-03-30 09:00:00", "20"),
                        payment("2", "1", "2026-03-31 09:00:00", "10"),
                        payment("3", "2", "2026-03-31 09:00:00", "40"))
                .emits(row(1, 1, 2, 30, "regular"), row(2, 1, 1, 40, "top"), row(3, null, 0, 0, "none"))
                .run(new TableJob(answer, 1, 2, 1, 1, 3));
    }

    @Test
    @Order(5)
    void aRefundCountsForMonetaryOnly(CustomerAnalytics answer) {
        script().batch(
                        payment("1", "1", "2026-03-01 09:00:00", "50"),
                        payment("2", "1", "2026-03-31 09:00:00", "-20.5"),
                        payment("3", "2", "2026-03-30 09:00:00", "-3.10"),
                        payment("4", "3", "2026-03-30 09:00:00", "40"),
                        payment("5", "3", "2026-03-31 09:00:00", "0.00"),
                        payment("6", "4", "2026-03-30 09:00:00", "0.01"),
                        payment("7", "4", "2026-03-31 09:00:00", "-0.01"))
                .emits(
                        row(1, 31, 1, "29.50", "regular"),
                        row(2, null, 0, "-3.10", "none"),
                        row(3, 2, 1, 40, "top"),
                        row(4, 2, 1, 0, "regular"))
                .run(new TableJob(answer, 1, 2, 3, 4));
    }

    @Test
    @Order(6)
    void aPaymentThatCannotBeReadCountsNowhere(CustomerAnalytics answer) {
        script().batch(
                        payment("1", " 1", "2026-03-30 09:00:00 ", " 20.00 "),
                        payment("2", "1", "2026-03-31 09:00:00", "12,50"),
                        payment("3", "1", "2026-03-31 09:00:00", ""),
                        payment("4", "1", "yesterday", "7.00"),
                        payment("5", "unknown", "2026-03-31 09:00:00", "7.00"),
                        payment("6", "1", "2026-03-31 09:00:00", null),
                        payment("7", "1", null, "7.00"),
                        payment("8", null, "2026-03-31 09:00:00", "7.00"),
                        payment(null, "1", "2026-03-31 09:00:00", "7.00"),
                        payment("", "1", "2026-03-29 09:00:00", "3.00"))
                .emits(row(1, 2, 2, 23, "top"))
                .run(new TableJob(answer, 1));
    }

    @Test
    @Order(7)
    void aTesterIsNotInTheTableAndNotInTheRanking(CustomerAnalytics answer) {
        script().batch(
                        payment("1", "1", "2026-03-30 09:00:00", "20"),
                        payment("2", "2", "2026-03-30 09:00:00", "10"),
                        payment("3", "7", "2026-03-30 09:00:00", "1000"),
                        payment("4", "8", "2026-03-30 09:00:00", "2000"))
                .emits(row(1, 2, 1, 20, "top"), row(2, 2, 1, 10, "regular"), row(3, null, 0, 0, "none"))
                .run(new TableJob(answer, 1, 2, 3, 7, 8).withTesters(7, null, 8, 7));
    }

    @Test
    @Order(8)
    void recencyCountsDatesUntilTheDayOfTheReport(CustomerAnalytics answer) {
        script().batch(
                        payment("1", "1", "2026-04-01 23:59:59", "20"),
                        payment("2", "1", "2026-04-02 00:00:00", "100"),
                        payment("3", "2", "2026-03-31 23:59:59", "10"),
                        payment("4", "3", "2026-03-31 00:00:00", "10"),
                        payment("5", "4", "2026-04-02 00:00:00", "200"))
                .emits(
                        row(1, 0, 1, 20, "top"),
                        row(2, 1, 1, 10, "regular"),
                        row(3, 1, 1, 10, "regular"),
                        row(4, null, 0, 0, "none"))
                .run(new TableJob(answer, 1, 2, 3, 4));
    }

    @Test
    @Order(9)
    void aCustomerIsLostAfterNinetyDays(CustomerAnalytics answer) {
        script().batch(
                        payment("1", "1", "2026-01-01 00:00:00", "20"),
                        payment("2", "2", "2025-12-31 23:59:59", "30"),
                        payment("3", "3", "2026-01-02 00:00:00", "10"))
                .emits(row(1, 90, 1, 20, "regular"), row(2, 91, 1, 30, "lost"), row(3, 89, 1, 10, "regular"))
                .run(new TableJob(answer, 1, 2, 3));
    }

    /** Of six customers with a purchase one is less than a fifth, two are more. */
    @Test
    @Order(10)
    void lessThanAFifthOfTheCustomersWithAPurchaseHaveMoreThanATopCustomer(CustomerAnalytics answer) {
        script().batch(
                        payment("1", "1", "2026-03-31 09:00:00", "60"),
                        payment("2", "2", "2026-03-31 09:00:00", "50"),
                        payment("3", "3", "2026-03-31 09:00:00", "40"),
                        payment("4", "4", "2026-03-31 09:00:00", "30"),
                        payment("5", "5", "2026-03-31 09:00:00", "20"),
                        payment("6", "6", "2026-03-31 09:00:00", "10"),
                        payment("7", "7", "2026-03-31 09:00:00", "-1"))
                .emits(
                        row(1, 1, 1, 60, "top"),
                        row(2, 1, 1, 50, "top"),
                        row(3, 1, 1, 40, "regular"),
                        row(4, 1, 1, 30, "regular"),
                        row(5, 1, 1, 20, "regular"),
                        row(6, 1, 1, 10, "regular"),
                        row(7, null, 0, -1, "none"),
                        row(8, null, 0, 0, "none"),
                        row(9, null, 0, 0, "none"),
                        row(10, null, 0, 0, "none"),
                        row(11, null, 0, 0, "none"))
                .run(new TableJob(answer, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
        script().batch(
                        payment("1", "1", "2026-03-31 09:00:00", "60"),
                        payment("2", "2", "2026-03-31 09:00:00", "50"),
                        payment("3", "3", "2026-03-31 09:00:00", "40"),
                        payment("4", "4", "2026-03-31 09:00:00", "30"),
                        payment("5", "5", "2026-03-31 09:00:00", "20"))
                .emits(
                        row(1, 1, 1, 60, "top"),
                        row(2, 1, 1, 50, "regular"),
                        row(3, 1, 1, 40, "regular"),
                        row(4, 1, 1, 30, "regular"),
                        row(5, 1, 1, 20, "regular"))
                .run(new TableJob(answer, 1, 2, 3, 4, 5));
    }

    @Test
    @Order(11)
    void customersWithEqualSumsHaveTheSameSegment(CustomerAnalytics answer) {
        script().batch(
                        payment("1", "1", "2026-03-31 09:00:00", "50"),
                        payment("2", "2", "2026-03-31 09:00:00", "50"),
                        payment("3", "3", "2026-03-31 09:00:00", "50"),
                        payment("4", "4", "2026-03-31 09:00:00", "30"),
                        payment("5", "5", "2026-03-31 09:00:00", "30"))
                .emits(
                        row(1, 1, 1, 50, "top"),
                        row(2, 1, 1, 50, "top"),
                        row(3, 1, 1, 50, "top"),
                        row(4, 1, 1, 30, "regular"),
                        row(5, 1, 1, 30, "regular"))
                .run(new TableJob(answer, 1, 2, 3, 4, 5));
    }

    @Test
    @Order(12)
    void sumsAreExact(CustomerAnalytics answer) {
        script().batch(
                        payment("1", "1", "2026-03-31 09:00:00", "9999999999999999.99"),
                        payment("2", "1", "2026-03-31 09:00:00", "0.01"),
                        payment("3", "1", "2026-03-31 09:00:00", "0.01"),
                        payment("4", "2", "2026-03-31 09:00:00", "9999999999999999.99"),
                        payment("5", "2", "2026-03-31 09:00:00", "-9999999999999999.98"))
                .emits(row(1, 1, 3, "10000000000000000.01", "top"), row(2, 1, 1, "0.01", "regular"))
                .run(new TableJob(answer, 1, 2));
    }

    @Test
    @Order(13)
    void randomPaymentsHaveTheSegmentsOfALoop(CustomerAnalytics answer) {
        Integer[] customers = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 3, null, 7, 3};
        Integer[] testers = {4, null, 40, 4};
        RandomRows rows = RandomRows.of(
                        "id BIGINT, customer INT, time TIMESTAMP, amount DECIMAL(18,2), terminal STRING")
                .on(DAY.minusDays(100))
                .times("00:00", Duration.ofDays(103))
                .tick(Duration.ofSeconds(1))
                .unique("id")
                .between("customer", 0, 17)
                .converted(CustomerAnalyticsCheckpoint::received);
        RandomScript.of(SCHEMA)
                .columns(COLUMNS)
                .batches(random -> List.of(delivered(random, rows.rows(random, 120))))
                .run(
                        () -> new TableJob(answer, customers).withTesters(testers),
                        payments -> table(
                                payments,
                                Arrays.stream(customers)
                                        .filter(Objects::nonNull)
                                        .distinct()
                                        .filter(customer -> customer != 4)
                                        .toList()));
    }

    /** The payment as text. Some values cannot be read. */
    private static ScriptRow received(Random random, ScriptRow payment) {
        int kind = random.nextInt(30);
        String customer = kind == 0 ? "none" : kind == 1 ? "" : text(payment.get(1));
        String time = payment.get(2) == null ? null : kind == 2 ? "n/a" : TIME.format(payment.getInstant(2));
        String amount = kind == 3 ? "1,5" : kind == 4 ? " " : text(payment.get(3));
        return row(text(payment.get(0)), customer, time, amount, payment.get(4));
    }

    private static String text(Object value) {
        return value == null ? null : value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    /** Delivers one payment in five again, with a blank behind its time. */
    private static List<ScriptRow> delivered(Random random, List<ScriptRow> payments) {
        List<ScriptRow> delivered = new ArrayList<>(payments);
        for (ScriptRow payment : payments) {
            if (random.nextInt(5) == 0) {
                String time = payment.get(2) == null ? null : payment.get(2) + " ";
                delivered.add(row(payment.get(0), payment.get(1), time, payment.get(3), payment.get(4)));
            }
        }
        return delivered;
    }

    private record Paid(Integer customer, LocalDate date, BigDecimal amount) {}

    private record Total(Integer customer, Long recency, int frequency, BigDecimal monetary) {}

    private static List<ScriptRow> table(List<ScriptRow> payments, List<Integer> customers) {
        List<Paid> paid = new ArrayList<>();
        Set<Object> ids = new LinkedHashSet<>();
        for (ScriptRow payment : payments) {
            if (payment.get(0) != null && ids.add(payment.get(0))) {
                try {
                    paid.add(read(payment));
                } catch (RuntimeException e) {
                    continue; // it cannot be read
                }
            }
        }
        List<Total> totals =
                customers.stream().map(customer -> total(customer, paid)).toList();
        return totals.stream().map(total -> segmented(total, totals)).toList();
    }

    private static Paid read(ScriptRow payment) {
        return new Paid(
                Integer.valueOf(payment.getString(1)),
                LocalDate.parse(payment.getString(2).trim(), TIME),
                new BigDecimal(payment.getString(3)));
    }

    private static Total total(Integer customer, List<Paid> payments) {
        Long recency = null;
        int frequency = 0;
        BigDecimal monetary = BigDecimal.ZERO;
        for (Paid payment : payments) {
            if (payment.customer().equals(customer) && !payment.date().isAfter(DAY)) {
                monetary = monetary.add(payment.amount());
                if (payment.amount().signum() > 0) {
                    long days = ChronoUnit.DAYS.between(payment.date(), DAY);
                    recency = recency == null ? days : Math.min(recency, days);
                    frequency++;
                }
            }
        }
        return new Total(customer, recency, frequency, monetary);
    }

    private static ScriptRow segmented(Total total, List<Total> all) {
        List<Total> peers = all.stream().filter(other -> other.frequency() > 0).toList();
        long higher = peers.stream()
                .filter(other -> other.monetary().compareTo(total.monetary()) > 0)
                .count();
        String segment = total.frequency() == 0
                ? "none"
                : total.recency() > 90 ? "lost" : higher < peers.size() / 5.0 ? "top" : "regular";
        return row(total.customer(), total.recency(), total.frequency(), total.monetary(), segment);
    }

    private static Script script() {
        return Script.of(SCHEMA).columns(COLUMNS);
    }

    private static ScriptRow payment(String id, String customer, String time, String amount) {
        return row(id, customer, time, amount, null);
    }

    /** Runs the answer on the payments and on the lists of customers and testers as tables. */
    private static final class TableJob implements Job {

        private final CustomerAnalytics answer;
        private final List<Integer> customers;
        private List<Integer> testers = List.of();
        private List<ScriptRow> payments;
        private List<ScriptRow> output;

        TableJob(CustomerAnalytics answer, Integer... customers) {
            this.answer = answer;
            this.customers = Arrays.asList(customers);
        }

        TableJob withTesters(Integer... testers) {
            this.testers = Arrays.asList(testers);
            return this;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            payments = rows;
        }

        @Override
        public void run() {
            Dataset<Row> table = answer.segments(
                    table(SCHEMA, SparkRows.toSpark(payments)), accounts(customers), accounts(testers), DAY);
            output = SparkRows.fromSpark(table.collectAsList());
        }

        private static Dataset<Row> accounts(List<Integer> numbers) {
            List<Row> rows = new ArrayList<>();
            for (Integer number : numbers) {
                rows.add(RowFactory.create(number, rows.size() % 3 == 0 ? null : "Anna"));
            }
            return table("customer INT, name STRING", rows);
        }

        private static Dataset<Row> table(String schema, List<Row> rows) {
            SparkSession spark = SharedSpark.session();
            return spark.createDataFrame(rows, StructType.fromDDL(schema));
        }

        @Override
        public List<ScriptRow> output() {
            return output;
        }
    }
}
