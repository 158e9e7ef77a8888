package workbook.check.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import lesson00.BrokenTables;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workbook.check.catalog.Exercise;
import workbook.check.checkpoint.StepFailure;
import workbook.check.spark.SharedSpark;

/** What learners read when code with a Delta table fails. */
class BrokenTablesTest {

    private static final Map<String, String> EXPLANATIONS = Map.ofEntries(
            Map.entry("mergeOfTwoRowsWithTheSameKey", "several rows of the source match the same row of the table"),
            Map.entry("mergeOnAnUnknownColumn", "the MERGE refers to known.customer, and there is no such column"),
            Map.entry("streamOfATableWithUpdates", "version 1 of the table updates or deletes rows"),
            Map.entry("streamOfATableWithDeletions", "version 1 of the table updates or deletes rows"),
            Map.entry("changesBeforeTheyWereRecorded", "before the table recorded changes"),
            Map.entry("anotherColumn", "the rows have other columns than the table"),
            Map.entry("anotherType", "the column `amount` has another type than in the table"),
            Map.entry("writeWithoutAMode", "a write without a mode makes new tables only"),
            Map.entry("noTable", "there is no folder or file table-missing"),
            Map.entry("noTableToMergeInto", "there is no Delta table in this place"),
            Map.entry("versionThatIsNotThere", "the table has no version 7: it has 0 to 0"),
            Map.entry("vacuumOfRecentFiles", "VACUUM spares the files of the last seven days"),
            Map.entry("zOrderWithoutStatistics", "a Z-order by amount is of no use"),
            Map.entry("zOrderOfAClusteredTable", "the table has CLUSTER BY, so OPTIMIZE takes no ZORDER BY"),
            Map.entry("violatedConstraint", "a row violates the table's constraint positive: (amount > 0)"),
            Map.entry("nullInAColumnThatTakesNone", "the table's column `id` takes no null"));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("cases")
    void theFailureIsExplained(Method broken) {
        SparkSession spark = SharedSpark.session();
        spark.range(0, 3, 1, 1)
                .withColumn("amount", functions.lit(10))
                .write()
                .format("delta")
                .save(table());
        Throwable thrown = catchThrowable(() -> run(broken, new BrokenTables(spark, table())));
        assertThat(thrown).as("%s runs", broken.getName()).isNotNull();
        String text = StepFailure.toResult(new Exercise(BrokenTables.class.getName()), "", thrown)
                .toString();
        assertThat(text).contains(EXPLANATIONS.get(broken.getName()));
    }

    static Stream<Method> cases() {
        return Arrays.stream(BrokenTables.class.getMethods())
                .filter(method -> method.getDeclaringClass() == BrokenTables.class);
    }

    private String table() {
        return folder.resolve("table").toString();
    }

    private static void run(Method broken, BrokenTables tables) throws Throwable {
        try {
            broken.invoke(tables);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
