package lesson14;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import workbook.check.Unsolved;

/**
 * Judges a recommender offline: do its lists contain what customers buy next?
 *
 * <p><b>In:</b> the purchases, in any order and without nulls, the time of the split, <i>k</i>, and the {@link Recommender}.
 *
 * <p><b>Out:</b> its {@link Score}. Empty if there is no customer to judge.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>The split is by time. The recommender learns from the purchases before the split and from no others. The purchases at the
 *     split and after it are the test.
 * <li>The <b>relevant</b> products of a customer are the different ones that he buys in the test and has not bought before the
 *     split. Customers with at least one relevant product are judged, whether or not the recommender has a list for them. Other
 *     customers count nowhere.
 * <li>The <b>top k</b> of a customer comes from his list: the products that he has bought before the split are removed, each
 *     product is kept at its first position only, and the first <i>k</i> of the rest are taken. Without a list it is empty.
 * <li>A relevant product at position <i>i</i> of the top <i>k</i>, from 1, gains {@code 1 / log2(i + 1)}. The DCG is the sum.
 *     The ideal DCG is the largest that a top <i>k</i> of this customer can have: all relevant products first, as many as there
 *     is room for. The NDCG is the DCG divided by the ideal DCG.
 * <li>Products that nobody has bought before the split may be in a list. They take a position, but do not count for the coverage.
 * </ul>
 *
 * <p>Check it with {@code mvn test -Dlesson=14 -Dexercise=IsItAnyGood}; hints are in
 * {@code exercises/lesson14/hints/IsItAnyGood.md}.
 */
public class IsItAnyGood {

    /**
     * @param customer who bought
     * @param product what he bought, one piece or several
     * @param time when
     */
    public record Purchase(String customer, String product, Instant time) {}

    /** Makes lists from purchases. */
    @FunctionalInterface
    public interface Recommender {

        /**
         * Learns from these purchases.
         *
         * @return the list of each customer that it has one for, the best product first; a list may have any length, have a
         *     product twice, and have products that the customer has bought
         */
        Map<String, List<String>> learn(List<Purchase> purchases);
    }

    /**
     * How good the lists are.
     *
     * @param customers the number of judged customers
     * @param hitRate the share of judged customers with a relevant product in their top <i>k</i>
     * @param ndcg the mean of the judged customers' NDCG
     * @param coverage the share of the different products bought before the split that are in the top <i>k</i> of at least one
     *     judged customer
     */
    public record Score(int customers, double hitRate, double ndcg, double coverage) {}

    /**
     * @param purchases at least one of them is before the split
     * @param k at least 1
     */
    public Optional<Score> judge(List<Purchase> purchases, Instant split, int k, Recommender recommender) {
        throw new Unsolved();
    }
}
