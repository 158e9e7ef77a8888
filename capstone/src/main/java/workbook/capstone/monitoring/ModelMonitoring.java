package workbook.capstone.monitoring;

import java.util.List;

/**
 * The model's newest days in the gold tables, newest first, as the live page shows them.
 *
 * @param quality days of {@code gold/model_quality}; empty if there are none yet
 * @param drift days of {@code gold/score_drift}; empty if there are none yet
 */
public record ModelMonitoring(List<Quality> quality, List<Drift> drift) {

    /** Without gold tables. */
    public static final ModelMonitoring NONE = new ModelMonitoring(List.of(), List.of());

    /**
     * The quality of a day's scores. A measure is null if it is undefined, as for a day without frauds.
     *
     * @param day such as {@code 2018-05-21}, UTC
     * @param frauds number of frauds
     * @param rocAuc area under the ROC curve, 0 to 1
     * @param averagePrecision 0 to 1
     * @param cardPrecision share of compromised cards among the hundred with the highest scores, 0 to 1
     */
    public record Quality(String day, long frauds, Double rocAuc, Double averagePrecision, Double cardPrecision) {}

    /**
     * The drift of a day's scores. Both measures are null if the day has too few payments.
     *
     * @param day such as {@code 2018-05-21}, UTC
     * @param payments number of payments
     * @param psi population stability index, 0 if the scores are distributed like those of the first day
     * @param moved whether that is a drift
     */
    public record Drift(String day, long payments, Double psi, Boolean moved) {}
}
