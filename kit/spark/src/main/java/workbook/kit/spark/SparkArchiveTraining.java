package workbook.kit.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.window;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StatefulProcessor;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.streaming.ValueState;
import org.apache.spark.sql.types.StructType;
import scala.collection.Iterator;
import workbook.kit.LocalKafka;
import workbook.kit.Scratch;

/** Archive training for programs on Spark: tables, a file stream, stateful operators, Kafka as source and sink. */
public final class SparkArchiveTraining {

    private static final StructType PAYMENT =
            StructType.fromDDL("id BIGINT, time TIMESTAMP, customer INT, amount DECIMAL(10,2)");

    private SparkArchiveTraining() {}

    /** Runs the training. */
    public static void main(String[] args) throws Exception {
        CompletableFuture<LocalKafka> starting = LocalKafka.startInBackground();
        try (SparkSession spark = LocalSpark.start("archive-training");
                LocalKafka kafka = starting.join()) {
            tables(spark);
            Dataset<Row> payments = files(spark);
            query(payments.where(col("amount").geq(10)).select("time", "customer", "amount"), "append");
            query(payments.groupBy("customer").agg(sum("amount").as("total")), "complete");
            query(hourly(payments), "update");
            state(payments);
            kafka(spark, kafka);
        }
    }

    private static void tables(SparkSession spark) {
        Dataset<Row> table = spark.createDataFrame(
                List.of(RowFactory.create(7, "anna"), RowFactory.create(3, "ben")),
                StructType.fromDDL("customer INT, name STRING"));
        table.createOrReplaceTempView("names");
        Dataset<Row> counted = spark.sql("SELECT name, count(*) AS n FROM names GROUP BY name ORDER BY name");
        String folder = Scratch.folder("table-").resolve("names").toString();
        counted.write().parquet(folder);
        spark.read().parquet(folder).repartition(2).show();
        counted.explain();
    }

    /** Two files, one per batch. */
    private static Dataset<Row> files(SparkSession spark) {
        Inbox inbox = Inbox.create()
                .deliver(List.of(payment(1, "08:00", 7), payment(2, "08:30", 3)))
                .deliver(List.of(payment(3, "09:30", 7), payment(4, "08:10", 7)));
        return spark.readStream()
                .schema(PAYMENT)
                .option("maxFilesPerTrigger", 1)
                .json(inbox.path())
                .withWatermark("time", "10 minutes");
    }

    private static String payment(int id, String time, int customer) {
        return "{\"id\":" + id + ",\"time\":\"2018-04-01T" + time + ":00Z\",\"customer\":" + customer
                + ",\"amount\":12.50}";
    }

    private static Dataset<Row> hourly(Dataset<Row> payments) {
        return payments.groupBy(window(col("time"), "1 hour"), col("customer"))
                .agg(count(lit(1)).as("n"));
    }

    /** A restart from a checkpoint, and the other stateful operators. */
    private static void state(Dataset<Row> payments) throws Exception {
        Path checkpoint = Scratch.folder("checkpoint-");
        for (int start = 1; start <= 2; start++) {
            run(hourly(payments).writeStream().format("console").outputMode("append"), checkpoint);
        }
        query(payments.dropDuplicatesWithinWatermark("id"), "append");
        Dataset<Row> names = payments.sparkSession().table("names");
        query(payments.join(names, "customer"), "append");
        Dataset<Row> others = payments.selectExpr("id AS other", "time AS then");
        query(payments.join(others, expr("id = other AND then BETWEEN time AND time + INTERVAL 1 hour")), "append");
        query(
                payments.groupByKey((MapFunction<Row, Integer>) row -> row.getAs("customer"), Encoders.INT())
                        .transformWithState(new PaymentCount(), TimeMode.None(), OutputMode.Update(), Encoders.LONG())
                        .toDF(),
                "update");
    }

    private static void kafka(SparkSession spark, LocalKafka kafka) throws Exception {
        for (String topic : List.of("from", "to")) {
            kafka.createTopic(topic, 2);
        }
        Map<String, String> broker = Map.of("kafka.bootstrap.servers", kafka.bootstrapServers());
        spark.sql("SELECT string(customer) AS key, to_json(struct(customer, 12.5 AS amount)) AS value FROM names")
                .write()
                .format("kafka")
                .options(broker)
                .option("topic", "from")
                .save();
        Dataset<Row> records = spark.readStream()
                .format("kafka")
                .options(broker)
                .option("subscribe", "from")
                .option("startingOffsets", "earliest")
                .load();
        Dataset<Row> parsed = records.select(
                        from_json(col("value").cast("string"), PAYMENT).as("payment"))
                .select(to_json(col("payment")).as("value"));
        run(parsed.writeStream().format("kafka").options(broker).option("topic", "to"), Scratch.folder("checkpoint-"));
        spark.read()
                .format("kafka")
                .options(broker)
                .option("subscribe", "to")
                .load()
                .collectAsList();
    }

    private static void query(Dataset<Row> stream, String mode) throws Exception {
        run(
                stream.writeStream().outputMode(mode).foreachBatch((batch, id) -> {
                    batch.collectAsList().forEach(System.out::println);
                }),
                Scratch.folder("checkpoint-"));
    }

    /** Processes all available input. */
    private static void run(DataStreamWriter<Row> writer, Path checkpoint) throws Exception {
        StreamingQuery query = writer.trigger(Trigger.AvailableNow())
                .option("checkpointLocation", checkpoint.toString())
                .start();
        query.awaitTermination();
        System.out.println(query.lastProgress());
    }

    /** Counts the payments of each customer. */
    private static final class PaymentCount extends StatefulProcessor<Integer, Row, Long> {

        private transient ValueState<Long> count;

        @Override
        public void init(OutputMode mode, TimeMode time) {
            count = getHandle().getValueState("count", Encoders.LONG(), TTLConfig.NONE());
        }

        @Override
        public Iterator<Long> handleInputRows(Integer customer, Iterator<Row> rows, TimerValues now) {
            count.update((count.exists() ? count.get() : 0) + rows.size());
            return Iterator.single(count.get());
        }
    }
}
