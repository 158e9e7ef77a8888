package workbook.capstone.batch;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tribuo.classification.evaluation.LabelEvaluationUtil;

/**
 * The quality of a model's scores, by the handbook's three measures (Le Borgne et al., chapter 4). Each is NaN if there
 * are no frauds, or only frauds.
 *
 * @param rocAuc the probability that a fraud has a higher score than a genuine payment
 * @param averagePrecision the mean, over the frauds, of the share of frauds among all payments with at least their
 *     score
 * @param cardPrecision the share of defrauded customers among the 100 with the highest score of a day; the mean over
 *     the days. Customers detected on an earlier day are excluded: their card is blocked
 */
public record Quality(double rocAuc, double averagePrecision, double cardPrecision) {

    /** The number of cards that investigators can check in a day. */
    static final int CARDS = 100;

    /** A payment's score and label. */
    public record LabelledScore(LocalDate day, int customer, double score, boolean fraud) {}

    private record Card(int customer, double score, boolean defrauded) {
        Card and(Card other) {
            return new Card(customer, Math.max(score, other.score), defrauded || other.defrauded);
        }
    }

    /** Computes the quality of these scores. */
    public static Quality of(List<LabelledScore> payments) {
        boolean[] frauds = new boolean[payments.size()];
        double[] scores = new double[payments.size()];
        int count = 0;
        for (int i = 0; i < frauds.length; i++) {
            frauds[i] = payments.get(i).fraud();
            scores[i] = payments.get(i).score();
            count += frauds[i] ? 1 : 0;
        }
        if (count == 0 || count == frauds.length) {
            return new Quality(Double.NaN, Double.NaN, Double.NaN);
        }
        return new Quality(
                LabelEvaluationUtil.binaryAUCROC(frauds, scores),
                LabelEvaluationUtil.averagedPrecision(frauds, scores),
                cardPrecision(payments));
    }

    private static double cardPrecision(List<LabelledScore> payments) {
        Map<LocalDate, List<LabelledScore>> days =
                payments.stream().collect(Collectors.groupingBy(LabelledScore::day, TreeMap::new, Collectors.toList()));
        Set<Integer> blocked = new HashSet<>();
        double sum = 0;
        for (List<LabelledScore> day : days.values()) {
            List<Integer> found = cards(day).values().stream()
                    .filter(card -> !blocked.contains(card.customer()))
                    .sorted(Comparator.comparingDouble(Card::score).reversed())
                    .limit(CARDS)
                    .filter(Card::defrauded)
                    .map(Card::customer)
                    .toList();
            blocked.addAll(found);
            sum += (double) found.size() / CARDS;
        }
        return sum / days.size();
    }

    private static Map<Integer, Card> cards(List<LabelledScore> day) {
        Map<Integer, Card> cards = new HashMap<>();
        day.forEach(payment -> cards.merge(
                payment.customer(), new Card(payment.customer(), payment.score(), payment.fraud()), Card::and));
        return cards;
    }

    /** Returns text such as {@code ROC AUC 0.871, average precision 0.606, cards@100 0.291}. */
    @Override
    public String toString() {
        return Double.isNaN(rocAuc)
                ? "undefined (no frauds, or only frauds)"
                : String.format(
                        Locale.ROOT,
                        "ROC AUC %.3f, average precision %.3f, cards@100 %.3f",
                        rocAuc,
                        averagePrecision,
                        cardPrecision);
    }
}
