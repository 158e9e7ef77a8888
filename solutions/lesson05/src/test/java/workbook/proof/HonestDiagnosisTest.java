package workbook.proof;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import lesson05.HourlyRevenue;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.CheckpointRunner;
import workbook.check.diagnose.Diagnoser;
import workbook.check.engine.Engines;
import workbook.check.verdict.CheckResult;
import workbook.check.verdict.Diagnosis;
import workbook.check.verdict.Verdict;

/** An answer that fails as a misconception does, for another reason, is not told about that misconception. */
class HonestDiagnosisTest {

    private static final Class<?> CHECKPOINT = checkpoint();

    /** What GroupsByAColumnWithoutTheWatermark does, written differently. */
    public static class TruncatesInSql extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            return payments.withWatermark("time", "1800 seconds")
                    .selectExpr("terminal", "amount", "date_trunc('HOUR', time) AS hour")
                    .groupBy("terminal", "hour")
                    .agg(sum("amount").as("revenue"));
        }
    }

    /** A typed step loses the watermark. */
    public static class MapsAfterTheWatermark extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            return byHour(payments.withWatermark("time", "30 minutes")
                    .map((MapFunction<Row, Row>) payment -> payment, Encoders.row(payments.schema())));
        }
    }

    /** No watermark at all. */
    public static class SetsNoWatermark extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            return byHour(payments);
        }
    }

    /** The engine has the words of SetsTheWatermarkAfterTheAggregation for it, but not in withWatermark. */
    public static class SortsByTheTimeOfAPayment extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            return byHour(payments.withWatermark("time", "30 minutes")).orderBy("time");
        }
    }

    /** Fails in the first step like NamesAnHourByItsEnd, but has a second mistake. */
    public static class NamesAnHourByItsEndAndWaitsTooShort extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            return byHour(payments.withWatermark("time", "20 minutes"))
                    .withColumn("hour", col("hour").plus(expr("INTERVAL 1 HOUR")));
        }
    }

    private static Dataset<Row> byHour(Dataset<Row> payments) {
        return payments.groupBy(window(col("time"), "1 hour"), col("terminal"))
                .agg(sum("amount").as("revenue"))
                .select(col("window.start").as("hour"), col("terminal"), col("revenue"));
    }

    @AfterAll
    static void stopSpark() {
        Engines.stop();
    }

    @Test
    void whatIsAlikeOnlyInTheStepThatFailedIsNotNamed() {
        CheckResult result = CheckpointRunner.run(CHECKPOINT, NamesAnHourByItsEndAndWaitsTooShort.class);
        assertThat(result.kinds()).containsExactly("`hour` is 1 hour later than expected");
        assertThat(Diagnoser.diagnose(CHECKPOINT, NamesAnHourByItsEndAndWaitsTooShort.class, result))
                .isEmpty();
    }

    /** Spark refuses these queries with the same words. */
    @Test
    void theSamePlanWrittenDifferentlyIsRecognised() {
        assertThat(diagnosis(TruncatesInSql.class))
                .get()
                .extracting(Diagnosis::name)
                .isEqualTo("GroupsByAColumnWithoutTheWatermark");
    }

    @Test
    void anotherPlanIsNotNamed() {
        assertThat(diagnosis(MapsAfterTheWatermark.class)).isEmpty();
        assertThat(diagnosis(SetsNoWatermark.class)).isEmpty();
        assertThat(diagnosis(SortsByTheTimeOfAPayment.class)).isEmpty();
    }

    private static Optional<Diagnosis> diagnosis(Class<?> answer) {
        CheckResult result = CheckpointRunner.run(CHECKPOINT, answer);
        assertThat(result.verdict()).isEqualTo(Verdict.BROKEN);
        return Diagnoser.diagnose(CHECKPOINT, answer, result);
    }

    private static Class<?> checkpoint() {
        try {
            return Class.forName("lesson05.HourlyRevenueCheckpoint");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
