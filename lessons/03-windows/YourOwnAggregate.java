///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson03;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udaf;

import java.io.Serializable;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Aggregator;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import picocli.CommandLine.Command;
import workbook.kit.Program;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** An aggregate that Spark does not have: the second largest reading. On tables, typed and untyped, and on a stream. */
@Command(name = "YourOwnAggregate", mixinStandardHelpOptions = true, description = "An Aggregator and its methods.")
public class YourOwnAggregate implements Callable<Integer> {

    /** What thermometers have read. The largest is often a mistake; the second largest is the maximum to believe. */
    static final List<Row> READINGS = List.of(
            reading("roof", 21),
            reading("roof", 99),
            reading("cellar", 13),
            reading("roof", 24),
            reading("cellar", 14),
            reading("cellar", 12),
            reading("roof", 23),
            reading("cellar", 11));

    static final String SCHEMA = "sensor string, celsius int";

    /** The buffer: the two largest so far. Spark wants a bean, so that it can keep it as columns. */
    public static class Top implements Serializable {
        private Integer first;
        private Integer second;

        public Integer getFirst() {
            return first;
        }

        public void setFirst(Integer first) {
            this.first = first;
        }

        public Integer getSecond() {
            return second;
        }

        public void setSecond(Integer second) {
            this.second = second;
        }
    }

    /** Counts the calls of each method. */
    record Calls(LongAccumulator zero, LongAccumulator reduce, LongAccumulator merge, LongAccumulator finish)
            implements Serializable {

        static Calls in(SparkContext context) {
            return new Calls(
                    context.longAccumulator(),
                    context.longAccumulator(),
                    context.longAccumulator(),
                    context.longAccumulator());
        }

        @Override
        public String toString() {
            return String.format(
                    "zero %d, reduce %d, merge %d, finish %d",
                    zero.value(), reduce.value(), merge.value(), finish.value());
        }
    }

    /** The aggregate: readings in, a {@link Top} in between, one number out. */
    public static class SecondLargest extends Aggregator<Integer, Top, Integer> {
        private final Calls calls;

        SecondLargest(Calls calls) {
            this.calls = calls;
        }

        /** Nothing yet. {@code merge(zero, x)} has to be x. */
        @Override
        public Top zero() {
            calls.zero.add(1);
            return new Top();
        }

        /** One more reading. */
        @Override
        public Top reduce(Top top, Integer celsius) {
            calls.reduce.add(1);
            return add(top, celsius);
        }

        /** Two buffers become one: each has seen other readings. */
        @Override
        public Top merge(Top one, Top other) {
            calls.merge.add(1);
            return add(add(one, other.first), other.second);
        }

        /** From the buffer to the answer. */
        @Override
        public Integer finish(Top top) {
            calls.finish.add(1);
            return top.second;
        }

        @Override
        public Encoder<Top> bufferEncoder() {
            return Encoders.bean(Top.class);
        }

        @Override
        public Encoder<Integer> outputEncoder() {
            return Encoders.INT();
        }

        private static Top add(Top top, Integer celsius) {
            if (celsius != null && (top.first == null || celsius > top.first)) {
                top.second = top.first;
                top.first = celsius;
            } else if (celsius != null && (top.second == null || celsius > top.second)) {
                top.second = celsius;
            }
            return top;
        }
    }

    /** The belief that one pass over the readings is all there is. */
    static class Forgetful extends SecondLargest {

        Forgetful(Calls calls) {
            super(calls);
        }

        @Override
        public Top merge(Top one, Top other) {
            return other;
        }
    }

    public static void main(String[] args) {
        Program.run(new YourOwnAggregate(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.start("YourOwnAggregate")) {
            for (int partitions : List.of(1, 2, 4)) {
                Calls calls = Calls.in(spark.sparkContext());
                print(partitions + " partition(s)", highs(readings(spark, partitions), new SecondLargest(calls)));
                System.out.println("    " + calls);
            }
            for (int partitions : List.of(1, 2, 4)) {
                print(
                        partitions + " partition(s), merge forgets",
                        highs(readings(spark, partitions), new Forgetful(Calls.in(spark.sparkContext()))));
            }
            SecondLargest secondLargest = new SecondLargest(Calls.in(spark.sparkContext()));
            typed(readings(spark, 2), secondLargest);
            stream(spark, secondLargest);
            return 0;
        }
    }

    /** Untyped: a function of columns, as {@code max} is one. */
    public static Dataset<Row> highs(Dataset<Row> readings, SecondLargest secondLargest) {
        return readings.groupBy("sensor")
                .agg(udaf(secondLargest, Encoders.INT()).apply(col("celsius")).as("high"));
    }

    /** Typed: the aggregator as it is, over a Dataset of its own input type. */
    static void typed(Dataset<Row> readings, SecondLargest secondLargest) {
        print(
                "typed, of all",
                readings.select("celsius")
                        .as(Encoders.INT())
                        .select(secondLargest.toColumn())
                        .toDF());
    }

    /** On a stream, and by name. The buffer is the state: a batch is merged with all before it. */
    static void stream(SparkSession spark, SecondLargest secondLargest) throws Exception {
        spark.udf().register("second_largest", udaf(secondLargest, Encoders.INT()));
        Inbox inbox = Inbox.create();
        for (int i = 0; i < READINGS.size(); i += 4) {
            inbox.deliver(READINGS.subList(i, i + 4).stream()
                    .map(row -> row.mkString(","))
                    .toList());
        }
        spark.readStream()
                .schema(SCHEMA)
                .option("maxFilesPerTrigger", 1)
                .csv(inbox.path())
                .createOrReplaceTempView("readings");
        spark.sql("SELECT sensor, second_largest(celsius) AS high FROM readings GROUP BY sensor")
                .writeStream()
                .outputMode("update")
                .trigger(Trigger.AvailableNow())
                .foreachBatch((batch, id) -> {
                    print("stream, batch " + id, batch);
                })
                .start()
                .awaitTermination();
    }

    static Dataset<Row> readings(SparkSession spark, int partitions) {
        return spark.createDataFrame(
                new JavaSparkContext(spark.sparkContext()).parallelize(READINGS, partitions),
                StructType.fromDDL(SCHEMA));
    }

    private static Row reading(String sensor, int celsius) {
        return RowFactory.create(sensor, celsius);
    }

    private static void print(String what, Dataset<Row> highs) {
        System.out.printf(
                "%-30s %s%n",
                what,
                highs.collectAsList().stream()
                        .map(row -> row.mkString(" "))
                        .sorted()
                        .collect(Collectors.joining(", ")));
    }
}
