package workbook.capstone.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DefinitionOfDoneTest {

    @Test
    void openPointsClaimNothing() {
        DefinitionOfDone done = new DefinitionOfDone().point("Kafka", true, "10 records").open("Batch", "not built yet");
        assertThat(done.holds()).isTrue();
        assertThat(done).hasToString(String.format("""
                  ✔ Kafka  10 records
                  ○ Batch  not built yet
                  1 of 2 held, 1 open, 0 failed
                """));
    }

    @Test
    void onePointThatFailsIsEnough() {
        DefinitionOfDone done = new DefinitionOfDone().point("Kafka", true, "10").point("Spark", false, "9 of 10");
        assertThat(done.holds()).isFalse();
        assertThat(done.toString()).contains("✘ Spark  9 of 10").contains("1 of 2 held, 0 open, 1 failed");
    }
}
