package workbook.capstone.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.capstone.spark.Sessions;

class GoldReaderTest {

    private static SparkSession spark;

    @TempDir
    Path lake;

    @BeforeAll
    static void start() {
        spark = Sessions.start(1);
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void withoutTablesThereAreNoDays() {
        assertThat(new GoldReader(lake.resolve("not/there")).get()).isEqualTo(ModelMonitoring.NONE);
    }

    @Test
    void theNewestDaysComeFirst() {
        write("model_quality", quality(9));
        write(
                "score_drift",
                spark.sql("SELECT * FROM VALUES (date'2018-05-20', 1000L, 0D, false),"
                        + " (date'2018-05-22', 999L, NULL, NULL), (date'2018-05-21', 1200L, 0.3D, true)"
                        + " AS t (day, payments, psi, moved)"));
        ModelMonitoring model = new GoldReader(lake).get();
        assertThat(model.quality())
                .hasSize(7)
                .startsWith(
                        new ModelMonitoring.Quality("2018-05-09", 10, 0.9, 0.5, 0.25),
                        new ModelMonitoring.Quality("2018-05-08", 10, 0.9, 0.5, 0.25));
        assertThat(model.drift())
                .containsExactly(
                        new ModelMonitoring.Drift("2018-05-22", 999, null, null),
                        new ModelMonitoring.Drift("2018-05-21", 1_200, 0.3, true),
                        new ModelMonitoring.Drift("2018-05-20", 1_000, 0.0, false));
    }

    @Test
    void aTableThatIsOverwrittenIsReadAgain() {
        GoldReader reader = new GoldReader(lake);
        write("model_quality", quality(1));
        assertThat(reader.get().quality()).hasSize(1);
        write("model_quality", quality(2));
        assertThat(reader.get().quality()).hasSize(2);
    }

    @Test
    void theDaysBeforeStayIfATableCannotBeRead() throws IOException {
        GoldReader reader = new GoldReader(lake);
        write("model_quality", quality(1));
        ModelMonitoring before = reader.get();
        Path log = lake.resolve("gold/model_quality/_delta_log");
        Files.writeString(log.resolve("00000000000000000001.json"), "no commit");
        assertThat(reader.get()).isEqualTo(before);
    }

    /** Days from 2018-05-01 on. */
    private static Dataset<Row> quality(int days) {
        return spark.range(days)
                .selectExpr(
                        "date_add(date'2018-05-01', CAST(id AS INT)) AS day",
                        "1000L AS payments",
                        "10L AS frauds",
                        "0.9D AS roc_auc",
                        "0.5D AS average_precision",
                        "0.25D AS card_precision_100");
    }

    private void write(String table, Dataset<Row> rows) {
        rows.write()
                .format("delta")
                .mode("overwrite")
                .save(lake.resolve("gold").resolve(table).toString());
    }
}
