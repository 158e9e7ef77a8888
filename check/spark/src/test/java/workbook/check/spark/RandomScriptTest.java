package workbook.check.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import workbook.check.catalog.Exercise;
import workbook.check.checkpoint.StepFailure;
import workbook.check.script.RandomScript;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;

class RandomScriptTest {

    private static final String SALES = "shop INT, time TIMESTAMP, price INT";
    private static final Instant NINE = Instant.parse("2026-01-01T09:00:00Z");

    @Test
    void aStreamWithAWatermarkEqualsABatchQuery() {
        RandomScript hourly = RandomScript.of(SALES)
                .columns("hour", "total")
                .batches(3, 10, RandomScriptTest::sale)
                .ending(row(1, NINE.plus(Duration.ofDays(1)), 1));
        hourly.run(onSpark(RandomScriptTest::hourly), RandomScriptTest::hourlyOfTheTable);
    }

    @Test
    void inUpdateModeTheLatestRowOfAKeyCounts() {
        sales(7).mode("update").key("shop").run(onSpark(RandomScriptTest::totals), RandomScriptTest::added);
    }

    @Test
    void aFailureShowsReducedInput() {
        assertThatThrownBy(() -> sales(7).mode("complete")
                        .run(onSpark(in -> totals(in.where("price <> 1"))), RandomScriptTest::added))
                .isInstanceOf(AssertionError.class)
                .message()
                .satisfies(message -> assertThat(message)
                        .matches("(?s)"
                                + "random rows, repeat them with -Dseed=7\n"
                                + "reduced from 60 rows to 1, complete mode\n\n"
                                + "batch 1 +shop  time +price\n +\\d  2026-01-01T\\S+ +1\n\n"
                                + "out       nothing\n\n"
                                + "expected  shop  n  total\n +\\d  1 +1  <- missing"));
    }

    @Test
    void aMistakeThatNeedsTwoRowsShowsTwo() {
        Throwable wrong = catchThrowable(() -> sales(7).mode("complete")
                .run(onSpark(in -> totals(in).withColumn("n", lit(1))), RandomScriptTest::added));
        assertThat(wrong).message().contains("reduced from 60 rows to 2");
    }

    @Test
    void anExceptionCarriesTheSeed() {
        Throwable thrown = catchThrowable(() -> sales(7).mode("complete")
                .run(
                        onSpark(in -> totals(
                                in.withColumn("price", raise_error(lit("no")).cast("int")))),
                        RandomScriptTest::added));
        assertThat(StepFailure.toResult(new Exercise("lesson00.Echo"), "a step", thrown)
                        .toString())
                .startsWith("BROKEN")
                .contains("\n  random rows, repeat them with -Dseed=7\n");
    }

    private static RandomScript sales(long seed) {
        return RandomScript.of(SALES)
                .columns("shop", "n", "total")
                .seed(new Seed(seed))
                .batches(3, 20, RandomScriptTest::sale);
    }

    private static ScriptRow sale(Random random, int batch) {
        return row(random.nextInt(5), NINE.plusSeconds(60 * (20 * batch + random.nextInt(50))), random.nextInt(10));
    }

    private static Dataset<Row> totals(Dataset<Row> sales) {
        return sales.groupBy("shop").agg(count("*").as("n"), sum("price").as("total"));
    }

    private static Dataset<Row> hourly(Dataset<Row> sales) {
        Column hour = window(col("time"), "1 hour");
        return sales.withWatermark("time", "30 minutes")
                .groupBy(hour)
                .agg(sum("price").as("total"))
                .select(col("window.start").as("hour"), col("total"));
    }

    private static List<ScriptRow> hourlyOfTheTable(List<ScriptRow> sales) {
        Dataset<Row> table = SharedSpark.session().createDataFrame(SparkRows.toSpark(sales), StructType.fromDDL(SALES));
        return SparkRows.fromSpark(hourly(table).collectAsList());
    }

    private static List<ScriptRow> added(List<ScriptRow> sales) {
        return sales.stream()
                .map(sale -> sale.getInt(0))
                .distinct()
                .map(shop ->
                        sales.stream().filter(sale -> sale.getInt(0) == shop).toList())
                .map(own -> row(
                        own.get(0).get(0),
                        own.size(),
                        own.stream().mapToInt(sale -> sale.getInt(2)).sum()))
                .toList();
    }
}
