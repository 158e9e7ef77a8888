package lesson14;

import java.util.List;
import java.util.Map;
import workbook.check.Unsolved;

/**
 * Finds for each product its <b>neighbours</b>: the products that the same customers have bought.
 *
 * <p><b>In:</b> the purchases, in any order, and the {@link Limits}.
 *
 * <p><b>Out:</b> the neighbours, and the purchases that are of no use.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>Purchases without a customer or without a product are rejected. They count nowhere.
 * <li>A customer who has bought a product several times counts once for it.
 * <li>A customer with more than {@code most} different products is left out: it is a shop or a program, and its pairs cost more than
 *     those of all others together.
 * <li><i>n(a)</i> is the number of customers who have bought <i>a</i>, and <i>n(a, b)</i> that of customers who have bought both. Who is
 *     left out is in neither. The similarity of <i>a</i> and <i>b</i> is the cosine {@code n(a, b) / sqrt(n(a) * n(b))}.
 * <li>Two different products are neighbours if <i>n(a, b)</i> is at least {@code minimum}.
 * <li>The neighbours of a product are in order of their similarity, the highest first, and those with the same similarity in
 *     alphabetical order. The first {@code size} of them are kept.
 * <li>Each product with a purchase that is not rejected has a list, even if all its customers are left out.
 * </ul>
 *
 * <p>Check it with {@code mvn test -Dlesson=14 -Dexercise=AlsoBought}; hints are in
 * {@code exercises/lesson14/hints/AlsoBought.md}.
 */
public class AlsoBought {

    /**
     * @param customer who bought; may be null
     * @param product what he bought; may be null
     */
    public record Purchase(String customer, String product) {}

    /**
     * @param size how many neighbours a product has at most, at least 1
     * @param minimum how many customers have to have bought both products, at least 1
     * @param most how many different products a customer may have bought to be counted, at least 1
     */
    public record Limits(int size, int minimum, int most) {}

    /**
     * @param product a product that is often bought by the same customers
     * @param similarity the cosine, above 0, at most 1
     */
    public record Neighbour(String product, double similarity) {}

    /**
     * @param neighbours the neighbours of each product, the most similar first; products without neighbours have an empty list
     * @param rejected the purchases without a customer or a product, in the order of the input
     */
    public record Result(Map<String, List<Neighbour>> neighbours, List<Purchase> rejected) {}

    public Result neighbours(List<Purchase> purchases, Limits limits) {
        throw new Unsolved();
    }
}
