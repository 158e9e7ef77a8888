package workbook.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void rowsAreAlignedAndHaveNoTrailingBlanks() {
        assertThat(printed(() -> new TextTable("%-5s  %4s  %s")
                        .row("batch", "rows", "output")
                        .row(0, 12, "09:00–10:00")
                        .row(1, 0, null)))
                .isEqualToNormalizingNewlines("""
                batch  rows  output
                0        12  09:00–10:00
                1         0
                """);
    }

    @Test
    void cellsOfSeveralLinesAreSideBySide() {
        assertThat(printed(() -> new TextTable("%-6s  %s").lines("one\ntwo", "a\nb\nc")))
                .isEqualToNormalizingNewlines("""
                one     a
                two     b
                        c
                """);
    }

    private static String printed(Runnable program) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream console = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(console);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
