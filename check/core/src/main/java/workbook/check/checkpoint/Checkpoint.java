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
 * Marks the JUnit class that checks an exercise. Each test method is a step. Its name is a sentence, {@code @Order(n)}
 * sets its position (the JVM does not keep the order of the source), and its parameter is the answer:
 *
 * <pre>{@code
 * @Checkpoint(RunningTotals.class)
 * class RunningTotalsCheckpoint {
 *     @Test @Order(1)
 *     void eachBatchEmitsOnlyTheCustomersThatChanged(RunningTotals answer) { ... }
 * }
 * }</pre>
 *
 * <p>The first step that fails determines the result: it throws a {@link CheckFailure}, and later steps are skipped.
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
