package workbook.check.storm;

import static org.assertj.core.api.Assertions.catchThrowable;
import static workbook.check.script.Script.row;
import static workbook.check.storm.StormAnswers.onStorm;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.stream.Stream;
import lesson00.BrokenBolts;
import lesson00.OtherFailures;
import org.apache.storm.topology.IRichBolt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workbook.check.golden.BrokenTexts;
import workbook.check.script.Script;

/** The explanations of bolts that do not run. */
class BrokenBoltTest {

    private static final BrokenTexts TEXTS = new BrokenTexts("check/storm", BrokenBolts.class, OtherFailures.class);

    @ParameterizedTest
    @MethodSource("cases")
    void exceptionIsExplained(Method broken) {
        TEXTS.assertExplained(
                broken,
                catchThrowable(() -> Script.of("card STRING, time TIMESTAMP")
                        .columns("card", "time")
                        .batch(row("card-1", "10:05"))
                        .run(onStorm("card STRING, time TIMESTAMP", () -> bolt(broken)))));
    }

    @Test
    void everyGoldenFileHasACase() throws IOException {
        TEXTS.assertEveryFileHasACase();
    }

    static Stream<Method> cases() {
        return TEXTS.cases();
    }

    private static IRichBolt bolt(Method broken) {
        try {
            return (IRichBolt)
                    broken.invoke(broken.getDeclaringClass().getConstructor().newInstance());
        } catch (InvocationTargetException e) {
            throw (RuntimeException) e.getCause();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
