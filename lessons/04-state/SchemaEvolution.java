///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson04;

import static org.apache.spark.sql.functions.*;

import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.*;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.*;
import scala.collection.Iterator;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Restarts a query with transformWithState whose state has other fields than before. */
@Command(description = "Which changes of a state's schema a restart accepts.")
public class SchemaEvolution extends SparkProgram {

    private static final String ENCODING = "spark.sql.streaming.stateStore.encodingFormat";

    @Option(
            names = "--from",
            defaultValue = "terminal",
            description = "with --to: the fields before the restart (${DEFAULT-VALUE})")
    String from;

    @Option(names = "--to", description = "only this change: the fields after the restart, such as \"terminal, id\"")
    String to;

    /** The query: the fields of a card's last payment in the state, and of this one. */
    public static Dataset<String> last(Dataset<Row> payments, String fields) {
        Dataset<Row> kept = payments.select(col("customer"), expr("struct(" + fields + ") AS kept"));
        StructType type = (StructType) kept.schema().apply("kept").dataType();
        return kept.groupByKey((MapFunction<Row, Integer>) payment -> payment.getAs("customer"), Encoders.INT())
                .transformWithState(new Cards(type), TimeMode.None(), OutputMode.Update(), Encoders.STRING());
    }

    static final class Cards extends StatefulProcessor<Integer, Row, String> {

        private final StructType type;
        private transient ValueState<Row> last;

        Cards(StructType type) {
            this.type = type;
        }

        @Override
        public void init(OutputMode mode, TimeMode time) {
            last = getHandle().getValueState("last", Encoders.row(type), TTLConfig.NONE());
        }

        @Override
        public Iterator<String> handleInputRows(Integer card, Iterator<Row> payments, TimerValues now) {
            Row before = last.exists() ? last.get() : null;
            payments.foreach(payment -> {
                last.update(payment.getAs("kept"));
                return null;
            });
            return Iterator.single("before " + before + ", now " + last.get());
        }
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        if (to != null) {
            change(spark, "avro", from, to);
            return;
        }
        change(spark, "unsaferow", "terminal", "terminal, amount");
        change(spark, "avro", "terminal", "terminal, amount");
        change(spark, "avro", "terminal, amount", "terminal");
        change(spark, "avro", "terminal", "bigint(terminal) terminal");
        change(spark, "avro", "id", "int(id) id");
        change(spark, "avro", "terminal", "terminal place");
    }

    private static void change(SparkSession spark, String encoding, String from, String to) throws Exception {
        spark.conf().set(ENCODING, encoding);
        Inbox inbox = Inbox.create();
        Dataset<Row> payments = inbox.stream(spark, Payment.SCHEMA);
        String checkpoint = Scratch.folder("checkpoint-").toString();
        inbox.deliver("id customer terminal amount", "1 7 31 12.50");
        run(last(payments, from), checkpoint);
        inbox.deliver("id customer terminal amount", "2 7 7 99.99");
        String result = run(last(payments, to), checkpoint);
        System.out.printf("%-9s  %-16s → %-25s  %s%n", encoding, from, to, result);
    }

    private static String run(Dataset<String> query, String checkpoint) throws Exception {
        try {
            return CollectedQuery.run(query, "update", checkpoint).get(0).output();
        } catch (StreamingQueryException e) {
            return "fails: " + SparkErrors.condition(e);
        }
    }

    public static void main(String[] args) {
        Program.run(new SchemaEvolution(), args);
    }
}
