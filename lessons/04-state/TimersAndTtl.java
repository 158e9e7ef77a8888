///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson04;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.ExpiredTimerInfo;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StatefulProcessor;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.streaming.ValueState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import scala.jdk.javaapi.CollectionConverters;
import workbook.kit.Program;
import workbook.kit.Scratch;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** Two ways for state to end: a timer, which calls you, and a time to live, which does not. */
@Command(
        name = "TimersAndTtl",
        mixinStandardHelpOptions = true,
        description = "Timers by event time, TTL by the clock.")
public class TimersAndTtl implements Callable<Integer> {

    @Option(
            names = "--silence",
            defaultValue = "10",
            description = "minutes after which a sensor is reported (default: ${DEFAULT-VALUE})")
    int silence;

    /** What arrives, file by file: when a sensor was read, and which. */
    static final List<String> FILES =
            List.of("09:00 roof, 09:02 cellar", "09:08 roof", "09:20 roof", "09:24 cellar", "09:50 roof");

    /** What each batch put out. */
    private final Map<Long, String> out = new ConcurrentHashMap<>();

    private CountDownLatch halted;

    public static void main(String[] args) {
        Program.run(new TimersAndTtl(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.start("TimersAndTtl")) {
            timers(spark);
            ttl(spark);
            return 0;
        }
    }

    private void timers(SparkSession spark) throws Exception {
        Inbox inbox = Inbox.create();
        Path checkpoint = Scratch.folder("checkpoint-");
        Dataset<String> silent = silent(readings(spark, inbox), Duration.ofMinutes(silence));
        StreamingQuery query = start(silent, checkpoint, Trigger.ProcessingTime(0), () -> false);
        System.out.printf("         %-24s  %-9s  %-7s  %s%n", "came in", "watermark", "known", "put out");
        int printed = 0;
        for (String file : FILES) {
            inbox.deliver(json(file));
            query.processAllAvailable();
            StreamingQueryProgress[] batches = query.recentProgress();
            for (; printed < batches.length; printed++) {
                if (batches[printed].stateOperators().length > 0) { // what is no batch tells of idleness
                    print(file, batches[printed]);
                }
            }
        }
        query.stop();
        timers(spark, checkpoint)
                .collectAsList()
                .forEach(row -> System.out.printf("still set: %s, %s%n", row.get(0), row.get(1)));
    }

    /** A query in processing time never runs out of batches: halted when its state has shrunk, then when it has spoken. */
    private void ttl(SparkSession spark) throws Exception {
        Inbox inbox = Inbox.create();
        Path checkpoint = Scratch.folder("checkpoint-");
        System.out.println("the first reading");
        inbox.deliver(json("09:00 roof"));
        halt(start(known(readings(spark, inbox)), checkpoint, Trigger.AvailableNow(), () -> rowsInState(spark) == 1));
        System.out.println("    " + out.get(0L));
        System.out.println("one of the two has gone from the state; the second reading");
        inbox.deliver(json("09:30 roof"));
        halt(start(known(readings(spark, inbox)), checkpoint, Trigger.AvailableNow(), () -> !said().isEmpty()));
        System.out.println("    " + said());
    }

    private String said() {
        return String.join("", out.values());
    }

    /** What the batch before this one has left in the state. */
    private static long rowsInState(SparkSession spark) {
        StreamingQueryProgress last = spark.streams().active()[0].lastProgress();
        return last == null ? 0 : last.stateOperators()[0].numRowsTotal();
    }

    private void halt(StreamingQuery query) throws Exception {
        while (!halted.await(20, TimeUnit.MILLISECONDS)) {
            if (query.exception().isDefined()) {
                throw query.exception().get();
            }
        }
        query.stop();
    }

    static Dataset<Row> readings(SparkSession spark, Inbox inbox) {
        return spark.readStream().schema("time TIMESTAMP, sensor STRING").json(inbox.path());
    }

    /** The query: which sensors have been silent for too long. */
    public static Dataset<String> silent(Dataset<Row> readings, Duration silence) {
        return readings.withWatermark("time", "5 minutes")
                .groupByKey((MapFunction<Row, String>) reading -> reading.getAs("sensor"), Encoders.STRING())
                .transformWithState(
                        new Watchman(silence), TimeMode.EventTime(), OutputMode.Update(), Encoders.STRING());
    }

    /** Sets an alarm clock at each reading of a sensor, and puts off the one before. */
    static final class Watchman extends StatefulProcessor<String, Row, String> {

        private final Duration silence;
        private transient ValueState<Instant> latest;

        Watchman(Duration silence) {
            this.silence = silence;
        }

        @Override
        public void init(OutputMode mode, TimeMode time) {
            latest = getHandle().getValueState("latest", Encoders.INSTANT(), TTLConfig.NONE());
        }

        @Override
        public scala.collection.Iterator<String> handleInputRows(
                String sensor, scala.collection.Iterator<Row> rows, TimerValues now) {
            CollectionConverters.asJava(rows).forEachRemaining(reading -> {
                Instant time = reading.getAs("time");
                if (!latest.exists() || latest.get().isBefore(time)) {
                    if (latest.exists()) {
                        getHandle().deleteTimer(latest.get().plus(silence).toEpochMilli());
                    }
                    getHandle().registerTimer(time.plus(silence).toEpochMilli());
                    latest.update(time);
                }
            });
            return CollectionConverters.asScala(List.<String>of().iterator());
        }

        @Override
        public scala.collection.Iterator<String> handleExpiredTimer(
                String sensor, TimerValues now, ExpiredTimerInfo timer) {
            String alarm = sensor + " silent since " + latest.get().toString().substring(11, 16);
            latest.clear();
            return CollectionConverters.asScala(List.of(alarm).iterator());
        }
    }

    /** The query: whether a sensor is known, by two memories that forget at different times. */
    public static Dataset<String> known(Dataset<Row> readings) {
        return readings.groupByKey((MapFunction<Row, String>) reading -> reading.getAs("sensor"), Encoders.STRING())
                .transformWithState(new Forgetful(), TimeMode.ProcessingTime(), OutputMode.Update(), Encoders.STRING());
    }

    /** Nothing here deletes anything. */
    static final class Forgetful extends StatefulProcessor<String, Row, String> {

        private transient ValueState<Instant> second;
        private transient ValueState<Instant> day;

        @Override
        public void init(OutputMode mode, TimeMode time) {
            second = getHandle().getValueState("second", Encoders.INSTANT(), TTLConfig.apply(Duration.ofSeconds(1)));
            day = getHandle().getValueState("day", Encoders.INSTANT(), TTLConfig.apply(Duration.ofDays(1)));
        }

        @Override
        public scala.collection.Iterator<String> handleInputRows(
                String sensor, scala.collection.Iterator<Row> rows, TimerValues now) {
            String said =
                    String.format("%s: known for a second %s, for a day %s", sensor, second.exists(), day.exists());
            CollectionConverters.asJava(rows).forEachRemaining(reading -> {
                second.update(reading.getAs("time"));
                day.update(reading.getAs("time"));
            });
            return CollectionConverters.asScala(List.of(said).iterator());
        }
    }

    /** The timers that are set, read from the checkpoint. */
    public static Dataset<Row> timers(SparkSession spark, Path checkpoint) {
        return spark.read()
                .format("statestore")
                .option("readRegisteredTimers", true)
                .load(checkpoint.toString())
                .selectExpr(
                        "key.value AS sensor", "date_format(timestamp_millis(expiration_timestamp_ms), 'HH:mm') AS at")
                .orderBy("sensor");
    }

    /** Where it is {@code enough}, a batch halts once its rows are out, so that stopping the query interrupts no work. */
    private StreamingQuery start(Dataset<String> query, Path checkpoint, Trigger trigger, BooleanSupplier enough)
            throws Exception {
        out.clear();
        halted = new CountDownLatch(1);
        return query.writeStream()
                .outputMode("update")
                .option("checkpointLocation", checkpoint.toString())
                .trigger(trigger)
                .foreachBatch((batch, id) -> {
                    out.put(id, batch.collectAsList().stream().sorted().collect(Collectors.joining(", ")));
                    if (enough.getAsBoolean()) {
                        halted.countDown();
                        Thread.sleep(Long.MAX_VALUE);
                    }
                })
                .start();
    }

    private void print(String file, StreamingQueryProgress batch) {
        String watermark = batch.eventTime().get("watermark");
        System.out.println(String.format(
                        "batch %d  %-24s  %-9s  %-7d  %s",
                        batch.batchId(),
                        batch.numInputRows() > 0 ? file : "",
                        watermark.startsWith("1970") ? "none" : watermark.substring(11, 16),
                        batch.stateOperators()[0].numRowsTotal(),
                        out.remove(batch.batchId()))
                .stripTrailing());
    }

    /** The readings of a file, as JSON lines. */
    static List<String> json(String file) {
        return Arrays.stream(file.split(", "))
                .map(reading -> reading.split(" "))
                .map(of -> String.format("{\"time\":\"2018-04-01T%s:00Z\",\"sensor\":\"%s\"}", of[0], of[1]))
                .toList();
    }
}
