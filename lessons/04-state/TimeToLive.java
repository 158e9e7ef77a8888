///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson04;

import java.time.Duration;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.*;
import picocli.CommandLine.Command;
import scala.collection.Iterator;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Two variables with a time to live, of one second and of one day. */
@Command(description = "State that expires by itself.")
public class TimeToLive extends SparkProgram {

    /** The query: which of the two variables still have a value for a sensor that sends a reading. */
    public static Dataset<String> known(Dataset<Row> readings) {
        return readings.groupByKey((MapFunction<Row, String>) reading -> reading.getAs("sensor"), Encoders.STRING())
                .transformWithState(new Sensors(), TimeMode.ProcessingTime(), OutputMode.Update(), Encoders.STRING());
    }

    /** Writes both variables at each reading and deletes neither. */
    static final class Sensors extends StatefulProcessor<String, Row, String> {

        private transient ValueState<Boolean> second;
        private transient ValueState<Boolean> day;

        @Override
        public void init(OutputMode mode, TimeMode time) {
            second = getHandle().getValueState("second", Encoders.BOOLEAN(), TTLConfig.apply(Duration.ofSeconds(1)));
            day = getHandle().getValueState("day", Encoders.BOOLEAN(), TTLConfig.apply(Duration.ofDays(1)));
        }

        @Override
        public Iterator<String> handleInputRows(String sensor, Iterator<Row> readings, TimerValues now) {
            String known = sensor + ": second.exists() " + second.exists() + ", day.exists() " + day.exists();
            second.update(true);
            day.update(true);
            return Iterator.single(known);
        }
    }

    /** In processing time there is always another batch: each run stops at a condition. */
    @Override
    protected void run(SparkSession spark) throws Exception {
        Inbox inbox = Inbox.create();
        var writer = known(inbox.stream(spark, "time TIMESTAMP, sensor STRING"))
                .writeStream()
                .outputMode("update")
                .option("checkpointLocation", Scratch.folder("checkpoint-").toString())
                .trigger(Trigger.AvailableNow());
        inbox.deliver("time sensor", "09:00 roof");
        CollectedQuery.runUntil(writer, (rows, before) -> {
            rows.forEach(row -> System.out.println("first reading:  " + row));
            return before != null && before.stateOperators()[0].numRowsTotal() == 1;
        });
        System.out.println("one of the two values has expired");
        inbox.deliver("time sensor", "09:30 roof");
        CollectedQuery.runUntil(writer, (rows, before) -> !rows.isEmpty())
                .forEach(row -> System.out.println("second reading: " + row));
    }

    public static void main(String[] args) {
        Program.run(new TimeToLive(), args);
    }
}
