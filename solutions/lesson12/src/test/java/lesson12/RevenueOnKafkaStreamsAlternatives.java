package lesson12;

import static workbook.kit.kafkastreams.PaymentSerdes.decimals;
import static workbook.kit.kafkastreams.PaymentSerdes.payments;
import static workbook.kit.kafkastreams.PaymentSerdes.revenues;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.kstream.Suppressed;
import org.apache.kafka.streams.kstream.Suppressed.BufferConfig;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.engines.Revenue;

/** Right answers written differently, and one that only solves the payments in the checkpoint. */
class RevenueOnKafkaStreamsAlternatives {

    /** The revenue itself is reduced: it has its hour and its terminal. */
    public static class ReducesRevenues extends RevenueOnKafkaStreams {
        @Override
        public void revenue(StreamsBuilder builder, String payments, String revenue) {
            builder.stream(
                            payments,
                            Consumed.with(Serdes.ByteArray(), payments())
                                    .withTimestampExtractor((record, time) -> timeOfPayment(record, time)))
                    .mapValues(payment -> new Revenue(
                            payment.time().truncatedTo(ChronoUnit.HOURS), payment.terminal(), payment.amount()))
                    .groupBy(
                            (key, one) -> one.terminal() == null ? Long.MIN_VALUE : one.terminal(),
                            Grouped.with(Serdes.Long(), revenues()))
                    .windowedBy(TimeWindows.ofSizeAndGrace(Duration.ofMinutes(60), Duration.ofSeconds(1800)))
                    .reduce(
                            (sum, one) -> new Revenue(
                                    sum.hour(), sum.terminal(), sum.revenue().add(one.revenue())),
                            Materialized.with(Serdes.Long(), revenues()))
                    .suppress(Suppressed.untilWindowCloses(BufferConfig.unbounded()))
                    .toStream((group, sum) -> new byte[0])
                    .to(revenue, Produced.with(Serdes.ByteArray(), revenues()));
        }
    }

    /** A processor sets the timestamp instead of an extractor, and the sums are in cents. */
    public static class SetsTheTimestampInAProcessor extends RevenueOnKafkaStreams {
        @Override
        public void revenue(StreamsBuilder builder, String payments, String revenue) {
            builder.stream(payments, Consumed.with(Serdes.String(), payments()))
                    .processValues(AtThePaymentsTime::new)
                    .selectKey((customer, payment) -> "terminal " + payment.terminal())
                    .repartition(Repartitioned.with(Serdes.String(), payments()))
                    .groupByKey(Grouped.with(Serdes.String(), payments()))
                    .windowedBy(TimeWindows.ofSizeAndGrace(Duration.ofHours(1), Duration.ofMinutes(30)))
                    .aggregate(
                            () -> 0L,
                            (terminal, payment, cents) ->
                                    cents + payment.amount().movePointRight(2).longValueExact(),
                            Materialized.with(Serdes.String(), Serdes.Long()))
                    .suppress(Suppressed.untilWindowCloses(BufferConfig.unbounded()))
                    .toStream()
                    .map((group, cents) -> KeyValue.pair(
                            group.key(),
                            new Revenue(
                                    Instant.ofEpochMilli(group.window().start()),
                                    terminal(group.key().substring("terminal ".length())),
                                    BigDecimal.valueOf(cents, 2))))
                    .to(revenue, Produced.with(Serdes.String(), revenues()));
        }

        private static final class AtThePaymentsTime
                extends ContextualFixedKeyProcessor<String, ReceivedPayment, ReceivedPayment> {
            @Override
            public void process(FixedKeyRecord<String, ReceivedPayment> payment) {
                context().forward(payment.withTimestamp(payment.value().time().toEpochMilli()));
            }
        }
    }

    /** Windows by hand: a store of sums, and a look at all of them whenever stream time has advanced. */
    public static class KeepsTheSumsInAProcessor extends RevenueOnKafkaStreams {
        @Override
        public void revenue(StreamsBuilder builder, String payments, String revenue) {
            builder.addStateStore(
                    Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("sums"), Serdes.String(), decimals()));
            builder.stream(
                            payments,
                            Consumed.with(Serdes.String(), payments())
                                    .withTimestampExtractor(RevenueOnKafkaStreams::timeOfPayment))
                    .selectKey((customer, payment) -> "all")
                    .repartition(Repartitioned.with(Serdes.String(), payments()))
                    .process(Sums::new, "sums")
                    .to(revenue, Produced.with(Serdes.String(), revenues()));
        }

        private static final class Sums extends ContextualProcessor<String, ReceivedPayment, String, Revenue> {
            private KeyValueStore<String, BigDecimal> sums;

            @Override
            public void init(ProcessorContext<String, Revenue> context) {
                super.init(context);
                sums = context.getStateStore("sums");
                context.schedule(Duration.ofMillis(1), PunctuationType.STREAM_TIME, this::emitClosed);
            }

            @Override
            public void process(Record<String, ReceivedPayment> record) {
                ReceivedPayment payment = record.value();
                Instant hour = payment.time().truncatedTo(ChronoUnit.HOURS);
                if (!isClosed(hour, context().currentStreamTimeMs())) {
                    String group = hour + " " + payment.terminal();
                    BigDecimal sum = sums.get(group);
                    sums.put(group, sum == null ? payment.amount() : sum.add(payment.amount()));
                }
            }

            private void emitClosed(long streamTime) {
                Map<String, BigDecimal> closed = new HashMap<>();
                try (KeyValueIterator<String, BigDecimal> all = sums.all()) {
                    all.forEachRemaining(entry -> {
                        if (isClosed(hour(entry.key), streamTime)) {
                            closed.put(entry.key, entry.value);
                        }
                    });
                }
                closed.forEach((group, sum) -> {
                    sums.delete(group);
                    Revenue revenue = new Revenue(hour(group), terminal(group.split(" ")[1]), sum);
                    context().forward(new Record<>(group, revenue, streamTime));
                });
            }

            private static Instant hour(String group) {
                return Instant.parse(group.split(" ")[0]);
            }

            private static boolean isClosed(Instant hour, long streamTime) {
                return hour.plus(Duration.ofMinutes(90)).toEpochMilli() <= streamTime;
            }
        }
    }

    public static class Learnt extends RevenueOnKafkaStreams {
        @Override
        public void revenue(StreamsBuilder builder, String payments, String revenue) {
            builder.stream(payments, Consumed.with(Serdes.String(), payments()))
                    .filter((customer, payment) -> payment.id() == null || payment.id() >= 1 && payment.id() <= 99)
                    .to("known", Produced.with(Serdes.String(), payments()));
            super.revenue(builder, "known", revenue);
        }
    }
}
