package lesson07;

import static workbook.check.script.Script.row;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
import workbook.check.script.Seed;
import workbook.check.spark.SharedSpark;
import workbook.check.spark.SparkRows;

/** A row is a payment with the time of its report, or null. The night is the 21st: the 14th at midnight is old enough. */
@Checkpoint(TrainingSet.class)
class TrainingSetCheckpoint {

    private static final String PAYMENTS = "id BIGINT, time TIMESTAMP, customer INT";
    private static final String FEATURES = "customer INT, at TIMESTAMP, known TIMESTAMP, mean DOUBLE";
    private static final String LABELS = "id BIGINT, reported TIMESTAMP";
    private static final String SCHEMA = PAYMENTS + ", reported TIMESTAMP";
    private static final String[] COLUMNS = {"id BIGINT", "mean DOUBLE", "fraud BOOLEAN"};

    private static final Instant NIGHT = time("21T00:00");
    private static final Instant SOON = time("12T08:00");
    private static final Instant TICK = Instant.parse("2026-01-10T09:00:00.000001Z");

    private record Feature(Integer customer, Instant at, Instant known, Double mean) {

        Row toRow() {
            return RowFactory.create(customer, at, known, mean);
        }

        static Feature of(ScriptRow row) {
            return new Feature((Integer) row.get(0), (Instant) row.get(1), (Instant) row.get(2), (Double) row.get(3));
        }

        boolean isKnown(ScriptRow payment) {
            return customer != null
                    && at != null
                    && known != null
                    && customer.equals(payment.get(2))
                    && !at.isAfter(payment.getInstant(1))
                    && !known.isAfter(payment.getInstant(1));
        }

        @Override
        public String toString() {
            return String.format("          %8s  %-27s  %-27s  %s", customer, at, known, mean);
        }
    }

    @Test
    @Order(1)
    void aPaymentHasTheNewestFeatureOfItsCustomer(TrainingSet answer) {
        List<Feature> features = List.of(
                feature(1, "09T00:00", "09T01:00", 30.0),
                feature(1, "10T00:00", "10T01:00", 20.0),
                feature(1, "08T00:00", "08T01:00", 25.0),
                feature(2, "10T00:00", "10T01:00", 99.0));
        script(features)
                .batch(
                        payment(1, "10T09:00", 1, null),
                        payment(2, "09T09:00", 1, SOON),
                        payment(3, "10T09:00", 2, null))
                .emits(row(1, 20.0, false), row(2, 30.0, true), row(3, 99.0, false))
                .run(new TableJob(answer, features));
    }

    @Test
    @Order(2)
    void aFeatureOfALaterMomentIsNotUsed(TrainingSet answer) {
        List<Feature> features = List.of(
                feature(1, "09T00:00", "09T01:00", 30.0),
                feature(1, "11T00:00", "11T01:00", 20.0),
                feature(2, "11T00:00", "10T08:00", 50.0));
        script(features)
                .batch(payment(1, "10T09:00", 1, null), payment(2, "10T09:00", 2, null))
                .emits(row(1, 30.0, false), row(2, null, false))
                .run(new TableJob(answer, features));
    }

    @Test
    @Order(3)
    void aFeatureThatWasWrittenLaterIsNotUsed(TrainingSet answer) {
        List<Feature> features = List.of(
                feature(1, "09T00:00", "09T01:00", 30.0),
                feature(1, "10T00:00", "10T10:00", 20.0),
                feature(2, "10T00:00", "11T01:00", 50.0));
        script(features)
                .batch(payment(1, "10T09:00", 1, null), payment(2, "10T09:00", 2, null))
                .emits(row(1, 30.0, false), row(2, null, false))
                .run(new TableJob(answer, features));
    }

    @Test
    @Order(4)
    void aFeatureOfTheSameMomentIsUsedAndOneOfAMicrosecondLaterIsNot(TrainingSet answer) {
        List<Feature> features = List.of(
                feature(1, "10T09:00", "10T09:00", 20.0),
                new Feature(2, TICK, time("10T08:00"), 30.0),
                new Feature(2, time("10T07:00"), TICK, 40.0),
                feature(3, "10T08:00", "10T09:00", 50.0),
                new Feature(4, TICK, TICK.plusNanos(1_000), 60.0));
        script(features)
                .batch(
                        payment(1, "10T09:00", 1, null),
                        payment(2, "10T09:00", 2, null),
                        payment(3, "10T09:00", 3, null),
                        row(4, TICK.plusNanos(1_000), 4, null))
                .emits(row(1, 20.0, false), row(2, null, false), row(3, 50.0, false), row(4, 60.0, false))
                .run(new TableJob(answer, features));
    }

    /** The 9th was corrected after the 10th had been written. */
    @Test
    @Order(5)
    void theLatestMomentCountsAndThenTheLatestCorrection(TrainingSet answer) {
        List<Feature> features = List.of(
                feature(1, "09T00:00", "10T05:00", 35.0),
                feature(1, "10T00:00", "10T01:00", 20.0),
                feature(2, "10T00:00", "10T01:00", 50.0),
                feature(2, "10T00:00", "10T03:00", 45.0),
                feature(2, "10T00:00", "10T02:00", 40.0),
                feature(2, "10T00:00", "10T10:00", 60.0));
        script(features)
                .batch(payment(1, "10T09:00", 1, null), payment(2, "10T09:00", 2, null))
                .emits(row(1, 20.0, false), row(2, 45.0, false))
                .run(new TableJob(answer, features));
    }

    @Test
    @Order(6)
    void aPaymentWithoutAFeatureIsAnExample(TrainingSet answer) {
        List<Feature> features = List.of(
                feature(1, "09T00:00", "09T01:00", 30.0),
                new Feature(null, time("09T00:00"), time("09T01:00"), 40.0),
                new Feature(4, null, time("09T01:00"), 50.0),
                new Feature(4, time("09T00:00"), null, 60.0));
        script(features)
                .batch(
                        payment(1, "10T09:00", 1, null),
                        payment(2, "10T09:00", 3, SOON),
                        payment(3, "10T09:00", null, null),
                        payment(4, "10T09:00", 4, null))
                .emits(row(1, 30.0, false), row(2, null, true), row(3, null, false), row(4, null, false))
                .run(new TableJob(answer, features));
    }

    @Test
    @Order(7)
    void theMeanIsThatOfTheNewestFeatureAlsoIfItHasNone(TrainingSet answer) {
        List<Feature> features = List.of(
                feature(1, "09T00:00", "09T01:00", 30.0),
                feature(1, "10T00:00", "10T01:00", null),
                feature(2, "09T00:00", "09T01:00", 40.0),
                feature(2, "10T00:00", "10T01:00", Double.NaN),
                feature(3, "10T00:00", "10T01:00", 0.0));
        script(features)
                .batch(
                        payment(1, "10T09:00", 1, null),
                        payment(2, "10T09:00", 2, null),
                        payment(3, "10T09:00", 3, null))
                .emits(row(1, null, false), row(2, null, false), row(3, 0.0, false))
                .run(new TableJob(answer, features));
    }

    @Test
    @Order(8)
    void aPaymentOfTheLastSevenDaysIsNoExampleWhateverIsReported(TrainingSet answer) {
        script(List.of())
                .batch(
                        payment(1, "14T00:00", 1, null),
                        payment(2, "14T00:00", 2, NIGHT),
                        row(3, time("14T00:00").plusNanos(1_000), 3, null),
                        row(4, time("14T00:00").plusNanos(1_000), 4, time("15T00:00")),
                        payment(5, "20T09:00", 5, time("20T10:00")),
                        payment(6, "22T09:00", 6, null))
                .emits(row(1, null, false), row(2, null, true))
                .run(new TableJob(answer, List.of()));
    }

    @Test
    @Order(9)
    void onlyReportsUntilTonightAreKnown(TrainingSet answer) {
        script(List.of())
                .batch(
                        payment(1, "10T09:00", 1, NIGHT),
                        payment(2, "10T09:00", 2, NIGHT.plusNanos(1_000)),
                        payment(3, "10T09:00", 3, time("25T00:00")))
                .emits(row(1, null, true), row(2, null, false), row(3, null, false))
                .run(new TableJob(answer, List.of()));
    }

    @Test
    @Order(10)
    void aPaymentIsOneExampleHoweverOftenItIsReported(TrainingSet answer) {
        Row[] more = {
            RowFactory.create(1L, SOON.plusSeconds(60)),
            RowFactory.create(1L, NIGHT.plusSeconds(60)),
            RowFactory.create(2L, null),
            RowFactory.create(null, SOON),
            RowFactory.create(99L, SOON)
        };
        List<Feature> features = List.of(feature(1, "10T00:00", "10T01:00", 20.0));
        script(features)
                .batch(payment(1, "10T09:00", 1, SOON), payment(2, "10T09:00", 2, null), row(3, null, 1, SOON))
                .emits(row(1, 20.0, true), row(2, null, false))
                .run(new TableJob(answer, features, more));
    }

    @Test
    @Order(11)
    void randomPaymentsHaveTheExamplesOfALoop(TrainingSet answer) {
        Seed seed = Seed.next();
        List<Feature> features = randomFeatures(seed.random());
        RandomScript.of(SCHEMA)
                .seed(seed)
                .columns(COLUMNS)
                .batches(
                        1,
                        150,
                        RandomRows.of(SCHEMA)
                                .on(NIGHT.atZone(ZoneOffset.UTC).toLocalDate().minusDays(9))
                                .times("12:00", Duration.ofDays(2))
                                .unique("id")
                                .notNull("id")
                                .between("customer", 1, 8)
                                .converted(TrainingSetCheckpoint::reported))
                .note(payments -> text(features.stream()
                        .filter(feature -> payments.stream()
                                .anyMatch(payment -> Objects.equals(payment.get(2), feature.customer())))
                        .toList()))
                .run(
                        () -> new TableJob(answer, features),
                        payments -> payments.stream()
                                .filter(payment -> payment.get(1) != null
                                        && !payment.getInstant(1).isAfter(time("14T00:00")))
                                .map(payment -> example(payment, features))
                                .toList());
    }

    private static ScriptRow example(ScriptRow payment, List<Feature> features) {
        Double mean = features.stream()
                .filter(feature -> feature.isKnown(payment))
                .max(Comparator.comparing(Feature::at).thenComparing(Feature::known))
                .map(Feature::mean)
                .filter(value -> !value.isNaN())
                .orElse(null);
        return row(
                payment.get(0),
                mean,
                payment.get(3) != null && !payment.getInstant(3).isAfter(NIGHT));
    }

    /** One payment in four is reported; few reports come after the night. */
    private static ScriptRow reported(Random random, ScriptRow payment) {
        Instant time = payment.get(1) == null ? SOON : payment.getInstant(1);
        Instant report = time.plus(Duration.ofHours(random.nextInt(11 * 24)));
        return row(payment.get(0), payment.get(1), payment.get(2), random.nextInt(4) == 0 ? report : null);
    }

    /** Features of the two days of the payments, many of them of the same moment. */
    private static List<Feature> randomFeatures(Random random) {
        List<Feature> features = new ArrayList<>();
        RandomRows.of(FEATURES)
                .on(NIGHT.atZone(ZoneOffset.UTC).toLocalDate().minusDays(9))
                .times("06:00", Duration.ofDays(2))
                .between("customer", 1, 8)
                .between("mean", -100, 1_000)
                .rows(random, 120)
                .stream()
                .map(Feature::of)
                .filter(feature -> features.stream().noneMatch(other -> isSame(other, feature)))
                .forEach(features::add);
        return features;
    }

    /** As the task says, no two have the same customer, moment and time of writing. */
    private static boolean isSame(Feature one, Feature other) {
        return Objects.equals(one.customer(), other.customer())
                && Objects.equals(one.at(), other.at())
                && Objects.equals(one.known(), other.known());
    }

    private static Script script(List<Feature> features) {
        return Script.of(SCHEMA).columns(COLUMNS).title(text(features));
    }

    private static String text(List<Feature> features) {
        return Stream.concat(
                        Stream.of("features  customer  at                           known                        mean"),
                        features.stream().map(Feature::toString))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** @param time in January 2026, such as {@code 10T09:00} */
    private static Instant time(String time) {
        return Instant.parse("2026-01-" + time + ":00Z");
    }

    private static Feature feature(int customer, String at, String known, Double mean) {
        return new Feature(customer, time(at), time(known), mean);
    }

    private static ScriptRow payment(long id, String time, Integer customer, Instant reported) {
        return row(id, time(time), customer, reported);
    }

    /** Runs the answer on the payments, the features and the reports as tables. */
    private static final class TableJob implements Job {

        private final TrainingSet answer;
        private final List<Feature> features;
        private final List<Row> more;
        private List<ScriptRow> payments;
        private List<ScriptRow> output;

        TableJob(TrainingSet answer, List<Feature> features, Row... more) {
            this.answer = answer;
            this.features = features;
            this.more = List.of(more);
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            payments = rows;
        }

        @Override
        public void run() {
            SparkSession spark = SharedSpark.session();
            List<Row> all = SparkRows.toSpark(payments);
            List<Row> made = all.stream()
                    .map(row -> RowFactory.create(row.get(0), row.get(1), row.get(2)))
                    .toList();
            List<Row> reports = Stream.concat(
                            all.stream()
                                    .filter(row -> !row.isNullAt(3))
                                    .map(row -> RowFactory.create(row.get(0), row.get(3))),
                            more.stream())
                    .toList();
            output = SparkRows.fromSpark(answer.examples(
                            spark.createDataFrame(made, StructType.fromDDL(PAYMENTS)),
                            spark.createDataFrame(
                                    features.stream().map(Feature::toRow).toList(), StructType.fromDDL(FEATURES)),
                            spark.createDataFrame(reports, StructType.fromDDL(LABELS)),
                            NIGHT)
                    .select("id", "mean", "fraud")
                    .collectAsList());
        }

        @Override
        public List<ScriptRow> output() {
            return output;
        }
    }
}
