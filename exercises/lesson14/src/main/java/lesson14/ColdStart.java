package lesson14;

import java.util.List;
import java.util.Map;
import java.util.Set;
import workbook.check.Unsolved;

/**
 * Makes a list for everybody: for customers that the model knows and for those whom nobody knows, with products that sell well and with
 * one that is new.
 *
 * <p><b>In:</b> the {@link Customer}, <i>k</i>, and what was computed over {@link Night night}. Maps and lists are immutable, and
 * without nulls.
 *
 * <p><b>Out:</b> the recommendations, the best first, each with its {@link Source}.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>The sources follow one another, and each continues where the one before it had no more products:
 *     <ol>
 *     <li>{@code PERSONAL}: the products with a score of the customer that is not NaN, the highest first; those with the same score in
 *         alphabetical order.
 *     <li>{@code ALSO_BOUGHT}: the neighbours of what he bought last, then those of what he bought before that, and so on.
 *     <li>{@code REGION}: the bestsellers of his region.
 *     <li>{@code POPULAR}: the bestsellers.
 *     </ol>
 * <li>A product that the customer has bought, that is not sold any more, or that is already in the list is skipped, in every
 *     source. So the list has <i>k</i> products if the sources have as many.
 * <li>If <i>k</i> is 2 or more, the last of the <i>k</i> positions is for a new product, with {@code NEW}: the first of those added that
 *     is not to be skipped. The sources then fill the positions before it. Without such a product they fill all positions.
 * <li>If the sources have fewer products, the new one follows the last of them.
 * </ul>
 *
 * <p>Check it with {@code mvn test -Dlesson=14 -Dexercise=ColdStart}; hints are in
 * {@code exercises/lesson14/hints/ColdStart.md}.
 */
public class ColdStart {

    /** Where a recommendation comes from. */
    public enum Source {
        PERSONAL,
        ALSO_BOUGHT,
        REGION,
        POPULAR,
        NEW
    }

    /**
     * @param name the customer; unknown customers have no scores
     * @param region where he lives; null if that is not known
     * @param bought what he has bought, the oldest first; may have a product several times
     */
    public record Customer(String name, String region, List<String> bought) {}

    /**
     * What was computed over night. All lists have the best first.
     *
     * @param scores the scores of a model, by customer and product, the higher the better; NaN for a product that the model does
     *     not know
     * @param neighbours the products that the same customers have bought, by product
     * @param regions the bestsellers of each region
     * @param popular the bestsellers
     * @param added the products that were added lately and that hardly anybody has bought
     * @param sold the products that are still sold
     */
    public record Night(
            Map<String, Map<String, Double>> scores,
            Map<String, List<String>> neighbours,
            Map<String, List<String>> regions,
            List<String> popular,
            List<String> added,
            Set<String> sold) {}

    /** A product, and the source that has put it into the list. */
    public record Recommendation(String product, Source source) {}

    /** @param k at least 1 */
    public List<Recommendation> recommend(Customer customer, int k, Night night) {
        throw new Unsolved();
    }
}
