package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutantTableTest {

    private final MutantTable table = new MutantTable(
            "HourlyRevenue",
            "0123456789abcdef",
            63,
            List.of(
                    new MutantTable.Accepted(15, "`a || b` → `a`", "b | c is never true"),
                    new MutantTable.Accepted(16, "without `.distinct()`", "")));

    @Test
    void readsWhatItWrites(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("mutants/HourlyRevenue.md");

        table.write(file);

        assertThat(MutantTable.read(file)).isEqualTo(table);
    }

    @Test
    void keepsReasonsByChange() {
        assertThat(table.reasons()).isEqualTo(Map.of("`a || b` → `a`", "b | c is never true"));
        assertThat(table.unexplained()).extracting(MutantTable.Accepted::line).containsExactly(16);
    }

    @Test
    void sumsUp() {
        assertThat(table.summary()).isEqualTo("63 mutants: 61 refused, 1 equivalent, 1 accepted");
    }
}
