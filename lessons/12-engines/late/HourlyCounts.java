package lesson12;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import workbook.kit.ClockTime;
import workbook.kit.KafkaText;
import workbook.kit.LocalKafka;
import workbook.kit.engines.ReceivedPayment;

/** The job on one engine: it counts the payments of each hour, and emits each hour once. */
interface HourlyCounts {

    /** How long an hour waits for late payments. */
    Duration BOUND = Duration.ofMinutes(30);

    /** @param begin as the engine says, UTC */
    record Hour(Instant begin, long payments) {
        /** {@code 09:00 1}. */
        @Override
        public String toString() {
            return ClockTime.of(begin) + " " + payments;
        }
    }

    /**
     * What the engine has emitted after these payments, while it waits for more: the stream has no end.
     *
     * @param partitions the payments of each partition, in the order of arrival
     */
    List<Hour> emitted(List<List<ReceivedPayment>> partitions) throws Exception;

    /** Whether {@link #emitted} accepts more than one partition. */
    default boolean hasPartitions() {
        return true;
    }

    /** Creates a topic with these payments in its partitions. */
    static void createTopic(LocalKafka kafka, String topic, List<List<ReceivedPayment>> partitions) {
        kafka.createTopic(topic, partitions.size());
        for (int i = 0; i < partitions.size(); i++) {
            KafkaText.send(
                    kafka,
                    topic,
                    i,
                    partitions.get(i).stream().map(ReceivedPayment::toJson).toList());
        }
    }

    static ReceivedPayment payment(Long id, Instant time) {
        return new ReceivedPayment(id, time, null, null, BigDecimal.ONE);
    }
}
