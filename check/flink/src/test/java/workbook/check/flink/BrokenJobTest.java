package workbook.check.flink;

import static org.assertj.core.api.Assertions.catchThrowable;
import static workbook.check.flink.FlinkAnswers.onFlink;
import static workbook.check.script.Script.row;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.stream.Stream;
import lesson00.BrokenJobs;
import lesson00.BrokenJobs.Note;
import lesson00.OtherFailures;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workbook.check.golden.BrokenTexts;
import workbook.check.script.Script;

/** The explanations of jobs that do not run. */
class BrokenJobTest {

    private static final String NOTES = "card INT, text STRING";
    private static final BrokenTexts TEXTS = new BrokenTexts("check/flink", BrokenJobs.class, OtherFailures.class);

    @ParameterizedTest
    @MethodSource("cases")
    void exceptionIsExplained(Method broken) {
        TEXTS.assertExplained(
                broken,
                catchThrowable(() -> Script.of(NOTES)
                        .columns("card", "text")
                        .batch(row(1, "abc"), row(2, null))
                        .run(onFlink(Note.class, NOTES, notes -> answer(broken, notes)))));
    }

    @Test
    void everyGoldenFileHasACase() throws IOException {
        TEXTS.assertEveryFileHasACase();
    }

    static Stream<Method> cases() {
        return TEXTS.cases();
    }

    @SuppressWarnings("unchecked")
    private static DataStream<Note> answer(Method broken, DataStream<Note> notes) {
        try {
            return (DataStream<Note>)
                    broken.invoke(broken.getDeclaringClass().getConstructor().newInstance(), notes);
        } catch (InvocationTargetException e) {
            throw (RuntimeException) e.getCause();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
