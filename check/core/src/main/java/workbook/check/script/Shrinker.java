package workbook.check.script;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * Reduces failing input as long as it still fails: removes batches first, keeps one half of the rows while that fails, and
 * then removes half of the rows, a quarter, down to single rows. It stops after a number of tries or a time limit, with the smallest input found.
 */
final class Shrinker {

    private final Predicate<RandomInput> fails;
    private final long deadline;
    private int tries;

    Shrinker(Predicate<RandomInput> fails, int tries, Duration time) {
        this.fails = fails;
        this.tries = tries;
        this.deadline = System.nanoTime() + time.toNanos();
    }

    RandomInput shrink(RandomInput script) {
        return withFewerRows(halved(withFewerBatches(script)));
    }

    private RandomInput withFewerBatches(RandomInput script) {
        return script.entries().stream()
                .map(RandomInput.Entry::batch)
                .distinct()
                .reduce(script, (smallest, batch) -> smaller(smallest, smallest.withoutBatch(batch)), (a, b) -> b);
    }

    private RandomInput halved(RandomInput script) {
        int middle = script.size() / 2;
        RandomInput first = smaller(script, script.part(0, middle));
        RandomInput half = first != script ? first : smaller(script, script.part(middle, script.size()));
        return half == script || half.size() < 2 ? half : halved(half);
    }

    private RandomInput withFewerRows(RandomInput script) {
        RandomInput smallest = script;
        for (int size = script.size() / 2; size > 0; size = Math.min(size, smallest.size()) / 2) {
            for (int to = smallest.size(); to > 0; to -= size) { // from the end: earlier positions do not change
                smallest = smaller(smallest, smallest.without(Math.max(0, to - size), to));
            }
        }
        return smallest;
    }

    /** The second input if it fails, too, else the first. */
    private RandomInput smaller(RandomInput script, RandomInput candidate) {
        boolean isWorthATry = candidate.size() > 0 && tries-- > 0 && System.nanoTime() < deadline;
        return isWorthATry && fails.test(candidate) ? candidate : script;
    }
}
