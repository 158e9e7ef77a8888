///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson02;

import static org.apache.spark.sql.functions.*;

import java.util.*;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.Command;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Temperature readings, most of them malformed: parsed without a check, and with a dead-letter topic. */
@Command(description = "Malformed records and a dead-letter topic.")
public class BrokenRecords extends SparkKafkaProgram {

    /** Two are valid. Null is a record without a value. */
    static final List<String> READINGS = Arrays.asList(
            "{\"sensor\":\"roof\",\"celsius\":21.5}",
            "{\"sensor\":\"cellar\",\"celsius\":\"warm\"}",
            "{\"sensor\":\"roof\",\"Celsius\":21.7}",
            "{\"sensor\":\"roof\",\"celsi",
            "<reading>21.9</reading>",
            null,
            "{\"sensor\":\"roof\",\"celsius\":2150.0}",
            "{\"sensor\":\"cellar\",\"celsius\":12.0}");

    /** {@code from_json} writes text that it cannot parse to the last column. */
    static final StructType READING = StructType.fromDDL("sensor STRING, celsius DOUBLE, _corrupt_record STRING");

    static final String READING_TEXT = "format_string('%-8s %s', sensor, celsius)";
    static final String LETTER_TEXT =
            "format_string('%s  %-21s  %s', string(headers[0].value), string(headers[1].value), string(value))";

    /** Adds {@code sensor}, {@code celsius} and {@code _corrupt_record}. Malformed input throws no exception. */
    public static Dataset<Row> parsed(Dataset<Row> records) {
        return records.withColumn("reading", from_json(col("value").cast("string"), READING))
                .select("*", "reading.*");
    }

    /** Adds {@code reason} as well, which is null for a valid reading. The record stays unchanged. */
    public static Dataset<Row> checked(Dataset<Row> records) {
        return parsed(records)
                .withColumn(
                        "reason",
                        when(col("value").isNull(), "no value")
                                .when(col("_corrupt_record").isNotNull(), "not a reading in JSON")
                                .when(col("sensor").isNull(), "no sensor")
                                .when(col("celsius").isNull(), "no celsius")
                                .when(not(col("celsius").between(-60, 60)), "not a temperature"));
    }

    @Override
    protected void run(SparkSession spark, LocalKafka kafka) throws Exception {
        kafka.createTopic("readings", 1);
        kafka.createTopic("dead-letters", 1);
        KafkaText.send(kafka, "readings", READINGS);

        Dataset<Row> readings = KafkaRows.stream(spark, kafka, "readings", Map.of());
        System.out.println("parsed, not checked");
        forEachBatch(readings, (batch, id) -> print(parsed(batch).selectExpr(READING_TEXT)));

        System.out.println("parsed and checked");
        AtomicLong good = new AtomicLong();
        forEachBatch(readings, (batch, id) -> {
            Dataset<Row> checked = checked(batch).persist(); // two queries use it
            good.addAndGet(print(checked.where("reason IS NULL").selectExpr(READING_TEXT)));
            writeDeadLetters(checked.where("reason IS NOT NULL"), kafka);
            checked.unpersist();
        });

        System.out.println("dead letters");
        Dataset<Row> deadLetters = KafkaRows.stream(spark, kafka, "dead-letters", Map.of("includeHeaders", "true"));
        AtomicLong dead = new AtomicLong();
        forEachBatch(deadLetters, (batch, id) -> dead.addAndGet(print(batch.selectExpr(LETTER_TEXT))));
        System.out.printf("%d records = %d readings + %d dead letters%n", READINGS.size(), good.get(), dead.get());
    }

    /** Writes the records unchanged. Their headers state the origin and the reason. */
    private static void writeDeadLetters(Dataset<Row> records, LocalKafka kafka) {
        records.withColumn("origin", concat(col("topic"), lit("-"), col("partition"), lit("@"), col("offset")))
                .select(
                        col("key"),
                        col("value"),
                        array(header("origin"), header("reason")).as("headers"))
                .write()
                .format("kafka")
                .option("kafka.bootstrap.servers", kafka.bootstrapServers())
                .option("topic", "dead-letters")
                .save();
    }

    private static Column header(String column) {
        return struct(lit(column).as("key"), col(column).cast("binary").as("value"));
    }

    private static void forEachBatch(Dataset<Row> stream, VoidFunction2<Dataset<Row>, Long> sink) throws Exception {
        stream.writeStream()
                .trigger(Trigger.AvailableNow())
                .foreachBatch(sink)
                .start()
                .awaitTermination();
    }

    /** Prints the rows of a table with one column, and returns their number. */
    private static int print(Dataset<Row> texts) {
        List<Row> rows = texts.collectAsList();
        rows.forEach(row -> System.out.println("    " + row.getString(0)));
        return rows.size();
    }

    public static void main(String[] args) {
        Program.run(new BrokenRecords(), args);
    }
}
