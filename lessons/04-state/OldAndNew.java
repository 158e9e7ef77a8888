///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson04;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.api.java.function.FlatMapGroupsWithStateFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.KeyValueGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.ExpiredTimerInfo;
import org.apache.spark.sql.streaming.GroupStateTimeout;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StateOperatorProgress;
import org.apache.spark.sql.streaming.StatefulProcessor;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
import org.apache.spark.sql.streaming.ValueState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;
import workbook.kit.Payment;
import workbook.kit.Program;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** One job, done with flatMapGroupsWithState and with transformWithState; then with more than one alarm. */
@Command(
        name = "OldAndNew",
        mixinStandardHelpOptions = true,
        description = "flatMapGroupsWithState beside transformWithState.")
public class OldAndNew implements Callable<Integer> {

    @Option(
            names = "--after",
            split = ",",
            defaultValue = "10,30",
            description = "the second job: after how many minutes to report a silent card (default: ${DEFAULT-VALUE})")
    List<Integer> after;

    /** What arrives, file by file: when a payment was made, and with which card. */
    static final List<String> FILES = List.of("09:00 7, 09:05 3", "09:08 7", "09:25 3", "09:45 5", "10:05 5");

    /** What is kept of a card: how many payments, and when the latest was. */
    private static final Encoder<Tuple2<Long, Instant>> VISIT = Encoders.tuple(Encoders.LONG(), Encoders.INSTANT());

    public static void main(String[] args) {
        Program.run(new OldAndNew(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.start("OldAndNew")) {
            for (List<Integer> minutes : List.of(List.of(30), after)) {
                System.out.println("report a card that has been silent for " + minutes + " minutes");
                List<String> byOld = run(spark, minutes, false);
                List<String> byNew = run(spark, minutes, true);
                System.out.println("    the same answer: " + byOld.equals(byNew));
            }
            return 0;
        }
    }

    private static List<String> run(SparkSession spark, List<Integer> minutes, boolean isNew) throws Exception {
        Inbox inbox = Inbox.create();
        List<Duration> silences = minutes.stream().map(Duration::ofMinutes).toList();
        KeyValueGroupedDataset<Integer, Row> cards = spark.readStream()
                .schema(Payment.SCHEMA)
                .json(inbox.path())
                .withWatermark("time", "5 minutes")
                .groupByKey((MapFunction<Row, Integer>) payment -> payment.getAs("customer"), Encoders.INT());
        ConcurrentLinkedQueue<String> out = new ConcurrentLinkedQueue<>();
        StreamingQuery query = (isNew ? byTransform(cards, silences) : byFlatMap(cards, silences))
                .writeStream()
                .outputMode("update")
                .foreachBatch((batch, id) -> {
                    batch.collectAsList().stream()
                            .sorted()
                            .map(row -> "batch " + id + ": " + row)
                            .forEach(out::add);
                })
                .start();
        for (String file : FILES) {
            inbox.deliver(payments(file));
            query.processAllAvailable();
        }
        query.stop();
        StateOperatorProgress state = query.lastProgress().stateOperators()[0];
        System.out.println("    " + state.operatorName());
        out.forEach(row -> System.out.println("        " + row));
        System.out.println("        rows left in the state: " + state.numRowsTotal());
        return List.copyOf(out);
    }

    /** The old way: a function, called with a card's payments or, once it has timed out, without. */
    public static Dataset<String> byFlatMap(KeyValueGroupedDataset<Integer, Row> cards, List<Duration> silences) {
        FlatMapGroupsWithStateFunction<Integer, Row, Tuple2<Long, Instant>, String> visits =
                (card, payments, state) -> {
                    if (state.hasTimedOut()) {
                        String report = report(card, state.get(), longest(silences));
                        state.remove();
                        return List.of(report).iterator();
                    }
                    state.update(add(state.exists() ? state.get() : null, payments));
                    silences.forEach(silence -> state.setTimeoutTimestamp(
                            state.get()._2.plus(silence).toEpochMilli()));
                    return List.<String>of().iterator();
                };
        return cards.flatMapGroupsWithState(
                visits, OutputMode.Update(), VISIT, Encoders.STRING(), GroupStateTimeout.EventTimeTimeout());
    }

    /** The new way: an object with a method for payments and another for timers. */
    public static Dataset<String> byTransform(KeyValueGroupedDataset<Integer, Row> cards, List<Duration> silences) {
        return cards.transformWithState(
                new Visits(silences), TimeMode.EventTime(), OutputMode.Update(), Encoders.STRING());
    }

    static final class Visits extends StatefulProcessor<Integer, Row, String> {

        private final ArrayList<Duration> silences;
        private transient ValueState<Tuple2<Long, Instant>> visit;

        Visits(List<Duration> silences) {
            this.silences = new ArrayList<>(silences);
        }

        @Override
        public void init(OutputMode mode, TimeMode time) {
            visit = getHandle().getValueState("visit", VISIT, TTLConfig.NONE());
        }

        @Override
        public scala.collection.Iterator<String> handleInputRows(
                Integer card, scala.collection.Iterator<Row> payments, TimerValues now) {
            if (visit.exists()) {
                silences.forEach(silence -> getHandle().deleteTimer(due(silence)));
            }
            visit.update(add(visit.exists() ? visit.get() : null, CollectionConverters.asJava(payments)));
            silences.forEach(silence -> getHandle().registerTimer(due(silence)));
            return CollectionConverters.asScala(List.<String>of().iterator());
        }

        private long due(Duration silence) {
            return visit.get()._2.plus(silence).toEpochMilli();
        }

        @Override
        public scala.collection.Iterator<String> handleExpiredTimer(
                Integer card, TimerValues now, ExpiredTimerInfo timer) {
            Duration silence = Duration.between(visit.get()._2, Instant.ofEpochMilli(timer.getExpiryTimeInMs()));
            String report = report(card, visit.get(), silence);
            if (silence.equals(longest(silences))) {
                visit.clear();
            }
            return CollectionConverters.asScala(List.of(report).iterator());
        }
    }

    /** The logic of the job, which knows nothing of Spark. */
    static Tuple2<Long, Instant> add(Tuple2<Long, Instant> visit, Iterator<Row> payments) {
        long count = visit == null ? 0 : visit._1;
        Instant latest = visit == null ? Instant.MIN : visit._2;
        while (payments.hasNext()) {
            Instant time = payments.next().getAs("time");
            latest = time.isAfter(latest) ? time : latest;
            count++;
        }
        return new Tuple2<>(count, latest);
    }

    static String report(int card, Tuple2<Long, Instant> visit, Duration silence) {
        return String.format("card %d: %d payments, silent for %2d minutes", card, visit._1, silence.toMinutes());
    }

    private static Duration longest(List<Duration> silences) {
        return silences.get(silences.size() - 1);
    }

    /** The payments of a file, as JSON lines. */
    static List<String> payments(String file) {
        return Arrays.stream(file.split(", "))
                .map(payment -> payment.split(" "))
                .map(of -> String.format("{\"time\":\"2018-04-01T%s:00Z\",\"customer\":%s}", of[0], of[1]))
                .toList();
    }
}
