package workbook.capstone.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DefinitionOfDoneTest {

    @Test
    void passesWhenEveryPointPasses() {
        DefinitionOfDone done =
                new DefinitionOfDone().point("Kafka", true, "10 records").point("Batch", true, "2 hours");
        assertThat(done.holds()).isTrue();
        assertThat(done).hasToString(String.format("""
                  ✔ Kafka  10 records
                  ✔ Batch  2 hours
                  2 of 2 passed
                """));
    }

    @Test
    void failsWhenOnePointFails() {
        DefinitionOfDone done =
                new DefinitionOfDone().point("Kafka", true, "10").point("Spark", false, "9 of 10");
        assertThat(done.holds()).isFalse();
        assertThat(done.toString()).contains("✘ Spark  9 of 10").endsWith(String.format("1 of 2 passed%n"));
    }
}
