///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson04;

import static org.apache.spark.sql.Encoders.*;

import java.time.*;
import java.util.*;
import java.util.function.Function;
import org.apache.spark.api.java.function.FlatMapGroupsWithStateFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.*;
import picocli.CommandLine.*;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Reports cards without payments, once with flatMapGroupsWithState and once with transformWithState. */
@Command(description = "flatMapGroupsWithState and transformWithState compared.")
public class OldAndNew extends SparkProgram {

    @Option(names = "--after", split = ",", defaultValue = "10,30", description = "second run (${DEFAULT-VALUE})")
    List<Integer> after;

    /** The input, file by file: the time of a payment and its card. */
    static final List<String> FILES = List.of("09:00 7, 09:05 3", "09:08 7", "09:25 3", "09:45 5", "10:05 5");

    /** The old operator: one function, called with a card's payments or, after a timeout, with none. */
    public static Dataset<String> byFlatMap(KeyValueGroupedDataset<Integer, Row> cards, List<Integer> minutes) {
        FlatMapGroupsWithStateFunction<Integer, Row, Instant, String> report = (card, payments, latest) -> {
            if (latest.hasTimedOut()) {
                latest.remove();
                return List.of(report(card, minutes.get(minutes.size() - 1))).iterator();
            }
            latest.update(latest(latest.exists() ? latest.get() : Instant.MIN, payments));
            minutes.forEach(silence -> latest.setTimeoutTimestamp(due(latest.get(), silence)));
            return Collections.emptyIterator();
        };
        return cards.flatMapGroupsWithState(
                report, OutputMode.Update(), INSTANT(), STRING(), GroupStateTimeout.EventTimeTimeout());
    }

    /** The new operator: an object with one method for payments and one for timers. */
    public static Dataset<String> byTransform(KeyValueGroupedDataset<Integer, Row> cards, List<Integer> minutes) {
        return cards.transformWithState(new Cards(minutes), TimeMode.EventTime(), OutputMode.Update(), STRING());
    }

    static final class Cards extends StatefulProcessor<Integer, Row, String> {

        private final List<Integer> minutes;
        private transient ValueState<Instant> latest;

        Cards(List<Integer> minutes) {
            this.minutes = minutes;
        }

        @Override
        public void init(OutputMode mode, TimeMode time) {
            latest = getHandle().getValueState("latest", INSTANT(), TTLConfig.NONE());
        }

        @Override
        public Iterator<String> handleInputRows(Integer card, Iterator<Row> payments, TimerValues now) {
            if (latest.exists()) {
                minutes.forEach(silence -> getHandle().deleteTimer(due(latest.get(), silence)));
            }
            Instant before = latest.exists() ? latest.get() : Instant.MIN;
            latest.update(latest(before, CollectionConverters.asJava(payments)));
            minutes.forEach(silence -> getHandle().registerTimer(due(latest.get(), silence)));
            return Iterator.empty();
        }

        @Override
        public Iterator<String> handleExpiredTimer(Integer card, TimerValues now, ExpiredTimerInfo timer) {
            Instant due = Instant.ofEpochMilli(timer.getExpiryTimeInMs());
            long silence = Duration.between(latest.get(), due).toMinutes();
            if (silence == minutes.get(minutes.size() - 1)) {
                latest.clear();
            }
            return Iterator.single(report(card, silence));
        }
    }

    static Instant latest(Instant before, java.util.Iterator<Row> payments) {
        Instant latest = before;
        while (payments.hasNext()) {
            latest = Collections.max(List.of(latest, payments.next().getAs("time")));
        }
        return latest;
    }

    static long due(Instant latest, int silence) {
        return latest.plusSeconds(60L * silence).toEpochMilli();
    }

    static String report(int card, long silence) {
        return "card " + card + " silent for " + silence + " minutes";
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        for (List<Integer> minutes : List.of(List.of(30), after)) {
            System.out.println("report a card without payments after " + minutes + " minutes");
            List<String> byOld = run(spark, cards -> byFlatMap(cards, minutes));
            List<String> byNew = run(spark, cards -> byTransform(cards, minutes));
            System.out.println("    same output: " + byOld.equals(byNew));
        }
    }

    /** Prints and returns what a query emits in each batch. */
    private static List<String> run(
            SparkSession spark, Function<KeyValueGroupedDataset<Integer, Row>, Dataset<String>> operator)
            throws Exception {
        Inbox inbox = Inbox.create();
        var cards = inbox.stream(spark, Payment.SCHEMA)
                .withWatermark("time", "5 minutes")
                .groupByKey((MapFunction<Row, Integer>) payment -> payment.getAs("customer"), INT());
        List<String> output = new ArrayList<>();
        try (var query = CollectedQuery.start(operator.apply(cards), "update")) {
            query.processFiles(inbox, "time customer", FILES, (file, batch) -> {
                batch.rows().stream().sorted().forEach(row -> output.add("batch " + batch.id() + ": " + row));
            });
            var state = query.query().lastProgress().stateOperators()[0];
            System.out.println("    " + state.operatorName());
            output.forEach(row -> System.out.println("        " + row));
            System.out.println("        rows in the state at the end: " + state.numRowsTotal());
        }
        return output;
    }

    public static void main(String[] args) {
        Program.run(new OldAndNew(), args);
    }
}
