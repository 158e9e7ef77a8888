package workbook.check.script;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * Makes a story that goes wrong smaller for as long as it still goes wrong: whole batches first, then half of the rows,
 * a quarter, down to single ones. It stops after so many tries or so much time, with the smallest it has by then.
 */
final class Shrinker {

    private final Predicate<Arrivals> goesWrong;
    private final long deadline;
    private int tries;

    Shrinker(Predicate<Arrivals> goesWrong, int tries, Duration time) {
        this.goesWrong = goesWrong;
        this.tries = tries;
        this.deadline = System.nanoTime() + time.toNanos();
    }

    Arrivals shrink(Arrivals story) {
        return withFewerRows(withFewerBatches(story));
    }

    private Arrivals withFewerBatches(Arrivals story) {
        return story.entries().stream()
                .map(Arrivals.Entry::batch)
                .distinct()
                .reduce(story, (smallest, batch) -> smaller(smallest, smallest.withoutBatch(batch)), (a, b) -> b);
    }

    private Arrivals withFewerRows(Arrivals story) {
        Arrivals smallest = story;
        for (int size = story.size() / 2; size > 0; size = Math.min(size, smallest.size()) / 2) {
            for (int to = smallest.size(); to > 0; to -= size) { // from the end: the places before it stay as they are
                smallest = smaller(smallest, smallest.without(Math.max(0, to - size), to));
            }
        }
        return smallest;
    }

    /** The second story if it goes wrong as well, else the first. */
    private Arrivals smaller(Arrivals story, Arrivals candidate) {
        boolean isWorthATry = candidate.size() > 0 && tries-- > 0 && System.nanoTime() < deadline;
        return isWorthATry && goesWrong.test(candidate) ? candidate : story;
    }
}
