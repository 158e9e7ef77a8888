package workbook.check.kafkastreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static workbook.check.kafkastreams.KafkaStreamsAnswers.onKafkaStreams;
import static workbook.check.script.Script.row;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.junit.jupiter.api.Test;
import workbook.check.engine.Engines;
import workbook.check.kafkastreams.KafkaStreamsAnswers.Topologies;
import workbook.check.script.Mismatch;
import workbook.check.script.Script;

class KafkaStreamsAnswersTest {

    private static final String ALL = "n INT, price DECIMAL(10,2), time TIMESTAMP, card STRING";

    @Test
    void rowsAreJsonBothWays() {
        Script.of(ALL)
                .columns("card", "n", "price", "time")
                .batch(row(1, "2.50", "09:00", "a"), row(null, "-0.10", "09:00:00.001", null))
                .emits(row("a", 1, "2.50", "09:00"), row(null, null, "-0.10", "09:00:00.001"))
                .run(onKafkaStreams("card", ALL, each(value -> value)));
    }

    @Test
    void theKeyIsTheTextOfItsColumn() {
        Script.of("n INT, card STRING")
                .columns("card")
                .batch(row(7, "a"), row(null, "b"))
                .emits(row("7"), row("none"))
                .run(onKafkaStreams(
                        "n",
                        "card STRING",
                        (builder, in, out) -> builder.stream(in, Consumed.with(Serdes.String(), Serdes.String()))
                                .mapValues((key, value) -> "{\"card\":\"" + (key == null ? "none" : key) + "\"}")
                                .to(out, Produced.with(Serdes.String(), Serdes.String()))));
    }

    @Test
    void otherOutputIsRefused() {
        assertRefused("{\"m\":1}");
        assertRefused("{\"n\":\"1\"}");
        assertRefused("{\"n\":1,\"m\":1}");
        assertRefused("n=1");
        assertRefused("7");
    }

    private static void assertRefused(String out) {
        assertThatThrownBy(() -> Script.of("n INT")
                        .columns("n")
                        .batch(row(1))
                        .emits(row(1))
                        .run(onKafkaStreams("n", "n INT", each(value -> out))))
                .isInstanceOf(AssertionError.class)
                .isNotInstanceOf(Mismatch.class)
                .hasMessage("record out  " + out + "\nexpected    a JSON object with n INT");
    }

    /** Two hours of the wall clock pass before each batch. */
    @Test
    void theWallClockMovesBetweenBatches() {
        List<Long> ticks = new ArrayList<>();
        Script.of("n INT")
                .columns("n")
                .batch(row(1), row(2))
                .batch(row(3))
                .run(onKafkaStreams(
                        "n",
                        "n INT",
                        (builder, in, out) -> builder.stream(in, Consumed.with(Serdes.String(), Serdes.String()))
                                .process(() -> new ContextualProcessor<String, String, String, String>() {
                                    @Override
                                    public void init(ProcessorContext<String, String> context) {
                                        context.schedule(
                                                Duration.ofHours(1), PunctuationType.WALL_CLOCK_TIME, ticks::add);
                                    }

                                    @Override
                                    public void process(Record<String, String> record) {
                                        ticks.add(record.timestamp());
                                    }
                                })
                                .to(out, Produced.with(Serdes.String(), Serdes.String()))));
        assertThat(ticks.stream()
                        .map(tick -> Duration.ofMillis(tick - ticks.get(0)).toHours()))
                .containsExactly(0L, 0L, 0L, 2L, 2L);
    }

    @Test
    void aRestartKeepsWhatIsInAChangelog() {
        Script.of("n INT")
                .columns("n")
                .batch(row(1), row(2))
                .emits(row(1), row(1))
                .restart()
                .batch(row(1), row(1))
                .emits(row(2), row(3))
                .restart()
                .batch(row(1))
                .emits(row(4))
                .run(onKafkaStreams("n", "n INT", counts(Materialized.as("counts"))));
    }

    @Test
    void aRestartEmptiesAStoreWithoutAChangelog() {
        Script.of("n INT")
                .columns("n")
                .batch(row(1), row(1))
                .restart()
                .batch(row(1))
                .emits(row(1))
                .run(onKafkaStreams(
                        "n",
                        "n INT",
                        counts(Materialized.<String, Long, KeyValueStore<Bytes, byte[]>>as("counts")
                                .withLoggingDisabled())));
    }

    @Test
    void aRestartWithAWindowIsNotPossible() {
        assertThatThrownBy(() -> Script.of("n INT")
                        .columns("n")
                        .batch(row(1))
                        .restart()
                        .run(onKafkaStreams(
                                "n",
                                "n INT",
                                (builder, in, out) -> builder.stream(
                                                in, Consumed.with(Serdes.String(), Serdes.String()))
                                        .groupByKey()
                                        .windowedBy(TimeWindows.ofSizeWithNoGrace(Duration.ofHours(1)))
                                        .count(Materialized.<String, Long, WindowStore<Bytes, byte[]>>as("counts")
                                                .withKeySerde(Serdes.String())
                                                .withValueSerde(Serdes.Long()))
                                        .toStream((window, count) -> "")
                                        .mapValues(count -> "{\"n\":" + count + "}")
                                        .to(out, Produced.with(Serdes.String(), Serdes.String())))))
                .hasMessage("The store counts is lost at a restart: only a key-value store is restored here.");
    }

    private static Topologies counts(Materialized<String, Long, KeyValueStore<Bytes, byte[]>> store) {
        return (builder, in, out) -> builder.stream(in, Consumed.with(Serdes.String(), Serdes.String()))
                .groupByKey()
                .count(store.withKeySerde(Serdes.String()).withValueSerde(Serdes.Long()))
                .toStream()
                .mapValues(count -> "{\"n\":" + count + "}")
                .to(out, Produced.with(Serdes.String(), Serdes.String()));
    }

    @Test
    void theEngineIsFoundAndWarmsUp() {
        assertThat(Engines.of(KafkaStreamsAnswersTest.class)).singleElement().satisfies(engine -> engine.warmUp());
    }

    private static Topologies each(UnaryOperator<String> change) {
        return (builder, in, out) -> builder.stream(in, Consumed.with(Serdes.String(), Serdes.String()))
                .mapValues(change::apply)
                .to(out, Produced.with(Serdes.String(), Serdes.String()));
    }
}
