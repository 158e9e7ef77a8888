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
    void aModelThatKnowsAllIsPerfect() {
        Quality quality = Quality.of(List.of(
                judged(MONDAY, 1, 0.9, true),
                judged(MONDAY, 2, 0.8, true),
                judged(MONDAY, 3, 0.2, false),
                judged(MONDAY, 4, 0.1, false)));
        assertThat(quality.rocAuc()).isEqualTo(1, EXACTLY);
        assertThat(quality.averagePrecision()).isEqualTo(1, EXACTLY);
        assertThat(quality.cardPrecision()).isEqualTo(2 / 100.0, EXACTLY);
    }

    @Test
    void aModelThatSaysTheSameOfAllKnowsNothing() {
        Quality quality = Quality.of(List.of(
                judged(MONDAY, 1, 0.5, true),
                judged(MONDAY, 2, 0.5, false),
                judged(MONDAY, 3, 0.5, false),
                judged(MONDAY, 4, 0.5, false)));
        assertThat(quality.rocAuc()).isEqualTo(0.5, EXACTLY);
        assertThat(quality.averagePrecision()).isEqualTo(1 / 4.0, EXACTLY);
    }

    /** Frauds at ranks 1 and 3 of five: 5 of 6 pairs are in order; the precisions there are 1 and 2 / 3. */
    @Test
    void theMeasuresAreTheOnesOfTheBooks() {
        Quality quality = Quality.of(List.of(
                judged(MONDAY, 1, 0.9, true),
                judged(MONDAY, 2, 0.8, false),
                judged(MONDAY, 3, 0.7, true),
                judged(MONDAY, 4, 0.6, false),
                judged(MONDAY, 5, 0.5, false)));
        assertThat(quality.rocAuc()).isEqualTo(5 / 6.0, EXACTLY);
        assertThat(quality.averagePrecision()).isEqualTo((1 + 2 / 3.0) / 2, EXACTLY);
    }

    @Test
    void theAreaIsTheShareOfPairsInOrder() {
        Random random = new Random(7);
        List<LabelledScore> payments = IntStream.range(0, 400)
                .mapToObj(i -> judged(MONDAY, i, random.nextInt(40) / 40.0, random.nextInt(10) == 0))
                .toList();
        assertThat(Quality.of(payments).rocAuc()).isEqualTo(pairsInOrder(payments), EXACTLY);
    }

    @Test
    void ofACustomerTheHighestScoreOfTheDayCountsAndAnyOfTheirFrauds() {
        List<LabelledScore> payments = new ArrayList<>(IntStream.range(0, 100)
                .mapToObj(customer -> judged(MONDAY, customer, 0.5, false))
                .toList());
        payments.add(judged(MONDAY, 1_000, 0.6, false));
        payments.add(judged(MONDAY, 1_000, 0.1, true));
        assertThat(Quality.of(payments).cardPrecision()).isEqualTo(1 / 100.0, EXACTLY);
    }

    @Test
    void aCardThatWasFoundIsBlockedFromThenOn() {
        Quality quality = Quality.of(List.of(
                judged(MONDAY, 1, 0.9, true),
                judged(MONDAY, 2, 0.1, false),
                judged(TUESDAY, 1, 0.9, true),
                judged(TUESDAY, 3, 0.8, true)));
        assertThat(quality.cardPrecision()).isEqualTo((1 / 100.0 + 1 / 100.0) / 2, EXACTLY);
    }

    @Test
    void withoutAFraudNothingCanBeSaid() {
        assertThat(Quality.of(List.of(judged(MONDAY, 1, 0.9, false)))).hasToString("no fraud, or nothing else");
        assertThat(Quality.of(List.of())).hasToString("no fraud, or nothing else");
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

    private static LabelledScore judged(LocalDate day, int customer, double score, boolean fraud) {
        return new LabelledScore(day, customer, score, fraud);
    }
}
