package workbook.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves statements of CONCEPTS.md about records that a query does not read as their sender meant, with Spark. */
class RecordsTest extends AsksSpark {

    @TempDir
    Path folder;

    @Test
    void aNumberAsATimestampCountsSeconds() {
        assertThat(parsed("{\"time\": 1767261600}", "time TIMESTAMP")).isEqualTo(Instant.parse("2026-01-01T10:00:00Z"));
        assertThat((Instant) parsed("{\"time\": 1767261600000}", "time TIMESTAMP"))
                .isAfter(Instant.parse("+50000-01-01T00:00:00Z"));
    }

    @Test
    void namesOfFieldsAreCaseSensitive() {
        assertThat(parsed("{\"amount\": 3}", "amount INT")).isEqualTo(3);
        assertThat(parsed("{\"Amount\": 3}", "amount INT")).isNull();
    }

    @Test
    void filesWithAnUnderscoreOrADotAreSkipped() throws Exception {
        for (String name : List.of("a.json", "_b.json", ".c.json")) {
            Files.writeString(folder.resolve(name), "{\"id\": \"" + name + "\"}\n");
        }
        List<Row> read =
                spark.read().schema("id STRING").json(folder.toString()).collectAsList();
        assertThat(read).extracting(row -> row.getString(0)).containsExactly("a.json");
    }

    private Object parsed(String json, String schema) {
        return spark.sql("SELECT from_json('" + json + "', '" + schema + "') AS record")
                .select("record.*")
                .head()
                .get(0);
    }
}
