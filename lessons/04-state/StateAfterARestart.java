///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson04;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkThrowable;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StatefulProcessor;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.streaming.ValueState;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import scala.jdk.javaapi.CollectionConverters;
import workbook.kit.Payment;
import workbook.kit.Program;
import workbook.kit.Scratch;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** A query is stopped, changed, and started again from its checkpoint: what works, what is refused, what goes wrong. */
@Command(name = "StateAfterARestart", mixinStandardHelpOptions = true, description = "Restarts with a changed query.")
public class StateAfterARestart implements Callable<Integer> {

    @Option(
            names = "--from",
            defaultValue = "terminal",
            description = "with --to: what was kept of a payment (default: ${DEFAULT-VALUE})")
    String from;

    @Option(
            names = "--to",
            description = "try only this: what is to be kept after the restart, such as \"terminal, id\"")
    String to;

    /** What comes before the restart, and what comes after it. */
    static final String BEFORE = "{\"id\":1,\"customer\":7,\"terminal\":31,\"amount\":12.50}";

    static final String AFTER = "{\"id\":2,\"customer\":7,\"terminal\":7,\"amount\":99.99}";

    public static void main(String[] args) {
        Program.run(new StateAfterARestart(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.start("StateAfterARestart")) {
            if (to != null) {
                keep(spark, "avro", from, to);
                return 0;
            }
            System.out.println("the state is a card's last payment; what is kept of it changes: unsaferow");
            keep(spark, "unsaferow", "terminal", "terminal, amount");
            System.out.println("the same: avro");
            keep(spark, "avro", "terminal", "terminal, amount");
            keep(spark, "avro", "terminal, amount", "terminal");
            keep(spark, "avro", "terminal", "bigint(terminal) terminal");
            keep(spark, "avro", "id", "int(id) id");
            keep(spark, "avro", "terminal", "terminal place");
            System.out.println("payments are counted; by what, changes");
            count(spark, "customer, terminal");
            count(spark, "terminal");
            System.out.println("a setting and a column change");
            partitions(spark, "5");
            print(
                    "amount",
                    "2 * amount",
                    restart(
                            spark,
                            Scratch.folder("checkpoint-"),
                            payments -> payments.select("amount"),
                            payments -> payments.selectExpr("2 * amount")));
            return 0;
        }
    }

    private static void count(SparkSession spark, String by) throws Exception {
        Column[] keys = Stream.of(by.split(", ")).map(functions::col).toArray(Column[]::new);
        print(
                "customer",
                by,
                restart(
                        spark,
                        Scratch.folder("checkpoint-"),
                        payments -> payments.groupBy("customer").count(),
                        payments -> payments.groupBy(keys).count()));
    }

    private static void partitions(SparkSession spark, String partitions) throws Exception {
        Path checkpoint = Scratch.folder("checkpoint-");
        String before = spark.conf().get("spark.sql.shuffle.partitions");
        restart(spark, checkpoint, payments -> payments.groupBy("customer").count(), payments -> {
            spark.conf().set("spark.sql.shuffle.partitions", partitions);
            return payments.groupBy("customer").count();
        });
        Row metadata = spark.read()
                .format("state-metadata")
                .load(checkpoint.toString())
                .select("numPartitions")
                .first();
        print(before + " partitions", partitions + " partitions", "the state has " + metadata.get(0));
    }

    private static void keep(SparkSession spark, String format, String from, String to) throws Exception {
        spark.conf().set("spark.sql.streaming.stateStore.encodingFormat", format);
        print(
                from,
                to,
                restart(
                        spark,
                        Scratch.folder("checkpoint-"),
                        payments -> last(payments, from),
                        payments -> last(payments, to)));
        spark.conf().unset("spark.sql.streaming.stateStore.encodingFormat");
    }

    /** Runs a query until it has read what is there, then another from the same checkpoint; gives what that one says. */
    static String restart(
            SparkSession spark, Path checkpoint, UnaryOperator<Dataset<Row>> before, UnaryOperator<Dataset<Row>> after)
            throws Exception {
        Inbox inbox = Inbox.create();
        Dataset<Row> payments = spark.readStream().schema(Payment.SCHEMA).json(inbox.path());
        inbox.deliver(List.of(BEFORE));
        run(before.apply(payments), checkpoint);
        inbox.deliver(List.of(AFTER));
        return run(after.apply(payments), checkpoint);
    }

    private static String run(Dataset<Row> query, Path checkpoint) throws Exception {
        AtomicReference<String> said = new AtomicReference<>();
        try {
            query.writeStream()
                    .outputMode("update")
                    .option("checkpointLocation", checkpoint.toString())
                    .trigger(Trigger.AvailableNow())
                    .foreachBatch((batch, id) -> {
                        String rows = batch.collectAsList().stream()
                                .map(row -> row.mkString(": "))
                                .collect(Collectors.joining(", "));
                        said.set("batch " + id + ": " + rows);
                    })
                    .start()
                    .awaitTermination();
            return said.get();
        } catch (StreamingQueryException e) {
            return "refused: " + condition(e);
        }
    }

    /** The query: what was kept of a card's last payment, and what is now. */
    public static Dataset<Row> last(Dataset<Row> payments, String fields) {
        Dataset<Row> kept =
                payments.select(col("customer"), expr("struct(" + fields + ")").as("kept"));
        StructType type = (StructType) kept.schema().apply("kept").dataType();
        return kept.groupByKey((MapFunction<Row, Integer>) payment -> payment.getAs("customer"), Encoders.INT())
                .transformWithState(new Last(type), TimeMode.None(), OutputMode.Update(), Encoders.STRING())
                .toDF();
    }

    static final class Last extends StatefulProcessor<Integer, Row, String> {

        private final StructType type;
        private transient ValueState<Row> last;

        Last(StructType type) {
            this.type = type;
        }

        @Override
        public void init(OutputMode mode, TimeMode time) {
            last = getHandle().getValueState("last", Encoders.row(type), TTLConfig.NONE());
        }

        @Override
        public scala.collection.Iterator<String> handleInputRows(
                Integer card, scala.collection.Iterator<Row> payments, TimerValues now) {
            Row was = last.exists() ? last.get() : null;
            payments.foreach(payment -> {
                last.update(payment.getAs("kept"));
                return null;
            });
            return CollectionConverters.asScala(
                    List.of("was " + was + ", is " + last.get()).iterator());
        }
    }

    /** The name that Spark gives to what went wrong, from the innermost cause. */
    static String condition(Throwable e) {
        String inner = e.getCause() == null ? null : condition(e.getCause());
        return inner != null || !(e instanceof SparkThrowable) ? inner : ((SparkThrowable) e).getCondition();
    }

    private static void print(String from, String to, String said) {
        System.out.printf("  %-16s → %-25s %s%n", from, to, said);
    }
}
