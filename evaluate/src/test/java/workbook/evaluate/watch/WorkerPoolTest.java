package workbook.evaluate.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Set;
import org.junit.jupiter.api.Test;
import workbook.check.process.Supervisor;
import workbook.check.process.WorkerJvm;

class WorkerPoolTest {

    @Test
    void aThirdJvmTakesThePlaceOfTheOneThatWasNotUsedForLongest() {
        try (WorkerPool pool = new WorkerPool(new PrintStream(OutputStream.nullOutputStream()))) {
            Supervisor first = pool.on(jvm("first"));
            Supervisor second = pool.on(jvm("second"));
            assertThat(pool.on(jvm("first"))).isSameAs(first);
            pool.on(jvm("third"));
            assertThat(pool.on(jvm("first"))).isSameAs(first);
            assertThat(pool.on(jvm("second"))).isNotSameAs(second);
        }
    }

    /** A JVM that differs in an engine that does not exist. */
    private static WorkerJvm jvm(String engine) {
        return new WorkerJvm(System.getProperty("java.class.path"), Set.of(engine));
    }
}
