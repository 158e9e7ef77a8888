///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson02;

import org.apache.spark.api.java.function.*;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.util.LongAccumulator;
import picocli.CommandLine.Command;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Writes each batch to three sinks with foreachBatch, and counts how often Spark computes the batch. */
@Command(description = "foreachBatch with several sinks, without and with persist.")
public class ManySinks extends SparkKafkaProgram {

    @Override
    protected void run(SparkSession spark, LocalKafka kafka) throws Exception {
        kafka.createTopic("payments", 1);
        String folder = Scratch.folder("sink-").resolve("payments").toString();

        System.out.println("three sinks");
        process(spark, (batch, id) -> write(batch, id, folder, kafka));

        System.out.println("three sinks, with persist");
        process(spark, (batch, id) -> {
            batch.persist();
            write(batch, id, folder, kafka);
            batch.unpersist();
        });
    }

    /** Writes a batch to the console, to a folder of Parquet files and to a topic: three actions. */
    static void write(Dataset<Row> batch, long id, String folder, LocalKafka kafka) {
        var ids = batch.select("id").as(Encoders.LONG()).collectAsList();
        System.out.printf("    batch %d: payments %s%n", id, ids);

        batch.write().mode("append").parquet(folder);

        batch.selectExpr("string(customer) AS key", "to_json(struct(*)) AS value")
                .write()
                .format("kafka")
                .option("kafka.bootstrap.servers", kafka.bootstrapServers())
                .option("topic", "payments")
                .save();
    }

    /** Runs a query of two batches with three payments each, and prints how often a payment was scored. */
    private static void process(SparkSession spark, VoidFunction2<Dataset<Row>, Long> sink) throws Exception {
        Inbox inbox = Inbox.create()
                .deliver("id customer amount", "1 1 10.00, 2 2 10.00, 3 3 10.00")
                .deliver("id customer amount", "4 1 10.00, 5 2 10.00, 6 3 10.00");
        LongAccumulator scored = spark.sparkContext().longAccumulator();
        score(inbox.stream(spark, Payment.SCHEMA), scored)
                .writeStream()
                .trigger(Trigger.AvailableNow())
                .foreachBatch(sink)
                .start()
                .awaitTermination();
        System.out.printf("    %d payments scored%n", scored.value());
    }

    /** Stands for a costly step, such as a model or a lookup. It only counts its calls. */
    private static Dataset<Row> score(Dataset<Row> payments, LongAccumulator calls) {
        MapFunction<Row, Row> model = payment -> {
            calls.add(1);
            return payment;
        };
        return payments.map(model, Encoders.row(payments.schema()));
    }

    public static void main(String[] args) {
        Program.run(new ManySinks(), args);
    }
}
