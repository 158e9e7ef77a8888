package workbook.capstone.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import workbook.capstone.batch.Quality.LabelledScore;

class QualityTest {

    private static final LocalDate MONDAY = LocalDate.of(2018, 8, 6);
    private static final LocalDate TUESDAY = MONDAY.plusDays(1);
    private static final Offset<Double> EXACTLY = within(1e-12);

    @Test
    void aPerfectModel() {
        Quality quality = Quality.of(List.of(
                scored(MONDAY, 1, 0.9, true),
                scored(MONDAY, 2, 0.8, true),
                scored(MONDAY, 3, 0.2, false),
                scored(MONDAY, 4, 0.1, false)));
        assertThat(quality.rocAuc()).isEqualTo(1, EXACTLY);
        assertThat(quality.averagePrecision()).isEqualTo(1, EXACTLY);
        assertThat(quality.cardPrecision()).isEqualTo(2 / 100.0, EXACTLY);
    }

    @Test
    void aModelWithEqualScores() {
        Quality quality = Quality.of(List.of(
                scored(MONDAY, 1, 0.5, true),
                scored(MONDAY, 2, 0.5, false),
                scored(MONDAY, 3, 0.5, false),
                scored(MONDAY, 4, 0.5, false)));
        assertThat(quality.rocAuc()).isEqualTo(0.5, EXACTLY);
        assertThat(quality.averagePrecision()).isEqualTo(1 / 4.0, EXACTLY);
    }

    /** Frauds at ranks 1 and 3 of five: 5 of 6 pairs are in order; the precisions there are 1 and 2 / 3. */
    @Test
    void theMeasuresFollowTheirDefinitions() {
        Quality quality = Quality.of(List.of(
                scored(MONDAY, 1, 0.9, true),
                scored(MONDAY, 2, 0.8, false),
                scored(MONDAY, 3, 0.7, true),
                scored(MONDAY, 4, 0.6, false),
                scored(MONDAY, 5, 0.5, false)));
        assertThat(quality.rocAuc()).isEqualTo(5 / 6.0, EXACTLY);
        assertThat(quality.averagePrecision()).isEqualTo((1 + 2 / 3.0) / 2, EXACTLY);
    }

    @Test
    void theAreaIsTheShareOfPairsInOrder() {
        Random random = new Random(7);
        List<LabelledScore> payments = IntStream.range(0, 400)
                .mapToObj(i -> scored(MONDAY, i, random.nextInt(40) / 40.0, random.nextInt(10) == 0))
                .toList();
        assertThat(Quality.of(payments).rocAuc()).isEqualTo(pairsInOrder(payments), EXACTLY);
    }

    @Test
    void aCardHasTheHighestScoreOfTheDayAndAnyFraud() {
        List<LabelledScore> payments = new ArrayList<>(IntStream.range(0, 100)
                .mapToObj(customer -> scored(MONDAY, customer, 0.5, false))
                .toList());
        payments.add(scored(MONDAY, 1_000, 0.6, false));
        payments.add(scored(MONDAY, 1_000, 0.1, true));
        assertThat(Quality.of(payments).cardPrecision()).isEqualTo(1 / 100.0, EXACTLY);
    }

    @Test
    void aDetectedCardIsBlockedFromThenOn() {
        Quality quality = Quality.of(List.of(
                scored(MONDAY, 1, 0.9, true),
                scored(MONDAY, 2, 0.1, false),
                scored(TUESDAY, 1, 0.9, true),
                scored(TUESDAY, 3, 0.8, true)));
        assertThat(quality.cardPrecision()).isEqualTo((1 / 100.0 + 1 / 100.0) / 2, EXACTLY);
    }

    @Test
    void withoutFraudsTheQualityIsUndefined() {
        assertThat(Quality.of(List.of(scored(MONDAY, 1, 0.9, false))))
                .hasToString("undefined (no frauds, or only frauds)");
        assertThat(Quality.of(List.of())).hasToString("undefined (no frauds, or only frauds)");
    }

    private static double pairsInOrder(List<LabelledScore> payments) {
        double pairs = 0;
        double inOrder = 0;
        for (LabelledScore fraud :
                payments.stream().filter(LabelledScore::fraud).toList()) {
            for (LabelledScore genuine :
                    payments.stream().filter(payment -> !payment.fraud()).toList()) {
                pairs++;
                inOrder += fraud.score() > genuine.score() ? 1 : fraud.score() == genuine.score() ? 0.5 : 0;
            }
        }
        return inOrder / pairs;
    }

    private static LabelledScore scored(LocalDate day, int customer, double score, boolean fraud) {
        return new LabelledScore(day, customer, score, fraud);
    }
}
