package workbook.check.checkpoint;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks the JUnit class that judges an exercise. Each test method is a step: a sentence as its name, {@code @Order(n)}
 * for its place (the JVM does not keep the order of the source), and the answer under test as its parameter:
 *
 * <pre>{@code
 * @Checkpoint(RunningTotals.class)
 * class RunningTotalsCheckpoint {
 *     @Test @Order(1)
 *     void eachBatchEmitsOnlyTheCustomersThatChanged(RunningTotals answer) { ... }
 * }
 * }</pre>
 *
 * <p>The first step that fails decides: it ends with a {@link CheckFailure}, and the steps after it are skipped.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({CheckpointExtension.class, TraceExtension.class})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@DisplayNameGeneration(SentenceDisplayNames.class)
public @interface Checkpoint {

    /** The exercise: a class with a public constructor without parameters. */
    Class<?> value();
}
