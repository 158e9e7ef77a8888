///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson02;

import java.util.*;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** A query starts with a backlog of fifty records: how many does each batch read, with and without a limit? */
@Command(description = "A backlog, in one batch or in several.")
public class BackpressureByHand extends SparkKafkaProgram {

    @Option(names = "--limit", defaultValue = "20", description = "records per batch (default: ${DEFAULT-VALUE})")
    String limit;

    @Override
    protected void run(SparkSession spark, LocalKafka kafka) throws Exception {
        kafka.createTopic("payments", 2);
        KafkaText.send(kafka, "payments", 0, Collections.nCopies(40, "a payment"));
        KafkaText.send(kafka, "payments", 1, Collections.nCopies(10, "a payment"));
        System.out.println("backlog: 40 records in partition 0, 10 in partition 1");

        Trigger asap = Trigger.ProcessingTime(0); // the default: each batch starts when the last one is done
        Map<String, String> limited = Map.of("maxOffsetsPerTrigger", limit);
        print("no limit", read(spark, kafka, Map.of(), asap));
        print("limit " + limit, read(spark, kafka, limited, asap));
        print("limit " + limit + ", AvailableNow", read(spark, kafka, limited, Trigger.AvailableNow()));
    }

    /** Reads the topic until nothing is left. The noop sink discards the rows. */
    static StreamingQueryProgress[] read(
            SparkSession spark, LocalKafka kafka, Map<String, String> options, Trigger trigger) throws Exception {
        StreamingQuery query = KafkaRows.stream(spark, kafka, "payments", options)
                .writeStream()
                .format("noop")
                .trigger(trigger)
                .start();
        query.processAllAvailable();
        query.stop();
        return query.recentProgress();
    }

    private static void print(String title, StreamingQueryProgress[] batches) {
        System.out.println(title);
        for (StreamingQueryProgress batch : batches) {
            SourceProgress source = batch.sources()[0];
            System.out.printf(
                    "    batch %d  %2d records, up to %s, then a lag of at most %s%n",
                    batch.batchId(),
                    batch.numInputRows(),
                    source.endOffset(),
                    source.metrics().get("maxOffsetsBehindLatest"));
        }
    }

    public static void main(String[] args) {
        Program.run(new BackpressureByHand(), args);
    }
}
