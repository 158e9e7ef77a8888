package workbook.check.script;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.check.script.Script.row;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShrinkerTest {

    @Test
    void shrinkingEndsWhenItHasTriedOftenEnough() {
        Arrivals story = new Arrivals(IntStream.range(0, 64)
                .mapToObj(i -> new Arrivals.Entry(i / 16, row(i)))
                .toList());
        assertThat(new Shrinker(smaller -> smaller.rows().contains(row(42)), 100, Duration.ofMinutes(1))
                        .shrink(story)
                        .rows())
                .containsExactly(row(42));
        assertThat(new Shrinker(smaller -> smaller.rows().contains(row(42)), 2, Duration.ofMinutes(1))
                        .shrink(story)
                        .size())
                .isEqualTo(32);
        assertThat(new Shrinker(smaller -> true, 100, Duration.ZERO).shrink(story))
                .isEqualTo(story);
    }

    @Test
    void aSeedTellsTheSameStoryEachTime() {
        assertThat(numbers(7).story())
                .isEqualTo(numbers(7).story())
                .isNotEqualTo(numbers(8).story());
    }

    private static Stories numbers(long seed) {
        return Stories.of("n INT")
                .columns("n")
                .seed(new Seed(seed))
                .batches(3, 20, (random, batch) -> row(random.nextInt(100)));
    }
}
