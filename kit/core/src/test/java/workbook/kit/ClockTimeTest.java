package workbook.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockTimeTest {

    @Test
    void anInstantAndItsTextGiveHoursAndMinutes() {
        assertThat(ClockTime.of(Instant.parse("2018-04-01T09:20:59Z"))).isEqualTo("09:20");
        assertThat(ClockTime.of("2018-04-01T09:20:59.999Z")).isEqualTo("09:20");
    }

    @Test
    void aWatermarkThatIsNotSetYetIsNone() {
        assertThat(ClockTime.of(Instant.EPOCH)).isEqualTo("none");
        assertThat(ClockTime.of("1970-01-01T00:00:00.000Z")).isEqualTo("none");
    }
}
