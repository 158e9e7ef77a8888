///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson03;

import static org.apache.spark.sql.functions.*;

import java.util.*;
import java.util.stream.*;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.*;
import org.apache.spark.sql.expressions.Aggregator;
import org.apache.spark.util.CollectionAccumulator;
import picocli.CommandLine.Command;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Shows which methods of an Aggregator Spark calls how often, and when a wrong merge gives a wrong result. */
@Command(description = "Calls of an Aggregator's methods.")
public class AggregatorCalls extends SparkProgram {

    static final String READINGS = "roof 21, roof 99, cellar 13, roof 24, cellar 14, cellar 12, roof 23, cellar 11";

    /** Counts rows. The accumulator collects the names of the methods that are called. */
    static class Count extends Aggregator<Integer, Long, Long> {
        private final CollectionAccumulator<String> calls;

        Count(CollectionAccumulator<String> calls) {
            this.calls = calls;
        }

        @Override
        public Long zero() {
            calls.add("zero");
            return 0L;
        }

        @Override
        public Long reduce(Long count, Integer reading) {
            calls.add("reduce");
            return count + 1;
        }

        @Override
        public Long merge(Long one, Long other) {
            calls.add("merge");
            return one + other;
        }

        @Override
        public Long finish(Long count) {
            calls.add("finish");
            return count;
        }

        @Override
        public Encoder<Long> bufferEncoder() {
            return Encoders.LONG();
        }

        @Override
        public Encoder<Long> outputEncoder() {
            return Encoders.LONG();
        }
    }

    /** A wrong merge: it drops one of the two buffers. */
    static class WrongCount extends Count {

        WrongCount(CollectionAccumulator<String> calls) {
            super(calls);
        }

        @Override
        public Long merge(Long one, Long other) {
            return other;
        }
    }

    @Override
    protected void run(SparkSession spark) {
        TextTable table = new TextTable("%-10s  %-16s  %-16s  %s");
        table.row("partitions", "count", "wrong merge", "calls for the count");
        for (int partitions : List.of(1, 2, 4)) {
            CollectionAccumulator<String> calls = spark.sparkContext().collectionAccumulator();
            CollectionAccumulator<String> unused = spark.sparkContext().collectionAccumulator();
            Dataset<Row> readings = readings(spark, partitions);
            table.row(
                    partitions,
                    count(readings, new Count(calls)),
                    count(readings, new WrongCount(unused)),
                    Stream.of("zero", "reduce", "merge", "finish")
                            .map(method -> method + " " + Collections.frequency(calls.value(), method))
                            .collect(Collectors.joining(", ")));
        }
    }

    /** Counts the readings by sensor. Sorting in Spark would call the methods twice. */
    static String count(Dataset<Row> readings, Count count) {
        Dataset<Row> counts =
                readings.groupBy("sensor").agg(udaf(count, Encoders.INT()).apply(col("celsius")));
        return counts.collectAsList().stream()
                .map(CollectedBatch::text)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    static Dataset<Row> readings(SparkSession spark, int partitions) {
        var lines = new JavaSparkContext(spark.sparkContext())
                .parallelize(JsonLines.of("sensor celsius", READINGS), partitions);
        return spark.read()
                .schema("sensor string, celsius int")
                .json(spark.createDataset(lines.rdd(), Encoders.STRING()));
    }

    public static void main(String[] args) {
        Program.run(new AggregatorCalls(), args);
    }
}
