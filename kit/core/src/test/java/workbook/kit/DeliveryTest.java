package workbook.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    @Test
    void aSinkIsRightIfItHasEachValueOnceInAnyOrder() {
        assertThat(new Delivery<>(List.of(1, 2, 3), List.of(3, 1, 2))).hasToString("right");
    }

    @Test
    void lostRepeatedAndUnknownValuesAreNamedInTheirOrder() {
        assertThat(new Delivery<>(List.of(1, 2, 3, 4, 5), List.of(5, 3, 5, 3, 4, 4, 4, 4, 9)))
                .hasToString("1, 2 lost, 3, 5 twice, 4 three times or more, 9 unknown");
    }
}
