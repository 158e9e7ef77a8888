package workbook.evaluate.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;

class RequiredEnginesTest {

    private static final Exercise ON_KAFKA = new Exercise("lesson02.PaymentProducer");
    private static final Exercise ON_SPARK = new Exercise("lesson02.ParsePayments");

    @Test
    void aCheckpointOnKafkaAloneNeedsNoEngine() {
        assertThat(new RequiredEngines(Workspace.current(), List.of(ON_KAFKA)).by(ON_KAFKA))
                .isEmpty();
    }

    @Test
    void aCheckpointOnSparkNeedsSpark() {
        assertThat(new RequiredEngines(Workspace.current(), List.of()).by(ON_SPARK))
                .containsExactly("workbook.check.spark");
    }

    @Test
    void theExercisesOfALessonShareTheirEngines() {
        assertThat(new RequiredEngines(Workspace.current(), List.of(ON_KAFKA, ON_SPARK)).by(ON_KAFKA))
                .containsExactly("workbook.check.spark");
        assertThat(new RequiredEngines(Workspace.current(), List.of(new Exercise("lesson01.RunningTotals")))
                        .by(ON_KAFKA))
                .isEmpty();
    }
}
