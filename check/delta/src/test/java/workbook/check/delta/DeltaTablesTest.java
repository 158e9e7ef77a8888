package workbook.check.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static workbook.check.script.Script.row;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import workbook.check.engine.Engines;
import workbook.check.spark.SharedSpark;

/** A table that an answer has written, its versions, and the files that it has left. */
class DeltaTablesTest {

    private final TestTable table = TestTable.of("id INT, name STRING");

    @AfterAll
    static void stopSpark() {
        Engines.stop();
    }

    @Test
    void theTableHasItsColumnsInTheOrderOfTheCheckpoint() {
        assertThat(table.rows()).isEmpty();
        execute("CREATE TABLE %s (extra INT, name STRING, id INT) USING delta");
        execute("INSERT INTO %s VALUES (0, 'Anna', 7)");
        assertThat(table.rows()).hasSize(1).allSatisfy(row -> {
            assertThat(row.schema().fieldNames()).containsExactly("id", "name");
            assertThat(row.getInt(0)).isEqualTo(7);
        });
        assertThat(table.versions()).containsExactly(List.of(), List.of(row(7, "Anna")));
    }

    @Test
    void aMissingColumnIsNamed() {
        execute("CREATE TABLE %s (id INT) USING delta");
        execute("INSERT INTO %s VALUES (7)");
        assertThatThrownBy(table::rows)
                .isInstanceOf(AssertionError.class)
                .hasMessage("The table has no column name. Its columns: [id]");
    }

    @Test
    void aFileThatNoVersionRefersToIsFound() {
        execute("CREATE TABLE %s (id INT, name STRING) USING delta");
        execute("INSERT INTO %s SELECT /*+ COALESCE(1) */ * FROM VALUES (7, 'Anna'), (null, 'Ben')");
        execute("DELETE FROM %s WHERE id = 7");
        assertThat(table.rows()).hasSize(1);
        assertThat(DataFiles.with("id", 7, Path.of(table.folder()))).hasSize(1);
        assertThat(DataFiles.with("id", 8, Path.of(table.folder()))).isEmpty();
    }

    @Test
    void theEngineWarmsUpOnATable() {
        DeltaEngine engine = new DeltaEngine();
        engine.start();
        engine.warmUp();
        assertThat(Engines.all()).hasAtLeastOneElementOfType(DeltaEngine.class);
        assertThat(Engines.of(DeltaTablesTest.class)).hasAtLeastOneElementOfType(DeltaEngine.class);
    }

    private void execute(String statement) {
        SparkSession spark = SharedSpark.session();
        spark.sql(statement.formatted("delta.`" + table.folder() + "`"));
    }
}
