///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson02;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.*;
import picocli.CommandLine.Command;
import workbook.kit.*;
import workbook.kit.spark.*;

/** A batch fails after its writes and is retried: the rows that it leaves in a folder and in a topic. */
@Command(description = "foreachBatch, and a batch that is written twice.")
public class RetriedBatch extends SparkKafkaProgram {

    /** Writes a batch to a folder of Parquet files. */
    interface Table {
        void write(Dataset<Row> batch, long id, String folder);
    }

    /** Adds the rows again when the batch is retried. */
    static void append(Dataset<Row> batch, long id, String folder) {
        batch.write().mode("append").parquet(folder);
    }

    /** Replaces the rows of the first attempt when the batch is retried. */
    static void replace(Dataset<Row> batch, long id, String folder) {
        batch.write().mode("overwrite").parquet(folder + "/batch=" + id);
    }

    @Override
    protected void run(SparkSession spark, LocalKafka kafka) throws Exception {
        System.out.println("all batches in one folder");
        process(spark, kafka, "appended", RetriedBatch::append);
        System.out.println("a folder for each batch");
        process(spark, kafka, "replaced", RetriedBatch::replace);
    }

    /** Runs a query of two batches, and restarts it when batch 1 has failed. */
    private static void process(SparkSession spark, LocalKafka kafka, String topic, Table table) throws Exception {
        kafka.createTopic(topic, 1);
        String folder = Scratch.folder("sink-").resolve("payments").toString();
        AtomicBoolean failed = new AtomicBoolean();
        DataStreamWriter<Row> query = Inbox.create()
                .deliver("id customer amount", "1 1 10.00, 2 2 10.00, 3 3 10.00")
                .deliver("id customer amount", "4 1 10.00, 5 2 10.00, 6 3 10.00")
                .stream(spark, Payment.SCHEMA)
                .writeStream()
                .option("checkpointLocation", Scratch.folder("checkpoint-").toString())
                .trigger(Trigger.AvailableNow())
                .foreachBatch((batch, id) -> {
                    var ids = batch.select("id").as(Encoders.LONG()).collectAsList();
                    System.out.printf("    batch %d: payments %s%n", id, ids);
                    table.write(batch, id, folder);
                    batch.selectExpr("to_json(struct(*)) AS value") // a topic cannot replace records
                            .write()
                            .format("kafka")
                            .option("kafka.bootstrap.servers", kafka.bootstrapServers())
                            .option("topic", topic)
                            .save();
                    if (id == 1 && failed.compareAndSet(false, true)) { // before Spark commits it to the checkpoint
                        throw new IllegalStateException("The query stops here");
                    }
                });
        try {
            query.start().awaitTermination();
        } catch (StreamingQueryException e) {
            query.start().awaitTermination();
        }
        long rows = spark.read().parquet(folder).count();
        long records = KafkaRows.table(spark, kafka, topic).count();
        System.out.printf("    %d rows in the folder, %d records in the topic%n", rows, records);
    }

    public static void main(String[] args) {
        Program.run(new RetriedBatch(), args);
    }
}
