package workbook.check.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeoutException;
import lesson00.Echo;
import lesson00.EchoCheckpoint;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapGroupsFunction;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import workbook.check.Unsolved;
import workbook.check.checkpoint.CheckpointRunner;
import workbook.check.verdict.CheckResult;
import workbook.check.verdict.Verdict;

/** The results for answers of every kind to a small exercise. */
class VerdictTest {

    @Test
    void solved() {
        assertThat(CheckpointRunner.run(EchoCheckpoint.class)).hasToString("SOLVED    lesson 00 Echo");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                AtOnce.class,
                InItsConstructor.class,
                InMap.class,
                InMapGroups.class,
                InUdf.class,
                InForeachBatch.class
            })
    void unsolvedWhereverTheStarterThrows(Class<?> starter) {
        assertThat(CheckpointRunner.run(EchoCheckpoint.class, starter))
                .hasToString(
                        "UNSOLVED  lesson 00 Echo: not solved yet, open exercises/lesson00/src/main/java/lesson00/Echo.java");
    }

    @Test
    void wrong() {
        assertThat(CheckpointRunner.run(EchoCheckpoint.class, AddsOne.class)).hasToString("""
                WRONG     lesson 00 Echo: failed: the same numbers are emitted

                  batch 1 of 1, append mode

                  in        n
                            1
                            2

                  out       n
                            2
                            3  <- not expected

                  expected  n
                            1  <- missing
                            2

                  Hints: exercises/lesson00/hints/Echo.md""");
    }

    @Test
    void theStepsAfterAFailedOneAreCheckedWhetherTheyFailOrNot() {
        assertThat(CheckpointRunner.runAfter(EchoCheckpoint.class, AddsOne.class, "the same numbers are emitted"))
                .containsOnlyKeys("an empty batch emits nothing")
                .allSatisfy((step, result) -> assertThat(result.verdict()).isEqualTo(Verdict.SOLVED));
        assertThat(CheckpointRunner.runAfter(EchoCheckpoint.class, AddsOne.class, "an empty batch emits nothing"))
                .isEmpty();
    }

    @Test
    void wrongWithoutADataset() {
        assertThat(CheckpointRunner.run(EchoCheckpoint.class, Nothing.class).toString())
                .startsWith("WRONG ")
                .contains("returned null");
    }

    @Test
    void brokenIfSparkRejectsTheQuery() {
        assertThat(anyLine(CheckpointRunner.run(EchoCheckpoint.class, Echo.Misspells.class)))
                .isEqualTo("""
                BROKEN    lesson 00 Echo: there is no column `m` here.

                  Similar names: `n`. Columns that a select or groupBy does not keep are not available after it.

                  [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or function parameter with name `m`
                  cannot be resolved. Did you mean one of the following? [`n`].
                  exercises/lesson00/src/main/java/lesson00/Echo.java, line N
                  Step: the same numbers are emitted

                  Hints: exercises/lesson00/hints/Echo.md""");
    }

    @Test
    void brokenIfTheCodeThrowsInTheQuery() {
        assertThat(anyLine(CheckpointRunner.run(EchoCheckpoint.class, Echo.Throws.class)))
                .isEqualTo("""
                BROKEN    lesson 00 Echo: the code threw an exception.

                  [IllegalStateException] no such number
                  exercises/lesson00/src/main/java/lesson00/Echo.java, line N
                  Step: the same numbers are emitted

                  Hints: exercises/lesson00/hints/Echo.md""");
    }

    @Test
    void brokenIfSparkFailsOnARow() {
        assertThat(CheckpointRunner.run(EchoCheckpoint.class, DividesByZero.class))
                .hasToString("""
                BROKEN    lesson 00 Echo: the query divided by zero.

                  Filter out the rows whose divisor is 0, or use try_divide, which returns null.

                  [DIVIDE_BY_ZERO] Division by zero. Use `try_divide` to tolerate divisor being 0 and return NULL
                  instead.
                  exercises/lesson00/src/main/java/lesson00/Echo.java, in the expression 1 / (n - n)
                  Step: the same numbers are emitted

                  Hints: exercises/lesson00/hints/Echo.md""");
    }

    private static String anyLine(CheckResult result) {
        return result.toString().replaceAll("line \\d+", "line N");
    }

    public static class AtOnce extends Echo {
        @Override
        public Dataset<Row> echo(Dataset<Row> numbers) {
            throw new Unsolved();
        }
    }

    public static class InItsConstructor extends Echo {
        public InItsConstructor() {
            throw new Unsolved();
        }
    }

    public static class InMap extends Echo {
        @Override
        public Dataset<Row> echo(Dataset<Row> numbers) {
            return numbers.map(
                    (MapFunction<Row, Row>) row -> {
                        throw new Unsolved();
                    },
                    Encoders.row(numbers.schema()));
        }
    }

    public static class InMapGroups extends Echo {
        @Override
        public Dataset<Row> echo(Dataset<Row> numbers) {
            return numbers.groupByKey((MapFunction<Row, Integer>) row -> row.getInt(0), Encoders.INT())
                    .mapGroups(
                            (MapGroupsFunction<Integer, Row, Row>) (key, rows) -> {
                                throw new Unsolved();
                            },
                            Encoders.row(numbers.schema()));
        }
    }

    public static class InUdf extends Echo {
        @Override
        public Dataset<Row> echo(Dataset<Row> numbers) {
            UDF1<Integer, Integer> same = n -> {
                throw new Unsolved();
            };
            return numbers.select(functions
                    .udf(same, DataTypes.IntegerType)
                    .apply(functions.col("n"))
                    .as("n"));
        }
    }

    /** As in an exercise that starts its own query. */
    public static class InForeachBatch extends Echo {
        @Override
        public Dataset<Row> echo(Dataset<Row> numbers) {
            VoidFunction2<Dataset<Row>, Long> write = (batch, id) -> {
                throw new Unsolved();
            };
            try {
                numbers.sparkSession()
                        .readStream()
                        .format("rate-micro-batch")
                        .option("rowsPerBatch", 1)
                        .load()
                        .writeStream()
                        .foreachBatch(write)
                        .trigger(Trigger.AvailableNow())
                        .start()
                        .awaitTermination();
            } catch (TimeoutException | StreamingQueryException e) {
                throw new IllegalStateException(e);
            }
            return numbers;
        }
    }

    public static class AddsOne extends Echo {
        @Override
        public Dataset<Row> echo(Dataset<Row> numbers) {
            return numbers.selectExpr("n + 1 AS n");
        }
    }

    public static class Nothing extends Echo {
        @Override
        public Dataset<Row> echo(Dataset<Row> numbers) {
            return null;
        }
    }

    public static class DividesByZero extends Echo {
        @Override
        public Dataset<Row> echo(Dataset<Row> numbers) {
            return numbers.selectExpr("CAST(1 / (n - n) AS INT) AS n");
        }
    }
}
