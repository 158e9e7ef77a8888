package workbook.check.delta;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import workbook.check.script.ScriptRow;
import workbook.check.spark.SparkRows;
import workbook.kit.Scratch;
import workbook.kit.delta.KernelTable;

/** The Delta table that an answer keeps in a folder of its own, read without Spark: its rows take milliseconds. */
public final class TestTable {

    private final Path folder;
    private final StructType schema;

    private TestTable(Path folder, StructType schema) {
        this.folder = folder;
        this.schema = schema;
    }

    /** A table in an empty folder. Of its rows, these columns are read: {@code "customer INT, time TIMESTAMP"}. */
    public static TestTable of(String schema) {
        return in(Scratch.folder("table-"), schema);
    }

    /** A table in a folder that may not exist yet. Of its rows, these columns are read. */
    public static TestTable in(Path folder, String schema) {
        return new TestTable(folder, StructType.fromDDL(schema));
    }

    /** The folder, as the answer gets it. */
    public String folder() {
        return folder.toString();
    }

    /** The rows of the latest version, in no particular order; none if there is no table yet. */
    public List<Row> rows() {
        return KernelTable.exists(folder) ? rows(KernelTable.latest(folder)) : List.of();
    }

    /** The rows of every version from the first. */
    public List<List<ScriptRow>> versions() {
        return LongStream.rangeClosed(0, KernelTable.latest(folder).version())
                .mapToObj(version -> SparkRows.fromSpark(rows(KernelTable.version(folder, version))))
                .toList();
    }

    /** How many versions are neither empty nor one of these results, in any order of rows. */
    public long versionsWithout(List<List<ScriptRow>> results) {
        return versions().stream()
                .filter(version -> !version.isEmpty())
                .filter(version -> results.stream().noneMatch(result -> isPermutation(version, result)))
                .count();
    }

    private static boolean isPermutation(List<ScriptRow> rows, List<ScriptRow> others) {
        List<ScriptRow> rest = new ArrayList<>(others);
        return rows.size() == others.size() && rows.stream().allMatch(rest::remove);
    }

    private List<Row> rows(KernelTable table) {
        List<String> names = List.of(table.schema().fieldNames());
        for (String name : schema.fieldNames()) {
            if (!names.contains(name)) {
                throw new AssertionError("The table has no column " + name + ". Its columns: " + names);
            }
        }
        StructField[] read = List.of(schema.fieldNames()).stream()
                .map(name -> table.schema().apply(name))
                .toArray(StructField[]::new);
        return table.rows().stream()
                .map(row -> selected(row, new StructType(read)))
                .toList();
    }

    private static Row selected(Row row, StructType columns) {
        return new GenericRowWithSchema(
                List.of(columns.fieldNames()).stream().map(row::getAs).toArray(), columns);
    }
}
