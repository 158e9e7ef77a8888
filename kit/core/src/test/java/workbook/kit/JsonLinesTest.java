package workbook.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesTest {

    @Test
    void everyRowBecomesAnObject() {
        assertThat(JsonLines.of("time amount", "09:00 1.00, 09:10 2.00"))
                .containsExactly(
                        "{\"time\":\"2018-04-01T09:00:00Z\",\"amount\":1.00}",
                        "{\"time\":\"2018-04-01T09:10:00Z\",\"amount\":2.00}");
    }

    @ParameterizedTest
    @CsvSource({
        "09:00, \"2018-04-01T09:00:00Z\"",
        "09:00:30, \"2018-04-01T09:00:30Z\"",
        "2018-04-02T09:00, \"2018-04-02T09:00:00Z\"",
        "7, 7",
        "-1.50, -1.50",
        "true, true",
        "null, null",
        "anna, \"anna\"",
        "7a, \"7a\"",
        "9:00, \"9:00\""
    })
    void aValueGetsItsTypeFromItsForm(String value, String json) {
        assertThat(JsonLines.of("value", value)).containsExactly("{\"value\":" + json + "}");
    }

    @Test
    void quotesAndBackslashesAreEscaped() throws Exception {
        String line = JsonLines.of("value", "a\"b\\c").get(0);
        assertThat(new ObjectMapper().readTree(line).get("value").textValue()).isEqualTo("a\"b\\c");
    }

    @Test
    void aRowWithAMissingValueIsRejected() {
        assertThatThrownBy(() -> JsonLines.of("time amount", "09:00 1.00, 09:10"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The row \"09:10\" needs 2 values: time amount");
    }
}
