package lesson00;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamReader;

/** What the cases on a broker with one topic, {@code payments}, have in common. */
abstract class KafkaCases {

    private final String brokers;

    KafkaCases(String brokers) {
        this.brokers = brokers;
    }

    final String brokers() {
        return brokers;
    }

    final DataFrameReader table() {
        return SparkSession.active()
                .read()
                .format("kafka")
                .option("kafka.bootstrap.servers", brokers)
                .option("subscribe", "payments");
    }

    final DataStreamReader source() {
        return SparkSession.active()
                .readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", brokers)
                .option("fetchOffset.numRetries", 1)
                .option("fetchOffset.retryIntervalMs", 10);
    }

    final KafkaProducer<String, String> producer(Map<String, Object> settings) {
        return new KafkaProducer<>(withBrokers(settings), new StringSerializer(), new StringSerializer());
    }

    final KafkaConsumer<String, String> consumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(withBrokers(settings), new StringDeserializer(), new StringDeserializer());
    }

    private Map<String, Object> withBrokers(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", brokers);
        return all;
    }
}
