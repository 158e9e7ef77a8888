// Flink manages Scala 2.12; Spark needs this one.
//DEPS org.scala-lang:scala-reflect:2.13.18
package lesson12;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.window;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import workbook.kit.LocalKafka;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.spark.CollectedQuery;
import workbook.kit.spark.KafkaRows;

/** The query of lesson 05, in append mode, on a broker. Each payment is a batch. */
final class CountsOnSpark implements HourlyCounts {

    private final SparkSession spark;
    private final LocalKafka kafka;
    private int runs;

    CountsOnSpark(SparkSession spark, LocalKafka kafka) {
        this.spark = spark;
        this.kafka = kafka;
    }

    @Override
    public List<Hour> emitted(List<List<ReceivedPayment>> partitions) throws Exception {
        String topic = "spark-payments-" + ++runs;
        HourlyCounts.createTopic(kafka, topic, partitions);
        Dataset<Row> counts = KafkaRows.stream(spark, kafka, topic, Map.of("maxOffsetsPerTrigger", "1"))
                .select(from_json(col("value").cast("string"), StructType.fromDDL("time TIMESTAMP"))
                        .as("payment"))
                .withColumn("time", col("payment.time"))
                .withWatermark("time", BOUND.toMinutes() + " minutes")
                .groupBy(window(col("time"), "1 hour"))
                .count()
                .select("window.start", "count");
        return CollectedQuery.rows(counts, "append").stream()
                .map(hour -> new Hour(hour.getInstant(0), hour.getLong(1)))
                .toList();
    }
}
