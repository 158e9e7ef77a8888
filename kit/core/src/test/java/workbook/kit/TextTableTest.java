package workbook.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void rowsAreAlignedAndHaveNoTrailingBlanks() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream console = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            new TextTable("%-5s  %4s  %s")
                    .row("batch", "rows", "output")
                    .row(0, 12, "09:00–10:00")
                    .row(1, 0, null);
        } finally {
            System.setOut(console);
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("""
                batch  rows  output
                0        12  09:00–10:00
                1         0
                """);
    }
}
