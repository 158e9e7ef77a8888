package lesson04;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TwsTester;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import scala.Option;
import scala.collection.immutable.List$;
import scala.jdk.javaapi.CollectionConverters;
import workbook.check.engine.Engines;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.check.spark.SharedSpark;
import workbook.check.spark.SparkRows;
import workbook.kit.Payment;
import workbook.kit.spark.PaymentRow;

/**
 * Spark's TwsTester runs a processor without a query: one key at a time, with a watermark that the test sets. With the
 * watermarks of a query, its output is that of the query.
 */
class CardProfileInTwsTesterTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration DELAY = Duration.ofDays(1);

    @AfterAll
    static void stopSpark() {
        Engines.stop();
    }

    @Test
    void theTesterAndTheQueryAgree() {
        Seed seed = Seed.next();
        Random random = seed.random();
        Tester tester = new Tester();
        Script script = Script.of(Payment.SCHEMA)
                .columns(CardProfile.PROFILE.fieldNames())
                .title(seed.hint());
        for (int day : List.of(0, 3, 31, 33)) {
            List<ScriptRow> payments = LongStream.range(0, 12)
                    .mapToObj(id -> payment(100L * day + id, day, random))
                    .toList();
            script.batch(payments).emits(tester.profiles(payments));
        }
        script.run(onSpark(new CardProfile()::profiles));
        assertThat(tester.hoursOf(0))
                .as("hours in the state, none of the first day")
                .isNotEmpty()
                .allMatch(hour ->
                        hour * 3_600_000L >= START.plus(Duration.ofDays(2)).toEpochMilli());
    }

    private static ScriptRow payment(long id, int day, Random random) {
        Instant time =
                START.plus(Duration.ofDays(day)).plusSeconds(3_600L * random.nextInt(30) + random.nextInt(3_600));
        return row(new Payment(id, time, random.nextInt(2), 3, BigDecimal.valueOf(random.nextInt(10_000), 2)));
    }

    /** Calls the processor as a query does: batch by batch, card by card, then the watermark. */
    private static final class Tester {

        private final TwsTester<Integer, Row, Row> tester = new TwsTester<>(
                new CardProfile.Hours(),
                List$.MODULE$.empty(),
                TimeMode.EventTime(),
                OutputMode.Append(),
                Option.apply(Tester::millis));
        private Instant newest = Instant.EPOCH.plus(DELAY);

        List<ScriptRow> profiles(List<ScriptRow> batch) {
            Map<Integer, List<Row>> cards = named(batch).stream()
                    .collect(Collectors.groupingBy(payment -> payment.getInt(2), TreeMap::new, Collectors.toList()));
            List<Row> profiles = new ArrayList<>();
            cards.forEach((card, payments) -> profiles.addAll(CollectionConverters.asJava(
                    tester.test(card, CollectionConverters.asScala(payments).toList()))));
            newest = batch.stream().map(payment -> payment.getInstant(1)).reduce(newest, Tester::later);
            tester.setWatermark(newest.minus(DELAY).toEpochMilli());
            return SparkRows.fromSpark(profiles);
        }

        List<Long> hoursOf(int card) {
            return CollectionConverters.asJava(
                    tester.<Long, Object>peekMapState("hours", card).keys().toList());
        }

        /** Rows with column names, as a processor gets them. */
        private static List<Row> named(List<ScriptRow> payments) {
            return SharedSpark.session()
                    .createDataFrame(SparkRows.toSpark(payments), PaymentRow.SCHEMA)
                    .collectAsList();
        }

        private static Object millis(Row payment) {
            return payment.<Instant>getAs("time").toEpochMilli();
        }

        private static Instant later(Instant some, Instant other) {
            return some.isAfter(other) ? some : other;
        }
    }
}
