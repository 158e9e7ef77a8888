///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/src/main/java/workbook/kit/*.java
package lesson02;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.util.LongAccumulator;
import picocli.CommandLine.Command;
import workbook.kit.Inbox;
import workbook.kit.LocalKafka;
import workbook.kit.LocalSpark;
import workbook.kit.Payment;
import workbook.kit.Program;
import workbook.kit.Scratch;

/** One query, three sinks: what it costs without persist, and what a batch leaves behind that is run twice. */
@Command(name = "ManySinks", mixinStandardHelpOptions = true, description = "foreachBatch: several sinks, and retries.")
public class ManySinks implements Callable<Integer> {

    private SparkSession spark;
    private LocalKafka kafka;

    public static void main(String[] args) {
        Program.run(new ManySinks(), args);
    }

    @Override
    public Integer call() throws Exception {
        CompletableFuture<LocalKafka> starting = LocalKafka.startInBackground();
        try (SparkSession session = LocalSpark.start("ManySinks"); LocalKafka broker = starting.join()) {
            spark = session;
            kafka = broker; kafka.createTopic("plain", 1); kafka.createTopic("persisted", 1);
            System.out.println("each batch is printed, goes to a folder, and goes to a topic");
            String plain = folder();
            long scored = run(arrived(), (batch, id) -> toAll(batch, id, plain, "plain"));
            System.out.printf("without persist: %d scores computed; %d rows in the folder, %d in the topic%n", scored, rows(plain), records("plain"));
            String persisted = folder();
            scored = run(arrived(), (batch, id) -> {
                batch.persist();
                toAll(batch, id, persisted, "persisted");
                batch.unpersist();
            });
            System.out.printf("with persist:    %d scores computed; %d rows in the folder, %d in the topic%n", scored, rows(persisted), records("persisted"));
            return 0;
        }
    }

    /** Six payments in two files. */
    static Inbox arrived() {
        return Inbox.create()
                .deliver(List.of("{\"id\":1,\"customer\":7,\"amount\":12.50}", "{\"id\":2,\"customer\":3,\"amount\":140.00}", "{\"id\":3,\"customer\":7,\"amount\":99.99}"))
                .deliver(List.of("{\"id\":4,\"customer\":5,\"amount\":310.20}", "{\"id\":5,\"customer\":3,\"amount\":100.00}", "{\"id\":6,\"customer\":5,\"amount\":8.75}"));
    }
    long run(Inbox inbox, VoidFunction2<Dataset<Row>, Long> sink) throws Exception {
        LongAccumulator scores = spark.sparkContext().longAccumulator();
        Dataset<Row> payments = spark.readStream().schema(Payment.SCHEMA).option("maxFilesPerTrigger", 1).json(inbox.path());
        Dataset<Row> scored = payments.map((MapFunction<Row, Row>) row -> { scores.add(1); return row; }, Encoders.row(payments.schema()));
        scored.writeStream().trigger(Trigger.AvailableNow()).foreachBatch(sink).start().awaitTermination();
        return scores.value();
    }
    void toAll(Dataset<Row> batch, long id, String folder, String topic) {
        System.out.println("    batch " + id + ": " + batch.collectAsList().size() + " payments");
        batch.write().mode("append").parquet(folder);
        batch.selectExpr("string(customer) AS key", "to_json(struct(*)) AS value").write().format("kafka").option("kafka.bootstrap.servers", kafka.bootstrapServers()).option("topic", topic).save();
    }
    String folder() { return Scratch.folder("table-").resolve("p").toString(); }
    long rows(String f) { return spark.read().parquet(f).count(); }
    long records(String t) { return spark.read().format("kafka").option("kafka.bootstrap.servers", kafka.bootstrapServers()).option("subscribe", t).load().count(); }
}
