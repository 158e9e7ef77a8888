///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson02;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamReader;
import org.apache.spark.sql.streaming.SourceProgress;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.Trigger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.LocalKafka;
import workbook.kit.Program;
import workbook.kit.spark.LocalSpark;

/** Fifty records are waiting when the query starts: how many does a batch take? */
@Command(
        name = "BackpressureByHand",
        mixinStandardHelpOptions = true,
        description = "A backlog, in one gulp or in sips.")
public class BackpressureByHand implements Callable<Integer> {

    @Option(names = "--limit", defaultValue = "20", description = "records a batch (default: ${DEFAULT-VALUE})")
    long limit;

    public static void main(String[] args) {
        Program.run(new BackpressureByHand(), args);
    }

    @Override
    public Integer call() throws Exception {
        CompletableFuture<LocalKafka> starting = LocalKafka.startInBackground();
        try (SparkSession spark = LocalSpark.start("BackpressureByHand");
                LocalKafka kafka = starting.join()) {
            kafka.createTopic("payments", 2);
            produce(kafka, 0, 40);
            produce(kafka, 1, 10);
            System.out.println("waiting: 40 records in partition 0, 10 in partition 1");

            Trigger asap = Trigger.ProcessingTime(0); // the default: the next batch as soon as the last is done
            tell("no limit", run(spark, kafka, OptionalLong.empty(), asap));
            tell("at most " + limit, run(spark, kafka, OptionalLong.of(limit), asap));
            tell(
                    "at most " + limit + ", AvailableNow",
                    run(spark, kafka, OptionalLong.of(limit), Trigger.AvailableNow()));
            return 0;
        }
    }

    /** Reads the topic from its beginning, until nothing is left. What is read goes nowhere: that is the noop sink. */
    static StreamingQueryProgress[] run(SparkSession spark, LocalKafka kafka, OptionalLong limit, Trigger trigger)
            throws Exception {
        DataStreamReader reader = spark.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", kafka.bootstrapServers())
                .option("subscribe", "payments")
                .option("startingOffsets", "earliest");
        limit.ifPresent(records -> reader.option("maxOffsetsPerTrigger", records));
        StreamingQuery query =
                reader.load().writeStream().format("noop").trigger(trigger).start();
        query.processAllAvailable();
        query.stop();
        return query.recentProgress();
    }

    private static void tell(String how, StreamingQueryProgress[] batches) {
        System.out.println(how);
        for (StreamingQueryProgress batch : batches) {
            SourceProgress source = batch.sources()[0];
            System.out.printf(
                    "    batch %d  %2d records, up to %s, then at most %s behind%n",
                    batch.batchId(),
                    batch.numInputRows(),
                    source.endOffset(),
                    source.metrics().get("maxOffsetsBehindLatest"));
        }
    }

    static void produce(LocalKafka kafka, int partition, int records) {
        try (Producer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            for (int i = 0; i < records; i++) {
                producer.send(new ProducerRecord<>("payments", partition, null, "payment " + i));
            }
        }
    }
}
