package workbook.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriceListTest {

    @Test
    void itReturnsPricesAndSaysWhatIsMissingOrNoNumber(@TempDir Path folder) throws IOException {
        PriceList prices = PriceList.read(
                Files.writeString(folder.resolve("prices"), "# made up\nnode.hour = 0.40\nhot.month = 20 EUR\n"));

        assertThat(prices.of("node.hour")).isEqualTo(0.4);
        assertThatThrownBy(() -> prices.of("spot.hour")).hasMessageEndingWith("has no price spot.hour.");
        assertThatThrownBy(() -> prices.of("hot.month")).hasMessageEndingWith("hot.month is not a number: 20 EUR");
    }
}
