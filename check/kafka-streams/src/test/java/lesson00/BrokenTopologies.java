package lesson00;

import java.time.Duration;
import java.util.Locale;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/** Typical mistakes with Kafka Streams. The records have a text as their key, and a JSON object with it and a null. */
public class BrokenTopologies {

    private static KStream<String, String> stream(StreamsBuilder builder, String in) {
        return builder.stream(in, Consumed.with(Serdes.String(), Serdes.String()));
    }

    // Serdes

    public void noSerdeAtTheSource(StreamsBuilder builder, String in, String out) {
        builder.<String, String>stream(in).to(out);
    }

    public void noSerdeForAGroup(StreamsBuilder builder, String in, String out) {
        stream(builder, in)
                .groupBy((key, value) -> value.length())
                .count()
                .toStream()
                .to(out);
    }

    public void noSerdeForAChangedValue(StreamsBuilder builder, String in, String out) {
        stream(builder, in).mapValues(String::length).to(out);
    }

    public void noSerdeForTheSumsOfAnAggregation(StreamsBuilder builder, String in, String out) {
        stream(builder, in)
                .groupByKey()
                .aggregate(() -> 0L, (key, value, count) -> count + 1)
                .toStream()
                .to(out, Produced.valueSerde(Serdes.Long()));
    }

    public void deserializerOfAnotherType(StreamsBuilder builder, String in, String out) {
        builder.stream(in, Consumed.with(Serdes.Integer(), Serdes.String()))
                .to(out, Produced.with(Serdes.Integer(), Serdes.String()));
    }

    @SuppressWarnings("unchecked")
    public void serializerOfAnotherType(StreamsBuilder builder, String in, String out) {
        stream(builder, in).mapValues(String::length).to(out, Produced.valueSerde((Serde<Integer>)
                (Serde<?>) Serdes.String()));
    }

    // Timestamps

    public void extractorThatThrows(StreamsBuilder builder, String in, String out) {
        builder.stream(in, Consumed.with(Serdes.String(), Serdes.String()).withTimestampExtractor((record, time) ->
                        (Long) record.value()))
                .to(out);
    }

    // Windows

    public void negativeGracePeriod(StreamsBuilder builder, String in, String out) {
        TimeWindows.ofSizeAndGrace(Duration.ofHours(1), Duration.ofMinutes(-30));
    }

    public void windowWithoutLength(StreamsBuilder builder, String in, String out) {
        TimeWindows.ofSizeWithNoGrace(Duration.ZERO);
    }

    public void windowThatAdvancesByMoreThanItsLength(StreamsBuilder builder, String in, String out) {
        TimeWindows.ofSizeWithNoGrace(Duration.ofHours(1)).advanceBy(Duration.ofHours(2));
    }

    public void retentionShorterThanTheWindow(StreamsBuilder builder, String in, String out) {
        stream(builder, in)
                .groupByKey()
                .windowedBy(TimeWindows.ofSizeAndGrace(Duration.ofHours(1), Duration.ofMinutes(30)))
                .count(Materialized.<String, Long, WindowStore<Bytes, byte[]>>with(Serdes.String(), Serdes.Long())
                        .withRetention(Duration.ofHours(1)));
    }

    // Stores and processors

    public void storeThatIsNotAdded(StreamsBuilder builder, String in, String out) {
        stream(builder, in).process(Sums::new, "sums").to(out);
    }

    public void storeThatIsNotConnected(StreamsBuilder builder, String in, String out) {
        builder.addStateStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("sums"), Serdes.String(), Serdes.Long()));
        stream(builder, in).process(Sums::new).to(out, Produced.with(Serdes.String(), Serdes.String()));
    }

    public void twoStoresOfTheSameName(StreamsBuilder builder, String in, String out) {
        builder.addStateStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("sums"), Serdes.String(), Serdes.Long()));
        stream(builder, in)
                .groupByKey()
                .count(Materialized.as("sums"))
                .toStream()
                .to(out);
    }

    public void oneProcessorForAllTasks(StreamsBuilder builder, String in, String out) {
        Processor<String, String, String, String> processor = new Sums();
        stream(builder, in).process(() -> processor).to(out);
    }

    public void topicThatIsReadTwice(StreamsBuilder builder, String in, String out) {
        builder.table(in, Consumed.with(Serdes.String(), Serdes.String()));
        stream(builder, in).to(out);
    }

    // The learner's own functions

    public void mapperThatReturnsNull(StreamsBuilder builder, String in, String out) {
        stream(builder, in).map((key, value) -> (KeyValue<String, String>) null).to(out);
    }

    public void functionThatThrows(StreamsBuilder builder, String in, String out) {
        stream(builder, in)
                .mapValues((key, value) -> value.equals("x") ? null : Integer.valueOf(value.toUpperCase(Locale.ROOT)))
                .groupByKey(Grouped.with(Serdes.String(), Serdes.Integer()))
                .count();
        stream(builder, in).to(out);
    }

    // Topics

    public void noTopology(StreamsBuilder builder, String in, String out) {
        // nothing
    }

    public void anotherTopicIsWritten(StreamsBuilder builder, String in, String out) {
        stream(builder, in).to("sums");
    }

    /** Uses the store {@code sums}. */
    private static final class Sums extends ContextualProcessor<String, String, String, String> {
        @Override
        public void process(Record<String, String> record) {
            KeyValueStore<String, Long> sums = context().getStateStore("sums");
            sums.put(record.key(), 1L);
        }
    }
}
