package workbook.check.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import workbook.check.engine.Engines;

class StepSessionTest {

    private static final String SETTING = "spark.sql.shuffle.partitions";

    @AfterAll
    static void stopSpark() {
        Engines.stop();
    }

    @Test
    void aSettingThatIsRestoredHasNotChanged() {
        StepSession session = new StepSession();
        String before = session.spark().conf().get(SETTING);
        assertThat(session.changedSettings()).isEmpty();
        session.spark().conf().set(SETTING, "17");
        session.spark().conf().set("spark.unknown", "1");
        assertThat(session.changedSettings()).containsExactly(SETTING, "spark.unknown");
        session.spark().conf().set(SETTING, before);
        session.spark().conf().unset("spark.unknown");
        assertThat(session.changedSettings()).isEmpty();
    }

    @Test
    void aSettingOfOneStepIsNoneOfAnother() {
        new StepSession().spark().conf().set(SETTING, "17");
        assertThat(new StepSession().spark().conf().get(SETTING)).isNotEqualTo("17");
    }

    /** An option that is not set has its default. */
    @Test
    void theDefaultOfASettingIsItsValue() {
        StepSession session = new StepSession();
        String setting = "spark.sql.ansi.enabled";
        session.spark().conf().set(setting, session.spark().conf().get(setting));
        assertThat(session.changedSettings()).isEmpty();
    }
}
