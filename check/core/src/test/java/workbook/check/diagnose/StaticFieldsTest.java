package workbook.check.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import lesson00.Counter;
import lesson00.CounterCheckpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import workbook.check.checkpoint.CheckpointRunner;
import workbook.check.verdict.CheckResult;

class StaticFieldsTest {

    @ParameterizedTest
    @ValueSource(classes = {Counter.CountsInAStaticField.class, Counter.CountsInANestedClass.class})
    void dataOfAnEarlierStepIsTheReason(Class<?> answer) {
        CheckResult result = CheckpointRunner.run(CounterCheckpoint.class, answer);
        assertThat(result.step()).isEqualTo("the second call is two");
        assertThat(StaticFields.areTheReason(CounterCheckpoint.class, answer, result))
                .isTrue();
        assertThat(result.withNote(StaticFields.NOTE).toString())
                .endsWith("\n\n  This step passes when it runs alone: a static field keeps data from an earlier step.");
    }

    @Test
    void aStepThatFailsAloneAsWellHasAnotherReason() {
        CheckResult result = CheckpointRunner.run(CounterCheckpoint.class, Counter.AddsAConstant.class);
        assertThat(result.step()).isEqualTo("the second call is two");
        assertThat(StaticFields.areTheReason(CounterCheckpoint.class, Counter.AddsAConstant.class, result))
                .isFalse();
    }

    @Test
    void aSolvedAnswerHasNoReason() {
        CheckResult result = CheckpointRunner.run(CounterCheckpoint.class);
        assertThat(StaticFields.areTheReason(CounterCheckpoint.class, Counter.class, result))
                .isFalse();
    }
}
