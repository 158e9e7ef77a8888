package workbook.check.beam;

import static org.assertj.core.api.Assertions.catchThrowable;
import static workbook.check.beam.BeamAnswersTest.on;
import static workbook.check.script.Script.row;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.stream.Stream;
import lesson00.BrokenPipelines;
import lesson00.OtherFailures;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workbook.check.golden.BrokenTexts;
import workbook.check.script.Script;

/** The explanations of pipelines that do not run. */
class BrokenPipelineTest {

    private static final BrokenTexts TEXTS = new BrokenTexts("check/beam", BrokenPipelines.class, OtherFailures.class);

    @ParameterizedTest
    @MethodSource("cases")
    void exceptionIsExplained(Method broken) {
        TEXTS.assertExplained(
                broken,
                catchThrowable(() -> Script.of("card STRING, note STRING")
                        .columns("card", "note")
                        .batch(row("card-1", null))
                        .run(on(cards -> pipeline(broken, cards)))));
    }

    @Test
    void everyGoldenFileHasACase() throws IOException {
        TEXTS.assertEveryFileHasACase();
    }

    static Stream<Method> cases() {
        return TEXTS.cases();
    }

    @SuppressWarnings("unchecked")
    private static PCollection<Card> pipeline(Method broken, PCollection<Card> cards) {
        try {
            return (PCollection<Card>)
                    broken.invoke(broken.getDeclaringClass().getConstructor().newInstance(), cards);
        } catch (InvocationTargetException e) {
            throw (RuntimeException) e.getCause();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
