///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson06;

import static org.apache.spark.sql.functions.col;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.Command;
import workbook.kit.*;
import workbook.kit.spark.*;

/** A record that fails its query at every start: what the error shows, how to find the record, and the fix. */
@Command(description = "A poison pill, and how to find it.")
public class OneBadRecord extends SparkKafkaProgram {

    /** The input: amounts as text. One terminal writes a decimal comma. */
    static final List<String> AMOUNTS =
            List.of("12.50", "140.00", "99.99", "310.20", "8,75", "100.00", "20.00", "5.25");

    /** Amounts, parsed by Java, which throws an exception for a text that is not a number. */
    public static Dataset<Row> parsed(Dataset<Row> records) {
        MapFunction<Row, Row> parse =
                record -> RowFactory.create(record.get(0), record.get(1), new BigDecimal(record.getString(1)));
        return records.selectExpr("offset", "string(value) AS text")
                .map(parse, Encoders.row(StructType.fromDDL("offset BIGINT, text STRING, amount DECIMAL(10,2)")));
    }

    /** The fix: a text that is not a number has the amount null. The text stays, so the sink can reject the row. */
    public static Dataset<Row> checked(Dataset<Row> records) {
        return records.selectExpr("offset", "string(value) AS text")
                .selectExpr("*", "TRY_CAST(text AS DECIMAL(10,2)) AS amount");
    }

    /** The records from one offset up to another, in a batch query. The offset log has offsets in the same format. */
    public static Dataset<Row> records(SparkSession spark, LocalKafka kafka, String from, String to) {
        return spark.read()
                .format("kafka")
                .option("kafka.bootstrap.servers", kafka.bootstrapServers())
                .option("subscribe", "amounts")
                .option("startingOffsets", from)
                .option("endingOffsets", to)
                .load();
    }

    @Override
    protected void run(SparkSession spark, LocalKafka kafka) throws Exception {
        kafka.createTopic("amounts", 1);
        KafkaText.send(kafka, "amounts", AMOUNTS);
        CheckpointFolder checkpoint = CheckpointFolder.create();
        Dataset<Row> stream = KafkaRows.stream(spark, kafka, "amounts", Map.of("maxOffsetsPerTrigger", "3"));
        System.out.println("first run");
        run(parsed(stream), checkpoint);
        System.out.println("second run");
        run(parsed(stream), checkpoint);

        System.out.println("the checkpoint");
        System.out.println("    offsets " + checkpoint.offsets() + ", commits " + checkpoint.commits());
        String from = checkpoint.endOffset(0);
        String to = checkpoint.endOffset(1);
        System.out.println("    batch 1 starts at " + from + " and ends before " + to);
        System.out.println("the records of batch 1, in a batch query");
        for (Row row :
                checked(records(spark, kafka, from, to)).orderBy(col("offset")).collectAsList()) {
            System.out.printf("    offset %d  %-7s %s%n", row.get(0), row.get(1), row.get(2));
        }

        System.out.println("the fixed query, from the same checkpoint");
        run(checked(stream), checkpoint);
    }

    static void run(Dataset<Row> amounts, CheckpointFolder checkpoint) throws Exception {
        try {
            amounts.writeStream()
                    .option("checkpointLocation", checkpoint.toString())
                    .trigger(Trigger.AvailableNow())
                    .foreachBatch((batch, id) -> {
                        List<Row> rows = batch.collectAsList();
                        List<Object> good = rows.stream()
                                .filter(row -> !row.isNullAt(2))
                                .map(row -> row.get(2))
                                .toList();
                        List<Object> bad = rows.stream()
                                .filter(row -> row.isNullAt(2))
                                .map(row -> row.get(1))
                                .toList();
                        System.out.println("    batch " + id + ": amounts " + good + ", rejected " + bad);
                    })
                    .start()
                    .awaitTermination();
        } catch (StreamingQueryException e) {
            System.out.println("    " + e.getCondition());
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                System.out.println("    caused by " + cause.getClass().getSimpleName() + ": " + firstSentence(cause));
            }
        }
    }

    /** A message without the hosts, task numbers, stack traces and advice that follow. */
    private static String firstSentence(Throwable e) {
        return e.getMessage().split(": Task|\\. |\n")[0];
    }

    public static void main(String[] args) {
        Program.run(new OneBadRecord(), args);
    }
}
