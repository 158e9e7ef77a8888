///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson02;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.Command;
import workbook.kit.LocalKafka;
import workbook.kit.Program;
import workbook.kit.spark.LocalSpark;

/** Readings of thermometers, some of them broken: read in good faith, and read with a dead-letter topic. */
@Command(name = "BrokenRecords", mixinStandardHelpOptions = true, description = "Malformed records, set aside.")
public class BrokenRecords implements Callable<Integer> {

    /** What arrives. Two are good. Null is a record without a value. */
    static final List<String> READINGS = Arrays.asList(
            "{\"sensor\":\"roof\",\"celsius\":21.5}",
            "{\"sensor\":\"cellar\",\"celsius\":\"warm\"}",
            "{\"sensor\":\"roof\",\"Celsius\":21.7}",
            "{\"sensor\":\"roof\",\"celsi",
            "<reading>21.9</reading>",
            null,
            "{\"sensor\":\"roof\",\"celsius\":2150.0}",
            "{\"sensor\":\"cellar\",\"celsius\":12.0}");

    /** A reading, and the column into which {@code from_json} puts the text of what it could not read. */
    static final StructType AND_CORRUPT = new StructType()
            .add("sensor", DataTypes.StringType)
            .add("celsius", DataTypes.DoubleType)
            .add("_corrupt_record", DataTypes.StringType);

    public static void main(String[] args) {
        Program.run(new BrokenRecords(), args);
    }

    @Override
    public Integer call() throws Exception {
        CompletableFuture<LocalKafka> starting = LocalKafka.startInBackground();
        try (SparkSession spark = LocalSpark.start("BrokenRecords");
                LocalKafka kafka = starting.join()) {
            kafka.createTopic("readings", 1);
            kafka.createTopic("dead-letters", 1);
            produce(kafka);

            System.out.println("parsed, and taken as it is");
            run(
                    stream(spark, kafka, "readings"),
                    (batch, id) -> print(parsed(batch).select("sensor", "celsius")));

            System.out.println("parsed and checked");
            AtomicLong good = new AtomicLong();
            run(stream(spark, kafka, "readings"), (batch, id) -> {
                Dataset<Row> checked = checked(batch).persist(); // read once, used three times
                Dataset<Row> readings = checked.where("reason IS NULL").select("sensor", "celsius");
                print(readings);
                good.addAndGet(readings.count());
                setAside(checked.where("reason IS NOT NULL"), kafka);
                checked.unpersist();
            });

            System.out.println("set aside");
            AtomicLong dead = new AtomicLong();
            run(stream(spark, kafka, "dead-letters"), (batch, id) -> dead.addAndGet(printLetters(batch)));
            System.out.printf(
                    "%d records came, %d readings + %d dead letters%n", READINGS.size(), good.get(), dead.get());
            return READINGS.size() == good.get() + dead.get() ? 0 : 1;
        }
    }

    /** Adds {@code sensor}, {@code celsius} and the text that did not fit. Whatever comes, there is no exception. */
    public static Dataset<Row> parsed(Dataset<Row> records) {
        return records.withColumn("reading", from_json(col("value").cast("string"), AND_CORRUPT))
                .select("*", "reading.*");
    }

    /** The same with a column that says what is wrong, or null. The record itself stays as it came. */
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

    /** Sends records to the dead letters, byte for byte; why, and where they come from, goes into headers. */
    static void setAside(Dataset<Row> records, LocalKafka kafka) {
        records.withColumn("origin", concat_ws("-", col("topic"), concat_ws("@", col("partition"), col("offset"))))
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

    static Dataset<Row> stream(SparkSession spark, LocalKafka kafka, String topic) {
        return spark.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", kafka.bootstrapServers())
                .option("subscribe", topic)
                .option("startingOffsets", "earliest")
                .option("includeHeaders", true)
                .load();
    }

    static void run(Dataset<Row> rows, VoidFunction2<Dataset<Row>, Long> sink) throws Exception {
        rows.writeStream()
                .trigger(Trigger.AvailableNow())
                .foreachBatch(sink)
                .start()
                .awaitTermination();
    }

    private static void print(Dataset<Row> readings) {
        readings.collectAsList().forEach(row -> System.out.printf("    %-8s %s%n", row.get(0), row.get(1)));
    }

    private static int printLetters(Dataset<Row> records) {
        List<Row> letters = records.selectExpr("string(headers[0].value)", "string(headers[1].value)", "string(value)")
                .collectAsList();
        letters.forEach(row -> System.out.printf("    %s  %-21s  %s%n", row.get(0), row.get(1), row.get(2)));
        return letters.size();
    }

    static void produce(LocalKafka kafka) {
        try (Producer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            READINGS.forEach(reading -> producer.send(new ProducerRecord<>("readings", reading)));
        }
    }
}
