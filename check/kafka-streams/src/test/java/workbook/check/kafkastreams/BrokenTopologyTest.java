package workbook.check.kafkastreams;

import static org.assertj.core.api.Assertions.catchThrowable;
import static workbook.check.kafkastreams.KafkaStreamsAnswers.onKafkaStreams;
import static workbook.check.script.Script.row;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.stream.Stream;
import lesson00.BrokenTopologies;
import lesson00.OtherFailures;
import org.apache.kafka.streams.StreamsBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workbook.check.golden.BrokenTexts;
import workbook.check.script.Script;

/** The explanations of topologies that do not run. */
class BrokenTopologyTest {

    private static final BrokenTexts TEXTS =
            new BrokenTexts("check/kafka-streams", BrokenTopologies.class, OtherFailures.class);

    @ParameterizedTest
    @MethodSource("cases")
    void exceptionIsExplained(Method broken) {
        TEXTS.assertExplained(
                broken,
                catchThrowable(() -> Script.of("card STRING, note STRING")
                        .columns("card", "note")
                        .batch(row("card-1", null))
                        .run(onKafkaStreams(
                                "card",
                                "card STRING, note STRING",
                                (builder, in, out) -> build(broken, builder, in, out)))));
    }

    @Test
    void everyGoldenFileHasACase() throws IOException {
        TEXTS.assertEveryFileHasACase();
    }

    static Stream<Method> cases() {
        return TEXTS.cases();
    }

    private static void build(Method broken, StreamsBuilder builder, String in, String out) {
        try {
            broken.invoke(broken.getDeclaringClass().getConstructor().newInstance(), builder, in, out);
        } catch (InvocationTargetException e) {
            throw (RuntimeException) e.getCause();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
