package workbook.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopwatchTest {

    @Test
    void bothPiecesRunAlternatelyAfterTwoRoundsToWarmUp() throws Exception {
        List<Integer> runs = new ArrayList<>();

        Stopwatch.alternately(3, () -> runs.add(1), () -> runs.add(2));

        assertThat(runs).containsExactly(1, 2, 1, 2, 1, 2, 1, 2, 1, 2);
    }

    @Test
    void itPrintsTheMediansAndTheirRatio() {
        assertThat(new Stopwatch(1500, 500)).hasToString("1500 ms and 500 ms, 3.0 times as fast");
    }
}
