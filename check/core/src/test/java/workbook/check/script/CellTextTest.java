package workbook.check.script;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CellTextTest {

    @Test
    void controlCharactersAreShown() {
        assertThat(CellText.of("a\tb\nc\u0000d\u200Be")).isEqualTo("a\\tb\\nc\\u0000d\\u200Be");
        assertThat(CellText.of("zwölf · 12")).isEqualTo("zwölf · 12");
    }

    @Test
    void textThatLooksLikeNothingIsInQuotes() {
        assertThat(CellText.of("")).isEqualTo("\"\"");
        assertThat(CellText.of(" a")).isEqualTo("\" a\"");
        assertThat(CellText.of("null")).isEqualTo("\"null\"");
        assertThat(CellText.of("a b")).isEqualTo("a b");
    }

    @Test
    void longTextIsCut() {
        assertThat(CellText.of("x".repeat(100))).hasSize(100);
        assertThat(CellText.of("x".repeat(150))).isEqualTo("x".repeat(100) + "… (150 characters)");
    }
}
