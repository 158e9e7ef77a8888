package workbook.kit.models;

import java.util.List;
import org.tribuo.classification.evaluation.LabelEvaluationUtil;

/**
 * A score, and what has become known of its payment.
 *
 * @param score the higher, the more suspicious
 * @param fraud whether it was a fraud
 */
public record LabelledScore(double score, boolean fraud) {

    /**
     * Returns the average precision: for each fraud, the share of frauds among the payments with at least its score; the
     * mean of these shares.
     *
     * @param payments at least one of them a fraud
     */
    public static double averagePrecision(List<LabelledScore> payments) {
        boolean[] frauds = new boolean[payments.size()];
        double[] scores = new double[payments.size()];
        for (int i = 0; i < frauds.length; i++) {
            frauds[i] = payments.get(i).fraud();
            scores[i] = payments.get(i).score();
        }
        return LabelEvaluationUtil.averagedPrecision(frauds, scores);
    }
}
