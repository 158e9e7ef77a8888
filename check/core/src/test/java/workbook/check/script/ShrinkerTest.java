package workbook.check.script;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.check.script.Script.row;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShrinkerTest {

    @Test
    void shrinkingStopsAtItsLimits() {
        RandomInput input = new RandomInput(IntStream.range(0, 64)
                .mapToObj(i -> new RandomInput.Entry(i / 16, row(i)))
                .toList());
        assertThat(new Shrinker(smaller -> smaller.rows().contains(row(42)), 100, Duration.ofMinutes(1))
                        .shrink(input)
                        .rows())
                .containsExactly(row(42));
        assertThat(new Shrinker(smaller -> smaller.rows().contains(row(42)), 2, Duration.ofMinutes(1))
                        .shrink(input)
                        .size())
                .isEqualTo(32);
        assertThat(new Shrinker(smaller -> true, 100, Duration.ZERO).shrink(input))
                .isEqualTo(input);
    }

    @Test
    void aSeedRepeatsTheInput() {
        assertThat(numbers(7).generate())
                .isEqualTo(numbers(7).generate())
                .isNotEqualTo(numbers(8).generate());
    }

    private static RandomScript numbers(long seed) {
        return RandomScript.of("n INT")
                .columns("n")
                .seed(new Seed(seed))
                .batches(3, 20, (random, batch) -> row(random.nextInt(100)));
    }
}
