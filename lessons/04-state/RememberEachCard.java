///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson04;

import java.time.Instant;
import java.util.*;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.*;
import picocli.CommandLine.*;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Three kinds of state for each card: its number of payments, their last times, their number by terminal. */
@Command(description = "Value, list and map state.")
public class RememberEachCard extends SparkProgram {

    @Option(names = "--last", defaultValue = "3", description = "how many times the list keeps (${DEFAULT-VALUE})")
    int last;

    /** The input, file by file: the time of a payment, its card and its terminal. */
    static final List<String> FILES =
            List.of("09:00 7 31, 09:01 3 12", "09:02 7 31, 09:07 7 40, 09:05 7 31", "09:10 3 12, 09:11 7 12");

    /** The query: Spark calls the processor with the payments of one card at a time. */
    public static Dataset<String> remember(Dataset<Row> payments, int last) {
        return payments.groupByKey((MapFunction<Row, Integer>) payment -> payment.getAs("customer"), Encoders.INT())
                .transformWithState(new Cards(last), TimeMode.None(), OutputMode.Update(), Encoders.STRING());
    }

    /** Each task creates its own object in each batch: keep data in state variables, not in fields. */
    static final class Cards extends StatefulProcessor<Integer, Row, String> {

        private final int size;
        private transient ValueState<Long> count;
        private transient ListState<Instant> last;
        private transient MapState<Integer, Long> terminals;

        Cards(int size) {
            this.size = size;
        }

        @Override
        public void init(OutputMode mode, TimeMode time) {
            count = getHandle().getValueState("count", Encoders.LONG(), TTLConfig.NONE());
            last = getHandle().getListState("last", Encoders.INSTANT(), TTLConfig.NONE());
            terminals = getHandle().getMapState("terminals", Encoders.INT(), Encoders.LONG(), TTLConfig.NONE());
        }

        @Override
        public Iterator<String> handleInputRows(Integer card, Iterator<Row> payments, TimerValues now) {
            List<Instant> times = new ArrayList<>();
            CollectionConverters.asJava(last.get()).forEachRemaining(times::add);
            while (payments.hasNext()) {
                Row payment = payments.next();
                times.add(payment.getAs("time"));
                count.update(1 + (count.exists() ? count.get() : 0));
                int terminal = payment.getAs("terminal");
                terminals.updateValue(
                        terminal, 1 + (terminals.containsKey(terminal) ? terminals.getValue(terminal) : 0));
            }
            Collections.sort(times); // the rows of a batch have no order
            List<Instant> kept = times.subList(Math.max(0, times.size() - size), times.size());
            last.put(kept.toArray(Instant[]::new));
            List<String> shown = kept.stream().map(ClockTime::of).toList();
            return Iterator.single("card " + card + ": payments " + count.get() + ", last " + shown);
        }
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        String checkpoint = Scratch.folder("checkpoint-").toString();
        Inbox inbox = Inbox.create();
        FILES.forEach(file -> inbox.deliver("time customer terminal", file));
        var batches = CollectedQuery.run(remember(inbox.stream(spark, Payment.SCHEMA), last), "update", checkpoint);
        batches.forEach(batch -> print("batch " + batch.id(), batch.rows()));
        System.out.println("the state: " + batches.get(batches.size() - 1).stateRows() + " rows");
        for (String variable : List.of("count", "last", "terminals")) {
            Dataset<Row> state = spark.read()
                    .format("statestore")
                    .option("stateVarName", variable)
                    .load(checkpoint);
            print("variable " + variable, state.drop("partition_id").toJSON().collectAsList());
        }
    }

    private static void print(String title, List<String> rows) {
        System.out.println(title);
        rows.stream().sorted().forEach(row -> System.out.println("    " + row));
    }

    public static void main(String[] args) {
        Program.run(new RememberEachCard(), args);
    }
}
