///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson04;

import java.time.*;
import java.util.*;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.*;
import picocli.CommandLine.*;
import scala.collection.Iterator;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Reports sensors that have stopped sending, with timers in event time. */
@Command(description = "When an event-time timer fires.")
public class Timers extends SparkProgram {

    @Option(names = "--silence", defaultValue = "10", description = "minutes to wait for a reading (${DEFAULT-VALUE})")
    int silence;

    /** The input, file by file: the time of a reading and its sensor. */
    static final List<String> FILES =
            List.of("09:00 roof, 09:02 cellar", "09:08 roof", "09:20 roof", "09:24 cellar", "09:50 roof");

    /** The query: sensors without a reading for that long. */
    public static Dataset<String> silent(Dataset<Row> readings, Duration silence) {
        return readings.withWatermark("time", "5 minutes")
                .groupByKey((MapFunction<Row, String>) reading -> reading.getAs("sensor"), Encoders.STRING())
                .transformWithState(new Sensors(silence), TimeMode.EventTime(), OutputMode.Update(), Encoders.STRING());
    }

    /** Keeps one timer for each sensor, set by its latest reading. */
    static final class Sensors extends StatefulProcessor<String, Row, String> {

        private final Duration silence;
        private transient ValueState<Instant> latest;

        Sensors(Duration silence) {
            this.silence = silence;
        }

        @Override
        public void init(OutputMode mode, TimeMode time) {
            latest = getHandle().getValueState("latest", Encoders.INSTANT(), TTLConfig.NONE());
        }

        @Override
        public Iterator<String> handleInputRows(String sensor, Iterator<Row> readings, TimerValues now) {
            while (readings.hasNext()) {
                Instant time = readings.next().getAs("time");
                if (!latest.exists() || latest.get().isBefore(time)) {
                    if (latest.exists()) {
                        getHandle().deleteTimer(latest.get().plus(silence).toEpochMilli());
                    }
                    getHandle().registerTimer(time.plus(silence).toEpochMilli());
                    latest.update(time);
                }
            }
            return Iterator.empty();
        }

        @Override
        public Iterator<String> handleExpiredTimer(String sensor, TimerValues now, ExpiredTimerInfo timer) {
            String report = sensor + " silent since " + ClockTime.of(latest.get());
            latest.clear();
            return Iterator.single(report);
        }
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        String checkpoint = Scratch.folder("checkpoint-").toString();
        Inbox inbox = Inbox.create();
        TextTable table = new TextTable("%-7s  %-24s  %-9s  %-7s  %s");
        table.row("", "input", "watermark", "sensors", "output");
        var silent = silent(inbox.stream(spark, "time TIMESTAMP, sensor STRING"), Duration.ofMinutes(silence));
        try (var query = CollectedQuery.start(silent, "update", checkpoint)) {
            query.processFiles(
                    inbox,
                    "time sensor",
                    FILES,
                    (file, batch) -> table.row(
                            "batch " + batch.id(), file, batch.watermark(), batch.stateRows(), batch.output()));
        }
        Dataset<Row> timers = spark.read()
                .format("statestore")
                .option("readRegisteredTimers", true)
                .load(checkpoint)
                .selectExpr("key.value", "timestamp_millis(expiration_timestamp_ms)");
        timers.collectAsList().forEach(timer -> System.out.println("registered timer: " + CollectedBatch.text(timer)));
    }

    public static void main(String[] args) {
        Program.run(new Timers(), args);
    }
}
