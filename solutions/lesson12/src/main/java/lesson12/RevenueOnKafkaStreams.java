package lesson12;

import static workbook.kit.kafkastreams.PaymentSerdes.decimals;
import static workbook.kit.kafkastreams.PaymentSerdes.payments;
import static workbook.kit.kafkastreams.PaymentSerdes.revenues;

import java.math.BigDecimal;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Suppressed;
import org.apache.kafka.streams.kstream.Suppressed.BufferConfig;
import org.apache.kafka.streams.kstream.TimeWindows;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.engines.Revenue;

/**
 * The grace period is how long a window stays open after its end, in <i>stream time</i>: the newest timestamp that the
 * task has read. An aggregation emits an update for each payment; {@code suppress} holds the updates back, and emits the
 * last one when the window is closed. The extractor makes the payment's time the record's timestamp.
 *
 * <p>An aggregation skips records whose key is null, so the group is the text of the terminal: {@code "null"} is a group,
 * too.
 */
public class RevenueOnKafkaStreams {

    public void revenue(StreamsBuilder builder, String payments, String revenue) {
        builder.stream(
                        payments,
                        Consumed.with(Serdes.String(), payments())
                                .withTimestampExtractor(RevenueOnKafkaStreams::timeOfPayment))
                .groupBy(
                        (customer, payment) -> String.valueOf(payment.terminal()),
                        Grouped.with(Serdes.String(), payments()))
                .windowedBy(TimeWindows.ofSizeAndGrace(Duration.ofHours(1), Duration.ofMinutes(30)))
                .aggregate(
                        () -> BigDecimal.ZERO,
                        (terminal, payment, sum) -> sum.add(payment.amount()),
                        Materialized.with(Serdes.String(), decimals()))
                .suppress(Suppressed.untilWindowCloses(BufferConfig.unbounded()))
                .toStream()
                .map((group, sum) ->
                        KeyValue.pair(group.key(), new Revenue(group.window().startTime(), terminal(group.key()), sum)))
                .to(revenue, Produced.with(Serdes.String(), revenues()));
    }

    /** The event time in milliseconds. */
    static long timeOfPayment(ConsumerRecord<Object, Object> record, long streamTime) {
        return ((ReceivedPayment) record.value()).time().toEpochMilli();
    }

    static Integer terminal(String group) {
        return group.equals("null") ? null : Integer.valueOf(group);
    }
}
