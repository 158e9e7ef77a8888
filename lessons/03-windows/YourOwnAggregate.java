///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson03;

import static org.apache.spark.sql.functions.*;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.*;
import org.apache.spark.sql.expressions.*;
import picocli.CommandLine.Command;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Computes the second largest reading with a custom Aggregator: on a table, typed and untyped, and on a stream. */
@Command(description = "The second largest reading.")
public class YourOwnAggregate extends SparkProgram {

    static final String SCHEMA = "sensor string, celsius int";

    /** The input, file by file: readings of two thermometers. */
    static final List<String> FILES =
            List.of("roof 21, roof 99, cellar 13, roof 24", "cellar 14, cellar 12, roof 23, cellar 11");

    /** The buffer: the two largest readings so far, null where there is none. */
    public record Top(Integer first, Integer second) implements Serializable {

        Top with(Integer reading) {
            if (reading == null || second != null && reading <= second) {
                return this;
            }
            return first == null || reading > first ? new Top(reading, first) : new Top(first, reading);
        }
    }

    /** The aggregate: the input is a reading, the buffer a {@link Top}, the output the second largest reading. */
    public static class SecondLargest extends Aggregator<Integer, Top, Integer> {

        @Override
        public Top zero() {
            return new Top(null, null);
        }

        @Override
        public Top reduce(Top top, Integer reading) {
            return top.with(reading);
        }

        @Override
        public Top merge(Top one, Top other) {
            return one.with(other.first).with(other.second);
        }

        @Override
        public Integer finish(Top top) {
            return top.second;
        }

        @Override
        public Encoder<Top> bufferEncoder() {
            return Encoders.javaSerialization(Top.class);
        }

        @Override
        public Encoder<Integer> outputEncoder() {
            return Encoders.INT();
        }
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        Inbox inbox = Inbox.create();
        FILES.forEach(file -> inbox.deliver("sensor celsius", file));
        Dataset<Row> table = spark.read().schema(SCHEMA).json(inbox.path());

        SecondLargest aggregator = new SecondLargest();
        Dataset<Integer> readings = table.select("celsius").as(Encoders.INT());
        System.out.println(
                "typed            " + readings.select(aggregator.toColumn()).first());

        UserDefinedFunction secondLargest = udaf(aggregator, Encoders.INT());
        Dataset<Row> bySensor = table.groupBy("sensor").agg(secondLargest.apply(col("celsius")));
        System.out.println("untyped          " + bySensor.sort("sensor").collectAsList());

        spark.udf().register("second_largest", secondLargest);
        inbox.stream(spark, SCHEMA).createOrReplaceTempView("readings");
        Dataset<Row> stream = spark.sql("SELECT sensor, second_largest(celsius) FROM readings GROUP BY sensor");
        for (CollectedBatch<Row> batch : CollectedQuery.run(stream, "update")) {
            System.out.println("stream, batch " + batch.id() + "  " + batch.output());
        }
    }

    public static void main(String[] args) {
        Program.run(new YourOwnAggregate(), args);
    }
}
