package workbook.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proves statements of QA.md about measures of scores, by their definitions. */
class ScoresTest {

    /** Of a thousand payments in order of falling scores, those from 51 to 60 are frauds. */
    private static final List<Boolean> RANKED = ranked();

    @Test
    void aHighAreaUnderTheRocCurveMayComeWithALowAveragePrecision() {
        assertThat(accuracyOfNeverFraud()).isEqualTo(0.99);
        assertThat(areaUnderTheRocCurve()).isCloseTo(0.949, within(0.001));
        assertThat(averagePrecision()).isCloseTo(0.097, within(0.001));
    }

    private static double accuracyOfNeverFraud() {
        return (double) Collections.frequency(RANKED, false) / RANKED.size();
    }

    /** The share of pairs of a fraud and a genuine payment in which the fraud has the higher score. */
    private static double areaUnderTheRocCurve() {
        long right = 0;
        long pairs = 0;
        for (int fraud = 0; fraud < RANKED.size(); fraud++) {
            for (int other = 0; other < RANKED.size(); other++) {
                if (RANKED.get(fraud) && !RANKED.get(other)) {
                    pairs++;
                    right += fraud < other ? 1 : 0;
                }
            }
        }
        return (double) right / pairs;
    }

    /** The share of frauds among the payments up to each fraud; the mean of these shares. */
    private static double averagePrecision() {
        double sum = 0;
        int frauds = 0;
        for (int i = 0; i < RANKED.size(); i++) {
            if (RANKED.get(i)) {
                frauds++;
                sum += (double) frauds / (i + 1);
            }
        }
        return sum / frauds;
    }

    private static List<Boolean> ranked() {
        List<Boolean> ranked = new ArrayList<>(Collections.nCopies(50, false));
        ranked.addAll(Collections.nCopies(10, true));
        ranked.addAll(Collections.nCopies(940, false));
        return ranked;
    }
}
