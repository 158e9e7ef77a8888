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

/** Correct answers in other forms, and one that works only for the fixed payments of the checkpoint. */
class ReplayYesterdayAlternatives {

    /** Reads the offsets of each partition with a consumer. */
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
                        .option("startingOffsets", offsets(consumer, topic, begin))
                        .option("endingOffsets", offsets(consumer, topic, begin.plusSeconds(25 * 3_600)))
                        .load()
                        .where("floor(unix_millis(timestamp) / 86400000) = " + day.toEpochDay());
            }
        }

        private static String offsets(KafkaConsumer<byte[], byte[]> consumer, String topic, Instant time) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            Map<TopicPartition, Long> offsets = new HashMap<>(consumer.endOffsets(partitions));
            Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(partitions.stream()
                    .collect(Collectors.toMap(partition -> partition, partition -> time.toEpochMilli())));
            found.forEach((partition, offset) -> {
                if (offset != null) {
                    offsets.put(partition, offset.offset());
                }
            });
            return offsets.entrySet().stream()
                    .map(offset -> "\"" + offset.getKey().partition() + "\":" + offset.getValue())
                    .collect(Collectors.joining(",", "{\"" + topic + "\":{", "}}"));
        }
    }

    /** Reads more than needed on both sides, and subscribes by pattern. */
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
                    .option("endingTimestamp", begin + 91_000_000L)
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
                            .cast("bigint")
                            .leq(99)
                            .or(col("value").isNull()));
        }
    }
}
