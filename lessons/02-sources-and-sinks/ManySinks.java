///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson02;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.util.LongAccumulator;
import picocli.CommandLine.Command;
import workbook.kit.LocalKafka;
import workbook.kit.Payment;
import workbook.kit.Program;
import workbook.kit.Scratch;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** One query, three sinks: how often its input is worked out, and what a batch leaves behind that runs twice. */
@Command(name = "ManySinks", mixinStandardHelpOptions = true, description = "foreachBatch: several sinks, and retries.")
public class ManySinks implements Callable<Integer> {

    public static void main(String[] args) {
        Program.run(new ManySinks(), args);
    }

    @Override
    public Integer call() throws Exception {
        CompletableFuture<LocalKafka> starting = LocalKafka.startInBackground();
        try (SparkSession spark = LocalSpark.start("ManySinks");
                LocalKafka kafka = starting.join()) {
            System.out.println("three sinks");
            Sinks plain = Sinks.open(spark, kafka, "plain");
            tell(run(spark, plain::write), plain);

            System.out.println("three sinks, with persist");
            Sinks persisted = Sinks.open(spark, kafka, "persisted");
            tell(
                    run(spark, (batch, id) -> {
                        batch.persist();
                        persisted.write(batch, id);
                        batch.unpersist();
                    }),
                    persisted);

            System.out.println("batch 1 fails after it has written, and is run again");
            Sinks again = Sinks.open(spark, kafka, "again");
            tell(run(spark, failingOnce(again::write)), again);

            System.out.println("the same, and each batch has a folder of its own");
            Sinks byId = Sinks.open(spark, kafka, "by-id");
            tell(run(spark, failingOnce(byId::writeById)), byId);
            return 0;
        }
    }

    /** Where payments go: onto the screen, into a folder of Parquet files, and into a topic. */
    record Sinks(SparkSession spark, LocalKafka kafka, String folder, String topic) {

        static Sinks open(SparkSession spark, LocalKafka kafka, String topic) {
            kafka.createTopic(topic, 1);
            return new Sinks(
                    spark, kafka, Scratch.folder("sink-").resolve("payments").toString(), topic);
        }

        void write(Dataset<Row> batch, long id) {
            print(batch, id);
            batch.write().mode("append").parquet(folder);
            send(batch);
        }

        /** A batch that comes again replaces what it left the first time. A topic cannot do that. */
        void writeById(Dataset<Row> batch, long id) {
            print(batch, id);
            batch.write().mode("overwrite").parquet(folder + "/batch=" + id);
            send(batch);
        }

        private void print(Dataset<Row> batch, long id) {
            System.out.printf(
                    "    batch %d: payments %s%n",
                    id, batch.select("id").as(Encoders.LONG()).collectAsList());
        }

        private void send(Dataset<Row> batch) {
            batch.selectExpr("string(customer) AS key", "to_json(struct(*)) AS value")
                    .write()
                    .format("kafka")
                    .option("kafka.bootstrap.servers", kafka.bootstrapServers())
                    .option("topic", topic)
                    .save();
        }

        long rows() {
            return spark.read().parquet(folder).count();
        }

        long records() {
            return spark.read()
                    .format("kafka")
                    .option("kafka.bootstrap.servers", kafka.bootstrapServers())
                    .option("subscribe", topic)
                    .load()
                    .count();
        }
    }

    /** Six payments in two batches, into the sink. Returns how often a payment was scored. */
    static long run(SparkSession spark, VoidFunction2<Dataset<Row>, Long> sink) throws Exception {
        Inbox inbox = Inbox.create().deliver(payments(1, 2, 3)).deliver(payments(4, 5, 6));
        Dataset<Row> payments = spark.readStream()
                .schema(Payment.SCHEMA)
                .option("maxFilesPerTrigger", 1)
                .json(inbox.path());
        LongAccumulator scored = spark.sparkContext().longAccumulator();
        DataStreamWriter<Row> query = scored(payments, scored)
                .writeStream()
                .option("checkpointLocation", Scratch.folder("checkpoint-").toString())
                .trigger(Trigger.AvailableNow())
                .foreachBatch(sink);
        try {
            query.start().awaitTermination();
        } catch (StreamingQueryException e) {
            query.start().awaitTermination();
        }
        return scored.value();
    }

    /** Stands for a costly step: a model, a lookup. It only counts how often it is done. */
    static Dataset<Row> scored(Dataset<Row> payments, LongAccumulator times) {
        return payments.map(
                (MapFunction<Row, Row>) payment -> {
                    times.add(1);
                    return payment;
                },
                Encoders.row(payments.schema()));
    }

    /** The lights go out when batch 1 is written, before Spark notes in the checkpoint that it is done. */
    static VoidFunction2<Dataset<Row>, Long> failingOnce(VoidFunction2<Dataset<Row>, Long> sink) {
        AtomicBoolean failed = new AtomicBoolean();
        return (batch, id) -> {
            sink.call(batch, id);
            if (id == 1 && failed.compareAndSet(false, true)) {
                throw new IllegalStateException("The lights went out");
            }
        };
    }

    private static List<String> payments(int... ids) {
        return IntStream.of(ids)
                .mapToObj(id -> "{\"id\":" + id + ",\"customer\":" + id % 3 + ",\"amount\":10.00}")
                .toList();
    }

    private static void tell(long scored, Sinks sinks) {
        System.out.printf(
                "    %d payments scored, %d rows in the folder, %d records in the topic%n",
                scored, sinks.rows(), sinks.records());
    }
}
