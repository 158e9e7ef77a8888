package workbook.proof;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import lesson01.RunningTotals;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.CheckpointRunner;
import workbook.check.diagnose.Diagnoser;
import workbook.check.engine.Engines;
import workbook.check.verdict.CheckResult;
import workbook.check.verdict.Verdict;

/**
 * A diagnosis depends on what an answer does, not on how it is written; a similar mistake is a guess, an unknown one has
 * none.
 */
class DiagnosisTest {

    private static final Class<?> CHECKPOINT = checkpoint();

    /** What AddsUpDoubles does, in SQL. */
    public static class DoublesInSql extends RunningTotals {
        @Override
        public Dataset<Row> totals(Dataset<Row> payments) {
            payments.createOrReplaceTempView("payments");
            return payments.sparkSession()
                    .sql("SELECT customer, count(*) AS payments, sum(double(amount)) AS total"
                            + " FROM payments GROUP BY customer");
        }
    }

    /** Doubles, too, but with other errors: the rows differ from those of AddsUpDoubles. */
    public static class DoublesWithVat extends RunningTotals {
        @Override
        public Dataset<Row> totals(Dataset<Row> payments) {
            return payments.groupBy(col("customer"))
                    .agg(
                            count(lit(1)).as("payments"),
                            sum(col("amount").cast("double").multiply(1.1))
                                    .divide(1.1)
                                    .as("total"));
        }
    }

    /** A mistake nobody makes. */
    public static class Largest extends RunningTotals {
        @Override
        public Dataset<Row> totals(Dataset<Row> payments) {
            return payments.groupBy(col("customer"))
                    .agg(count(lit(1)).as("payments"), max("amount").as("total"));
        }
    }

    @AfterAll
    static void stopSpark() {
        Engines.stop();
    }

    @Test
    void aMistakeIsRecognisedHoweverItIsWritten() {
        CheckResult result = CheckpointRunner.run(CHECKPOINT, DoublesInSql.class);
        assertThat(result.verdict()).isEqualTo(Verdict.WRONG);
        assertThat(Diagnoser.diagnose(CHECKPOINT, DoublesInSql.class, result))
                .get()
                .satisfies(found -> assertThat(found.name()).isEqualTo("AddsUpDoubles"))
                .satisfies(found -> assertThat(result.with(found).toString())
                        .contains(
                                "your code behaves exactly like",
                                "A double is good enough for money.",
                                "CONCEPTS.md#money"));
    }

    @Test
    void aSimilarMistakeIsAGuess() {
        CheckResult result = CheckpointRunner.run(CHECKPOINT, DoublesWithVat.class);
        assertThat(Diagnoser.diagnose(CHECKPOINT, DoublesWithVat.class, result))
                .get()
                .satisfies(found -> assertThat(found.isGuess()).isTrue())
                .satisfies(found -> assertThat(result.with(found).toString())
                        .contains("Perhaps: \"A double is good enough for money.\"", "This is a guess"));
    }

    @Test
    void aMistakeNobodyHasDescribedIsNotNamed() {
        CheckResult result = CheckpointRunner.run(CHECKPOINT, Largest.class);
        assertThat(result.verdict()).isEqualTo(Verdict.WRONG);
        assertThat(Diagnoser.diagnose(CHECKPOINT, Largest.class, result)).isEmpty();
    }

    @Test
    void aRightAnswerHasNoDiagnosis() {
        assertThat(Diagnoser.diagnose(CHECKPOINT, RunningTotals.class, CheckpointRunner.run(CHECKPOINT)))
                .isEmpty();
    }

    private static Class<?> checkpoint() {
        try {
            return Class.forName("lesson01.RunningTotalsCheckpoint");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
