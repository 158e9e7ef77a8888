package workbook.kit.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.expressions.Predicate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.kit.spark.LocalSpark;

class KernelTableTest {

    private static SparkSession spark;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        spark = LocalSpark.start("delta");
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void aTableHasTheSameRowsAndColumnsInKernelAsInSpark() {
        Path table = folder.resolve("types");
        write(
                "VALUES (true, 1Y, 2S, 3, 4L, 1.5F, 2.5D, 'text', X'0102', date'2026-01-02',"
                        + " timestamp'2026-01-02T03:04:05.000006Z', timestamp_ntz'2026-01-02T03:04:05', 12.34),"
                        + " (null, null, null, null, null, null, null, null, null, null, null, null, null)",
                table);
        Row[] expected =
                (Row[]) spark.read().format("delta").load(table.toString()).collect();
        KernelTable read = KernelTable.latest(table);
        assertThat(read.schema())
                .isEqualTo(spark.read().format("delta").load(table.toString()).schema());
        assertThat(read.rows()).hasSize(2).containsExactlyInAnyOrder(expected);
        assertThat(read.rows().get(0).<Object>getAs("col4")).isIn(3, null);
    }

    @Test
    void aDeletedRowIsGoneWithAndWithoutDeletionVectors() {
        for (boolean vectors : List.of(false, true)) {
            Path table = folder.resolve("vectors-" + vectors);
            spark.sql("CREATE TABLE delta.`" + table + "` (id INT) USING delta TBLPROPERTIES"
                    + " ('delta.enableDeletionVectors' = '" + vectors + "')");
            spark.sql("INSERT INTO delta.`" + table + "` SELECT /*+ COALESCE(1) */ * FROM VALUES (1), (2), (3)");
            spark.sql("DELETE FROM delta.`" + table + "` WHERE id = 2");
            assertThat(KernelTable.latest(table).rows())
                    .extracting(row -> row.getInt(0))
                    .containsExactlyInAnyOrder(1, 3);
            assertThat(KernelTable.version(table, 1).rows()).hasSize(3);
            assertThat(KernelTable.latest(table).version()).isEqualTo(2);
        }
    }

    @Test
    void theFilesOfAVersionAreItsDataFiles() {
        Path table = folder.resolve("files");
        write("VALUES (1, 'a b'), (2, 'c')", table, "col2");
        KernelTable read = KernelTable.latest(table);
        assertThat(read.partitionColumns()).containsExactly("col2");
        assertThat(read.files()).hasSize(2).allSatisfy(file -> assertThat(file).isRegularFile());
        assertThat(read.rows()).extracting(row -> row.getString(1)).containsExactlyInAnyOrder("a b", "c");
    }

    @Test
    void aFilterOpensTheFilesThatCanHaveARowForIt() {
        Path table = folder.resolve("skipping");
        write("SELECT /*+ COALESCE(1) */ * FROM VALUES (1), (3)", table);
        spark.sql("INSERT INTO delta.`" + table + "` SELECT /*+ COALESCE(1) */ * FROM VALUES (4), (null)");
        KernelTable read = KernelTable.latest(table);
        for (int value = 0; value <= 5; value++) {
            List<Path> opened = read.files(new Predicate("=", new Column("col1"), Literal.ofInt(value)));
            assertThat(opened).hasSize(value == 0 || value == 5 ? 0 : 1);
            assertThat(read.rowsByFile().keySet()).containsAll(opened);
        }
    }

    @Test
    void aFolderWithoutALogIsNoTable() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThat(KernelTable.exists(empty)).isFalse();
        assertThat(KernelTable.exists(folder.resolve("none"))).isFalse();
        assertThatThrownBy(() -> KernelTable.latest(empty)).isInstanceOf(TableNotFoundException.class);
        assertThat(Commit.of(folder.resolve("none"))).isEmpty();
    }

    @Test
    void aColumnOfAnotherTypeIsRefused() {
        Path table = folder.resolve("array");
        write("VALUES (array(1))", table);
        assertThatThrownBy(() -> KernelTable.latest(table).rows())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("array");
    }

    @Test
    void theLogTellsWhatEachCommitDid() {
        Path table = folder.resolve("log");
        write("VALUES (1), (2)", table);
        spark.sql("UPDATE delta.`" + table + "` SET col1 = 3 WHERE col1 = 2");
        List<Commit> commits = Commit.of(table);
        assertThat(commits).extracting(Commit::version).containsExactly(0L, 1L);
        assertThat(commits).extracting(Commit::operation).containsExactly("WRITE", "UPDATE");
        assertThat(commits.get(1).metrics()).containsEntry("numUpdatedRows", 1L);
        assertThat(commits.get(0).added()).containsAll(commits.get(1).removed()).isNotEmpty();
        assertThat(commits.get(1).added()).hasSize(1);
    }

    private static void write(String values, Path table, String... partitions) {
        spark.sql(values).write().format("delta").partitionBy(partitions).save(table.toString());
    }
}
