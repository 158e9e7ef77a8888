package lesson02;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get_json_object;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Right answers in other words, and one that has learnt the payments of the checkpoint by heart. */
class ReplayYesterdayAlternatives {

    /** Each partition's places asked of Kafka by hand. */
    public static class ByOffsets extends ReplayYesterday {
        @Override
        public Dataset<Row> records(SparkSession spark, String servers, String topic, LocalDate day) {
            Instant begin = day.atStartOfDay(ZoneOffset.UTC).toInstant();
            try (var consumer = new KafkaConsumer<>(
                    Map.<String, Object>of("bootstrap.servers", servers),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer())) {
                return spark.read()
                        .format("kafka")
                        .option("kafka.bootstrap.servers", servers)
                        .option("subscribe", topic)
                        .option("startingOffsets", places(consumer, topic, begin))
                        .option("endingOffsets", places(consumer, topic, begin.plusSeconds(25 * 3_600)))
                        .load()
                        .where("floor(unix_millis(timestamp) / 86400000) = " + day.toEpochDay());
            }
        }

        private static String places(KafkaConsumer<byte[], byte[]> consumer, String topic, Instant time) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            Map<TopicPartition, Long> places = new HashMap<>(consumer.endOffsets(partitions));
            Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(
                    partitions.stream().collect(Collectors.toMap(place -> place, place -> time.toEpochMilli())));
            found.forEach((partition, place) -> {
                if (place != null) {
                    places.put(partition, place.offset());
                }
            });
            return places.entrySet().stream()
                    .map(place -> "\"" + place.getKey().partition() + "\":" + place.getValue())
                    .collect(Collectors.joining(",", "{\"" + topic + "\":{", "}}"));
        }
    }

    /** With more slack than is needed, and a pattern for a name. */
    public static class WithSlackOnBothSides extends ReplayYesterday {
        @Override
        public Dataset<Row> records(SparkSession spark, String servers, String topic, LocalDate day) {
            long begin = day.toEpochDay() * 86_400_000;
            return spark.read()
                    .format("kafka")
                    .option("kafka.bootstrap.servers", servers)
                    .option("subscribePattern", topic)
                    .option("startingTimestamp", begin - 3_600_000)
                    .option("startingOffsetsByTimestampStrategy", "latest")
                    .option("endingTimestamp", begin + 27 * 3_600_000L)
                    .load()
                    .where("timestamp >= timestamp_millis(" + begin + ")")
                    .where("timestamp < timestamp_millis(" + begin + " + 86400000)");
        }
    }

    public static class Learnt extends ReplayYesterday {
        @Override
        public Dataset<Row> records(SparkSession spark, String servers, String topic, LocalDate day) {
            return super.records(spark, servers, topic, day)
                    .where(get_json_object(col("value").cast("string"), "$.id")
                            .cast("int")
                            .leq(99));
        }
    }
}
