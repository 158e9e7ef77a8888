package workbook.kit.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelledScoreTest {

    @Test
    void theAveragePrecisionIsTheMeanShareOfFraudsDownToEachFraud() {
        List<LabelledScore> payments = List.of(
                new LabelledScore(0.1, false),
                new LabelledScore(0.3, true),
                new LabelledScore(0.9, true),
                new LabelledScore(0.5, false));
        assertThat(LabelledScore.averagePrecision(payments)).isCloseTo((1 + 2 / 3.0) / 2, within(1e-12));
    }

    @Test
    void equalScoresCountTogether() {
        List<LabelledScore> payments =
                List.of(new LabelledScore(0.5, true), new LabelledScore(0.5, false), new LabelledScore(0.5, false));
        assertThat(LabelledScore.averagePrecision(payments)).isCloseTo(1 / 3.0, within(1e-12));
    }
}
