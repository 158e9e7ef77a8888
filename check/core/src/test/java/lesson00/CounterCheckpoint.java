package lesson00;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;

@Checkpoint(Counter.class)
public class CounterCheckpoint {

    @Test
    @Order(1)
    void theFirstCallIsOne(Counter answer) {
        assertThat(answer.count()).isEqualTo(1);
    }

    @Test
    @Order(2)
    void theSecondCallIsTwo(Counter answer) {
        assertThat(answer.count()).isEqualTo(1);
        assertThat(answer.count()).isEqualTo(2);
    }
}
