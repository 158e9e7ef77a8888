package lesson12;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static workbook.check.beam.BeamAnswers.onBeam;
import static workbook.check.flink.FlinkAnswers.onFlink;
import static workbook.check.kafkastreams.KafkaStreamsAnswers.onKafkaStreams;
import static workbook.check.spark.SparkAnswers.onSpark;
import static workbook.check.storm.StormAnswers.onStorm;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import lesson05.HourlyRevenue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import workbook.check.beam.BeamAnswers.Source;
import workbook.check.checkpoint.ChildFirstClassLoader;
import workbook.check.script.Mismatch;
import workbook.check.script.RunnableAnswer;
import workbook.check.script.ScriptRow;
import workbook.kit.Javac;
import workbook.kit.Scratch;
import workbook.kit.beam.PaymentCoders;
import workbook.kit.engines.ReceivedPayment;

/**
 * {@link RevenueStory} judges the right answers of five engines: those of lesson 12, and Spark's of lesson 05. It accepts
 * all of them, and with one wrong value in one line it accepts none.
 */
class OneStoryFiveEnginesTest {

    private static final Path STORY = Path.of("../../exercises/lesson12/src/test/java/lesson12/RevenueStory.java");

    static Stream<Arguments> answers() {
        RevenueOnBeam beam = new RevenueOnBeam();
        Source<ReceivedPayment> source = new Source<>(
                PaymentCoders.payments(), OneStoryFiveEnginesTest::payment, ReceivedPayment::time, beam::bound);
        return Stream.of(
                on("Spark", onSpark(new HourlyRevenue()::revenue)),
                on(
                        "Kafka Streams",
                        onKafkaStreams("customer", RevenueStory.OUTPUT, new RevenueOnKafkaStreams()::revenue)),
                on("Flink", onFlink(ReceivedPayment.class, RevenueStory.OUTPUT, new RevenueOnFlink()::revenue)),
                on("Beam", onBeam(source, PaymentCoders.revenues(), RevenueStory.OUTPUT, beam::revenue)),
                // with a new spout for each script
                on(
                        "Storm",
                        (script, columns) -> onStorm(RevenueStory.OUTPUT, new RevenueOnStorm()::revenue)
                                .driver(script, columns)));
    }

    private static Arguments on(String engine, RunnableAnswer answer) {
        return Arguments.of(engine, answer);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void theStoryAcceptsEveryEngine(String engine, RunnableAnswer answer) {
        RevenueStory.paymentsAreSummedByTerminalAndHour(answer);
        RevenueStory.anHourIsNotEmittedBeforeItsThirtyMinutesAreOver(answer);
        RevenueStory.anHourIsEmittedAsSoonAsItsThirtyMinutesAreOver(answer);
        RevenueStory.aLatePaymentCountsForAsLongAsItsHourIsOpen(answer);
        RevenueStory.aPaymentOfAFinalHourIsLeftOut(answer);
        RevenueStory.refundsEqualRowsAndPaymentsWithoutATerminalCount(answer);
        RevenueStory.theStreamEmitsWhatALoopOverThePaymentsComputes(answer);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void oneWrongValueInTheStoryRefusesEveryEngine(String engine, RunnableAnswer answer) throws Exception {
        try (URLClassLoader wrong = storyWith("row(\"09:00\", 7, \"0.30\")", "row(\"09:00\", 7, \"0.31\")")) {
            Method step = wrong.loadClass(RevenueStory.class.getName())
                    .getDeclaredMethod("paymentsAreSummedByTerminalAndHour", RunnableAnswer.class);
            step.setAccessible(true);
            assertThatThrownBy(() -> step.invoke(null, answer))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .isInstanceOf(Mismatch.class)
                    .hasMessageContaining("0.31");
        }
    }

    /** The story, compiled with a change in one place. */
    private static URLClassLoader storyWith(String right, String wrong) throws IOException {
        String source = Files.readString(STORY);
        assertThat(source).containsOnlyOnce(right);
        Path folder = Scratch.folder("story-");
        Path changed = Files.writeString(folder.resolve(STORY.getFileName()), source.replace(right, wrong));
        try (Javac javac = new Javac(System.getProperty("java.class.path"))) {
            assertThat(javac.compile(List.of(changed), folder).errors()).isEmpty();
        }
        return new ChildFirstClassLoader(folder.toUri().toURL());
    }

    private static ReceivedPayment payment(ScriptRow row) {
        return new ReceivedPayment(
                (Long) row.get(0), row.getInstant(1), (Integer) row.get(2), (Integer) row.get(3), row.getDecimal(4));
    }
}
