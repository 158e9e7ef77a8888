package workbook.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {

    @Test
    void eachStepIsDueAnIntervalAfterTheOneBefore() {
        List<Long> dues = new ArrayList<>();
        new Pace(1_000, Duration.ofMillis(5)).run(() -> true, dues::add);
        assertThat(dues.stream().map(due -> due - dues.get(0)))
                .containsExactly(0L, 1_000_000L, 2_000_000L, 3_000_000L, 4_000_000L);
    }

    @Test
    void noStepIsEarly() {
        new Pace(500, Duration.ofMillis(10))
                .run(() -> true, due -> assertThat(System.nanoTime()).isGreaterThanOrEqualTo(due));
    }

    @Test
    void itStopsWhenItIsTold() {
        List<Long> dues = new ArrayList<>();
        new Pace(1_000, Duration.ofHours(1)).run(() -> dues.size() < 3, dues::add);
        assertThat(dues).hasSize(3);
    }
}
