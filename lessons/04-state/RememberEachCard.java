///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson04;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.ListState;
import org.apache.spark.sql.streaming.MapState;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StatefulProcessor;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
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

/** What is known of each card, kept in three kinds of state: how many payments, the last few, the terminals seen. */
@Command(name = "RememberEachCard", mixinStandardHelpOptions = true, description = "Value, list and map state.")
public class RememberEachCard implements Callable<Integer> {

    @Option(
            names = "--last",
            defaultValue = "3",
            description = "how many payments to remember (default: ${DEFAULT-VALUE})")
    int last;

    /** What arrives, file by file: when, with which card, at which terminal, how much. */
    static final List<String> FILES = List.of(
            "09:00 7 31 12.50, 09:01 3 12 140.00",
            "09:02 7 31 99.99, 09:07 7 40 8.75, 09:05 7 31 20.00",
            "09:10 3 12 100.00, 09:11 7 12 310.20");

    public static void main(String[] args) {
        Program.run(new RememberEachCard(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.start("RememberEachCard")) {
            Inbox inbox = Inbox.create();
            Path checkpoint = Scratch.folder("checkpoint-");
            StreamingQuery query = remember(
                            spark.readStream().schema(Payment.SCHEMA).json(inbox.path()), last)
                    .writeStream()
                    .outputMode("update")
                    .option("checkpointLocation", checkpoint.toString())
                    .foreachBatch(RememberEachCard::print)
                    .start();
            for (String file : FILES) {
                inbox.deliver(payments(file));
                query.processAllAvailable();
            }
            long rows = query.lastProgress().stateOperators()[0].numRowsTotal();
            query.stop();
            System.out.println("what is kept, in " + rows + " rows");
            for (String variable : List.of("count", "last", "terminals")) {
                System.out.println("    " + variable);
                state(spark, checkpoint, variable).drop("partition_id").toJSON().collectAsList().stream()
                        .sorted()
                        .forEach(row -> System.out.println("        " + row));
            }
            return 0;
        }
    }

    /** The query: all payments of a card go to one place, and there to a processor with a memory. */
    public static Dataset<String> remember(Dataset<Row> payments, int last) {
        return payments.groupByKey((MapFunction<Row, Integer>) payment -> payment.getAs("customer"), Encoders.INT())
                .transformWithState(new Memory(last), TimeMode.None(), OutputMode.Update(), Encoders.STRING());
    }

    /**
     * What is known of a card. The object is there for all cards of a partition, and for one batch: what is to last
     * belongs into the state, not into fields. Spark sees to it that each call meets the state of its own card.
     */
    static final class Memory extends StatefulProcessor<Integer, Row, String> {

        private static final StructType AMOUNT = StructType.fromDDL("time TIMESTAMP, amount DECIMAL(10,2)");

        private final int lastPayments;
        private transient ValueState<Long> count;
        private transient ListState<Row> last;
        private transient MapState<Integer, Long> terminals;

        Memory(int lastPayments) {
            this.lastPayments = lastPayments;
        }

        @Override
        public void init(OutputMode mode, TimeMode time) {
            count = getHandle().getValueState("count", Encoders.LONG(), TTLConfig.NONE());
            last = getHandle().getListState("last", Encoders.row(AMOUNT), TTLConfig.NONE());
            terminals = getHandle().getMapState("terminals", Encoders.INT(), Encoders.LONG(), TTLConfig.NONE());
        }

        @Override
        public scala.collection.Iterator<String> handleInputRows(
                Integer card, scala.collection.Iterator<Row> rows, TimerValues now) {
            // The payments of one card in one batch, in no order that one could rely on.
            List<Row> payments = new ArrayList<>();
            CollectionConverters.asJava(rows).forEachRemaining(payments::add);
            payments.sort(Comparator.comparing(payment -> payment.<Instant>getAs("time")));

            count.update((count.exists() ? count.get() : 0) + payments.size());
            List<Integer> added = payments.stream()
                    .map(payment -> payment.<Integer>getAs("terminal"))
                    .filter(this::isNew)
                    .toList();
            String said = String.format(
                    "card %d: %d so far, the last %s, new terminals %s", card, count.get(), lastOf(payments), added);
            return CollectionConverters.asScala(List.of(said).iterator());
        }

        /** Counts the terminal: one entry of the map is read and written, whatever its size. */
        private boolean isNew(int terminal) {
            boolean isNew = !terminals.containsKey(terminal);
            terminals.updateValue(terminal, isNew ? 1 : terminals.getValue(terminal) + 1);
            return isNew;
        }

        /** Keeps the last payments, and gives their amounts. The list is read whole, and written whole. */
        private List<Object> lastOf(List<Row> payments) {
            List<Row> all = new ArrayList<>();
            CollectionConverters.asJava(last.get()).forEachRemaining(all::add);
            payments.forEach(payment -> all.add(RowFactory.create(payment.getAs("time"), payment.getAs("amount"))));
            List<Row> kept = all.subList(Math.max(0, all.size() - lastPayments), all.size());
            last.put(kept.toArray(Row[]::new));
            return kept.stream().map(amount -> amount.get(1)).toList();
        }
    }

    /** One of the variables, as a table. */
    public static Dataset<Row> state(SparkSession spark, Path checkpoint, String variable) {
        return spark.read()
                .format("statestore")
                .option("stateVarName", variable)
                .load(checkpoint.toString());
    }

    /** The payments of a file, as JSON lines. */
    static List<String> payments(String file) {
        return Arrays.stream(file.split(", "))
                .map(payment -> payment.split(" "))
                .map(of -> String.format(
                        "{\"time\":\"2018-04-01T%s:00Z\",\"customer\":%s,\"terminal\":%s,\"amount\":%s}",
                        of[0], of[1], of[2], of[3]))
                .toList();
    }

    static void print(Dataset<String> batch, long id) {
        System.out.println("batch " + id);
        batch.collectAsList().stream().sorted().forEach(line -> System.out.println("    " + line));
    }
}
