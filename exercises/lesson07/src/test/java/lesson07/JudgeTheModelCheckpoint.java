package lesson07;

import static workbook.check.script.Script.row;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
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

/** A row is a payment with the time of its report, or null. The night is the 21st: the 13th is the last judged day. */
@Checkpoint(JudgeTheModel.class)
class JudgeTheModelCheckpoint {

    private static final String SCORES = "id BIGINT, time TIMESTAMP, customer INT, score DOUBLE";
    private static final String REPORTS = "id BIGINT, reported TIMESTAMP";
    private static final String SCHEMA = SCORES + ", reported TIMESTAMP";
    private static final String[] COLUMNS = {"day DATE", "auc DOUBLE", "ap DOUBLE", "cards DOUBLE"};

    private static final Instant NIGHT = Instant.parse("2026-01-21T00:00:00Z");
    private static final LocalDate DAY = LocalDate.parse("2026-01-10");
    private static final Instant SOON = Instant.parse("2026-01-11T08:00:00Z");

    /** Of six pairs of a fraud and a genuine payment, five are in the right order. */
    @Test
    @Order(1)
    void aDayHasItsThreeMeasures(JudgeTheModel answer) {
        script().batch(
                        payment(1, "10T09:00", 1, 0.9, SOON),
                        payment(2, "10T10:00", 2, 0.8, null),
                        payment(3, "10T11:00", 3, 0.7, SOON),
                        payment(4, "10T12:00", 4, 0.2, null),
                        payment(5, "10T13:00", 5, 0.1, null))
                .emits(row(DAY, 5 / 6.0, (1 + 2 / 3.0) / 2, 0.5))
                .run(new TableJob(answer, 4));
    }

    @Test
    @Order(2)
    void paymentsOfEqualScoresCountTogetherWhateverTheirOrder(JudgeTheModel answer) {
        script().batch(
                        payment(1, "10T09:00", 1, 0.9, null),
                        payment(2, "10T10:00", 2, 0.5, SOON),
                        payment(3, "10T11:00", 3, 0.5, null),
                        payment(4, "10T12:00", 4, 0.5, SOON),
                        payment(5, "10T13:00", 5, 0.1, null),
                        payment(6, "11T09:00", 6, 0.0, null),
                        payment(7, "11T10:00", 7, 0.0, SOON),
                        payment(8, "10T14:00", 8, 0.5, null))
                .emits(row(DAY, 0.5, 0.4, 0.5), row(DAY.plusDays(1), 0.5, 0.5, 0.5))
                .run(new TableJob(answer, 2));
    }

    /** Two cards are checked each day, however many payments they have. */
    @Test
    @Order(3)
    void aCardIsACustomerWithItsHighestScore(JudgeTheModel answer) {
        script().batch(
                        payment(1, "10T09:00", 1, 0.9, null),
                        payment(2, "10T10:00", 1, 0.8, null),
                        payment(3, "10T11:00", 1, 0.7, null),
                        payment(4, "10T12:00", 2, 0.1, SOON),
                        payment(5, "10T13:00", 2, 0.6, null),
                        payment(6, "10T14:00", 3, 0.5, null),
                        payment(7, "10T15:00", 3, 0.5, null),
                        payment(8, "11T09:00", 4, 0.9, SOON.plus(Duration.ofDays(1))),
                        payment(9, "11T10:00", 4, 0.8, SOON.plus(Duration.ofDays(1))),
                        payment(10, "11T11:00", 5, 0.1, null),
                        payment(11, "10T16:00", 2, 0.2, null))
                .emits(row(DAY, 0, 1 / 8.0, 0.5), row(DAY.plusDays(1), 1, 1, 0.5))
                .run(new TableJob(answer, 2));
    }

    @Test
    @Order(4)
    void ofEqualCardsThatWithTheLowerNumberIsChecked(JudgeTheModel answer) {
        script().batch(
                        payment(1, "10T09:00", 30, 0.5, SOON),
                        payment(2, "10T10:00", 4, 0.5, SOON),
                        payment(3, "10T11:00", 5, 0.5, null))
                .emits(row(DAY, 0.5, 2 / 3.0, 0.5))
                .run(new TableJob(answer, 2));
    }

    @Test
    @Order(5)
    void whereThereAreFewerCardsTheShareIsStillThatOfTheTop(JudgeTheModel answer) {
        script().batch(payment(1, "10T09:00", 1, 0.9, SOON), payment(2, "10T10:00", 2, 0.5, null))
                .emits(row(DAY, 1, 1, 0.01))
                .run(new TableJob(answer, 100));
    }

    /**
     * One card is checked each day. On the 10th it is that of customer 1, on the 11th that of 4, since 1 is blocked, on the
     * 12th that of 2, whose fraud of the 10th nobody saw, and on the 13th that of 4, since 2 is blocked.
     */
    @Test
    @Order(6)
    void onlyADefraudedCardThatWasCheckedIsBlocked(JudgeTheModel answer) {
        Instant later = SOON.plus(Duration.ofDays(3));
        script().batch(
                        payment(1, "10T09:00", 1, 0.9, SOON),
                        payment(2, "10T10:00", 2, 0.8, SOON),
                        payment(3, "11T09:00", 1, 0.9, later),
                        payment(4, "11T10:00", 4, 0.85, null),
                        payment(5, "11T11:00", 2, 0.8, null),
                        payment(6, "12T09:00", 1, 0.9, null),
                        payment(7, "12T10:00", 2, 0.8, later),
                        payment(8, "13T09:00", 2, 0.95, later),
                        payment(9, "13T09:00", 4, 0.9, later),
                        payment(10, "13T10:00", 3, 0.8, null))
                .emits(
                        row(DAY, null, 1, 1),
                        row(DAY.plusDays(1), 1, 1, 0),
                        row(DAY.plusDays(2), 0, 0.5, 1),
                        row(DAY.plusDays(3), 1, 1, 1))
                .run(new TableJob(answer, 1));
    }

    @Test
    @Order(7)
    void onlyReportsUntilTonightAreKnown(JudgeTheModel answer) {
        script().batch(
                        payment(1, "10T09:00", 1, 0.9, NIGHT),
                        payment(2, "10T10:00", 2, 0.8, NIGHT.plusNanos(1_000)),
                        payment(3, "10T11:00", 3, 0.7, null),
                        payment(4, "10T12:00", 4, 0.1, null))
                .emits(row(DAY, 1, 1, 0.5))
                .run(new TableJob(answer, 2));
    }

    @Test
    @Order(8)
    void reportsThatAreRepeatedStrayOrWithoutATimeChangeNothing(JudgeTheModel answer) {
        Row[] more = {
            RowFactory.create(1L, SOON),
            RowFactory.create(1L, SOON.plusSeconds(60)),
            RowFactory.create(1L, NIGHT.plusSeconds(60)),
            RowFactory.create(3L, null),
            RowFactory.create(null, SOON),
            RowFactory.create(99L, SOON)
        };
        script().batch(
                        payment(1, "10T09:00", 1, 0.4, SOON),
                        payment(2, "10T10:00", 2, 0.8, null),
                        payment(3, "10T11:00", 3, 0.7, null),
                        payment(4, "10T12:00", 4, 0.1, SOON))
                .emits(row(DAY, 0.0, (1 / 3.0 + 2 / 4.0) / 2, 0))
                .run(new TableJob(answer, 2, more));
    }

    /** The last microsecond of the 13th is seven days before the night; the first of the 14th is not. */
    @Test
    @Order(9)
    void aDayIsJudgedSevenDaysAfterItsEnd(JudgeTheModel answer) {
        script().batch(
                        payment(1, "13T00:00", 1, 0.1, null),
                        payment(2, "13T23:59:59.999999", 2, 0.9, SOON.plus(Duration.ofDays(5))),
                        payment(3, "14T00:00", 3, 0.9, null),
                        payment(4, "14T10:00", 4, 0.8, SOON.plus(Duration.ofDays(5))),
                        payment(5, "20T10:00", 5, 0.8, null))
                .emits(row(DAY.plusDays(3), 1, 1, 0.5))
                .run(new TableJob(answer, 2));
        script().batch(payment(1, "13T00:00", 1, 0.1, null), payment(2, "12T10:00", 2, 0.9, null))
                .emits(row(DAY.plusDays(2), null, null, 0))
                .run(new TableJob(answer, 2).at(NIGHT.minusNanos(1_000)));
    }

    @Test
    @Order(10)
    void aDayOfOneKindOnlyHasNoAuc(JudgeTheModel answer) {
        script().batch(
                        payment(1, "10T09:00", 1, 0.9, null),
                        payment(2, "11T09:00", 2, 0.9, SOON.plus(Duration.ofDays(1))),
                        payment(3, "11T10:00", 3, 0.1, SOON.plus(Duration.ofDays(1))))
                .emits(row(DAY, null, null, 0), row(DAY.plusDays(1), null, 1, 1))
                .run(new TableJob(answer, 2));
    }

    @Test
    @Order(11)
    void aPaymentWithoutAScoreIsBelowAllOthers(JudgeTheModel answer) {
        script().batch(
                        payment(1, "10T09:00", 1, 0.5, SOON),
                        payment(2, "10T10:00", 2, null, SOON),
                        payment(3, "10T11:00", 3, Double.NaN, null),
                        payment(4, "10T12:00", 4, 0.0, null),
                        payment(5, "10T12:00", 5, 0.9, null))
                .emits(row(DAY, (2 / 3.0 + 0.5 / 3) / 2, (1 / 2.0 + 2 / 5.0) / 2, 0.5))
                .run(new TableJob(answer, 4));
    }

    @Test
    @Order(12)
    void aPaymentWithoutACustomerHasNoCardAndOneWithoutATimeNoDay(JudgeTheModel answer) {
        script().batch(
                        payment(1, "10T09:00", null, 0.9, SOON),
                        payment(2, "10T10:00", null, 0.8, null),
                        payment(3, "10T11:00", 3, 0.7, SOON),
                        payment(4, "10T12:00", 4, 0.1, null),
                        row(5, null, 5, 1.0, SOON),
                        payment(6, "11T09:00", null, 0.9, SOON.plus(Duration.ofDays(1))))
                .emits(row(DAY, 3 / 4.0, (1 + 2 / 3.0) / 2, 0.5), row(DAY.plusDays(1), null, 1, 0))
                .run(new TableJob(answer, 2));
    }

    @Test
    @Order(13)
    void randomPaymentsAreJudgedAsByALoop(JudgeTheModel answer) {
        RandomScript.of(SCHEMA)
                .columns(COLUMNS)
                .batches(
                        1,
                        200,
                        RandomRows.of(SCHEMA)
                                .on(DAY)
                                .times("00:00", Duration.ofDays(5))
                                .unique("id")
                                .notNull("id")
                                .between("customer", 1, 40)
                                .between("score", 0, 1)
                                .converted(JudgeTheModelCheckpoint::reported))
                .run(() -> new TableJob(answer, 5), payments -> judged(payments, 5));
    }

    /** One payment in five is reported; few reports come after the night. Some scores are equal, some no numbers. */
    private static ScriptRow reported(Random random, ScriptRow payment) {
        Instant time = payment.get(1) == null ? SOON : payment.getInstant(1);
        Instant report = time.plus(Duration.ofHours(random.nextInt(13 * 24)));
        int kind = random.nextInt(10);
        Object score = payment.get(3) == null || kind == 0 ? Double.valueOf(Double.NaN) : payment.get(3);
        Object rounded = kind < 6 ? Math.rint(10 * (Double) score) / 10 : score;
        return row(
                payment.get(0),
                payment.get(1),
                payment.get(2),
                payment.get(3) == null ? null : rounded,
                random.nextInt(5) == 0 ? report : null);
    }

    private record Judged(int customer, double score, boolean isFraud) {}

    private static List<ScriptRow> judged(List<ScriptRow> payments, int top) {
        Map<LocalDate, List<Judged>> days = new TreeMap<>();
        for (ScriptRow payment : payments) {
            if (payment.get(1) != null && payment.getInstant(1).isBefore(Instant.parse("2026-01-14T00:00:00Z"))) {
                LocalDate day = payment.getInstant(1).atZone(ZoneOffset.UTC).toLocalDate();
                days.computeIfAbsent(day, any -> new ArrayList<>()).add(judged(payment));
            }
        }
        Set<Integer> blocked = new HashSet<>();
        return days.entrySet().stream()
                .map(day -> row(
                        day.getKey(),
                        auc(day.getValue()),
                        averagePrecision(day.getValue()),
                        cards(day.getValue(), blocked, top)))
                .toList();
    }

    private static Judged judged(ScriptRow payment) {
        Double score = (Double) payment.get(3);
        boolean isFraud = payment.get(4) != null && !payment.getInstant(4).isAfter(NIGHT);
        return new Judged(
                payment.get(2) == null ? -1 : payment.getInt(2),
                score == null || score.isNaN() ? Double.NEGATIVE_INFINITY : score,
                isFraud);
    }

    private static Double auc(List<Judged> day) {
        double pairs = 0;
        double right = 0;
        for (Judged fraud : day) {
            for (Judged genuine : day) {
                if (fraud.isFraud() && !genuine.isFraud()) {
                    pairs++;
                    right += fraud.score() > genuine.score() ? 1 : fraud.score() == genuine.score() ? 0.5 : 0;
                }
            }
        }
        return pairs == 0 ? null : right / pairs;
    }

    private static Double averagePrecision(List<Judged> day) {
        double frauds = 0;
        double sum = 0;
        for (Judged fraud : day) {
            if (fraud.isFraud()) {
                List<Judged> above = day.stream()
                        .filter(other -> other.score() >= fraud.score())
                        .toList();
                frauds++;
                sum += (double) above.stream().filter(Judged::isFraud).count() / above.size();
            }
        }
        return frauds == 0 ? null : sum / frauds;
    }

    private static double cards(List<Judged> day, Set<Integer> blocked, int top) {
        Map<Integer, Judged> cards = new HashMap<>();
        for (Judged payment : day) {
            if (payment.customer() > 0 && !blocked.contains(payment.customer())) {
                cards.merge(
                        payment.customer(),
                        payment,
                        (one, other) -> new Judged(
                                one.customer(),
                                Math.max(one.score(), other.score()),
                                one.isFraud() || other.isFraud()));
            }
        }
        List<Integer> found = cards.values().stream()
                .sorted(Comparator.comparingDouble(Judged::score).reversed().thenComparingInt(Judged::customer))
                .limit(top)
                .filter(Judged::isFraud)
                .map(Judged::customer)
                .toList();
        blocked.addAll(found);
        return (double) found.size() / top;
    }

    private static Script script() {
        return Script.of(SCHEMA).columns(COLUMNS);
    }

    /** @param time in January 2026, such as {@code 10T09:00} */
    private static ScriptRow payment(long id, String time, Integer customer, Double score, Instant reported) {
        String full = "2026-01-" + time + (time.length() == 8 ? ":00Z" : "Z");
        return row(id, Instant.parse(full), customer, score, reported);
    }

    /** Runs the answer on the payments and their reports as tables. */
    private static final class TableJob implements Job {

        private final JudgeTheModel answer;
        private final int top;
        private final List<Row> more;
        private Instant night = NIGHT;
        private List<ScriptRow> payments;
        private List<ScriptRow> output;

        TableJob(JudgeTheModel answer, int top, Row... more) {
            this.answer = answer;
            this.top = top;
            this.more = List.of(more);
        }

        TableJob at(Instant night) {
            this.night = night;
            return this;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            payments = rows;
        }

        @Override
        public void run() {
            SparkSession spark = SharedSpark.session();
            List<Row> all = SparkRows.toSpark(payments);
            List<Row> scores = all.stream()
                    .map(row -> RowFactory.create(row.get(0), row.get(1), row.get(2), row.get(3)))
                    .toList();
            List<Row> reports = Stream.concat(
                            all.stream()
                                    .filter(row -> !row.isNullAt(4))
                                    .map(row -> RowFactory.create(row.get(0), row.get(4))),
                            more.stream())
                    .toList();
            Dataset<Row> quality = answer.quality(
                    spark.createDataFrame(scores, StructType.fromDDL(SCORES)),
                    spark.createDataFrame(reports, StructType.fromDDL(REPORTS)),
                    night,
                    top);
            output = SparkRows.fromSpark(
                    quality.select("day", "auc", "ap", "cards").collectAsList());
        }

        @Override
        public List<ScriptRow> output() {
            return output;
        }
    }
}
