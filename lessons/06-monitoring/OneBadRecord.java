///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson06;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.Command;
import workbook.kit.LocalKafka;
import workbook.kit.Program;
import workbook.kit.Scratch;
import workbook.kit.spark.LocalSpark;

/** A record that kills its query, again and again: what the error says, how to find the record, and the mend. */
@Command(name = "OneBadRecord", mixinStandardHelpOptions = true, description = "A poison pill, and how to find it.")
public class OneBadRecord implements Callable<Integer> {

    /** What arrives: amounts, as text. A cash workspace abroad writes them its own way. */
    static final List<String> AMOUNTS =
            List.of("12.50", "140.00", "99.99", "310.20", "8,75", "100.00", "20.00", "5.25");

    public static void main(String[] args) {
        Program.run(new OneBadRecord(), args);
    }

    @Override
    public Integer call() throws Exception {
        CompletableFuture<LocalKafka> starting = LocalKafka.startInBackground();
        try (SparkSession spark = LocalSpark.start("OneBadRecord");
                LocalKafka kafka = starting.join()) {
            kafka.createTopic("amounts", 1);
            produce(kafka);
            Path checkpoint = Scratch.folder("checkpoint-");
            for (String time : List.of("the first start", "the second start")) {
                System.out.println(time);
                run(inJava(stream(spark, kafka)), checkpoint);
            }

            System.out.println("what the checkpoint knows");
            System.out.println(
                    "    offsets " + batches(checkpoint, "offsets") + ", commits " + batches(checkpoint, "commits"));
            String from = offsets(checkpoint, 0);
            String to = offsets(checkpoint, 1);
            System.out.println("    batch 1 reads from " + from + " to before " + to);
            System.out.println("those records, in a batch query");
            print(checked(records(spark, kafka, from, to)));

            System.out.println("what SQL says to " + AMOUNTS.get(4));
            ask(spark, true, "CAST('8,75' AS DECIMAL(10,2))");
            ask(spark, false, "CAST('8,75' AS DECIMAL(10,2))");
            ask(spark, true, "TRY_CAST('8,75' AS DECIMAL(10,2))");

            System.out.println("mended, from the same checkpoint");
            run(checked(stream(spark, kafka)), checkpoint);
            return 0;
        }
    }

    /** Amounts, read by Java, which throws at a text that is none; and an exception in a task ends the query. */
    public static Dataset<Row> inJava(Dataset<Row> records) {
        return records.selectExpr("offset", "string(value) AS text")
                .map(
                        (MapFunction<Row, Row>) record ->
                                RowFactory.create(record.get(0), record.get(1), new BigDecimal(record.getString(1))),
                        Encoders.row(StructType.fromDDL("offset BIGINT, text STRING, amount DECIMAL(10,2)")));
    }

    /** The mend: what cannot be read becomes null, and stays beside its text, so that it can be set aside. */
    public static Dataset<Row> checked(Dataset<Row> records) {
        return records.selectExpr("offset", "string(value) AS text")
                .selectExpr("*", "TRY_CAST(text AS DECIMAL(10,2)) AS amount");
    }

    /** Three records a batch. */
    static Dataset<Row> stream(SparkSession spark, LocalKafka kafka) {
        return spark.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", kafka.bootstrapServers())
                .option("subscribe", "amounts")
                .option("startingOffsets", "earliest")
                .option("maxOffsetsPerTrigger", 3)
                .load();
    }

    /** The records between two lines of an offset log: they are written as Kafka's source reads them. */
    public static Dataset<Row> records(SparkSession spark, LocalKafka kafka, String from, String to) {
        return spark.read()
                .format("kafka")
                .option("kafka.bootstrap.servers", kafka.bootstrapServers())
                .option("subscribe", "amounts")
                .option("startingOffsets", from)
                .option("endingOffsets", to)
                .load();
    }

    static void run(Dataset<Row> amounts, Path checkpoint) throws Exception {
        try {
            amounts.writeStream()
                    .option("checkpointLocation", checkpoint.toString())
                    .trigger(Trigger.AvailableNow())
                    .foreachBatch((batch, id) -> {
                        List<Row> rows = batch.collectAsList();
                        System.out.printf(
                                "    batch %d: amounts %s, set aside %s%n",
                                id,
                                rows.stream()
                                        .filter(row -> !row.isNullAt(2))
                                        .map(row -> row.get(2))
                                        .toList(),
                                rows.stream()
                                        .filter(row -> row.isNullAt(2))
                                        .map(row -> row.get(1))
                                        .toList());
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

    private static void ask(SparkSession spark, boolean ansi, String expression) {
        spark.conf().set("spark.sql.ansi.enabled", ansi);
        String answer;
        try {
            answer = String.valueOf(spark.sql("SELECT " + expression).head().get(0));
        } catch (RuntimeException e) {
            answer = firstSentence(e);
        }
        spark.conf().set("spark.sql.ansi.enabled", true); // Spark 4's default
        System.out.printf("    %-33s  ansi %-5b  %s%n", expression, ansi, answer);
    }

    /** Without what follows: hosts, task numbers, stack traces, advice. */
    private static String firstSentence(Throwable e) {
        return e.getMessage().split(": Task|\\. |\n")[0];
    }

    /** The offset log's last line: up to where the batch reads, in each partition. */
    public static String offsets(Path checkpoint, int batch) throws IOException {
        List<String> lines = Files.readAllLines(checkpoint.resolve("offsets/" + batch));
        return lines.get(lines.size() - 1);
    }

    static List<String> batches(Path checkpoint, String log) throws IOException {
        try (Stream<Path> files = Files.list(checkpoint.resolve(log))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    private static void print(Dataset<Row> rows) {
        rows.orderBy(col("offset"))
                .collectAsList()
                .forEach(row -> System.out.printf("    offset %d  %-7s %s%n", row.get(0), row.get(1), row.get(2)));
    }

    static void produce(LocalKafka kafka) {
        try (Producer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            AMOUNTS.forEach(amount -> producer.send(new ProducerRecord<>("amounts", amount)));
        }
    }
}
