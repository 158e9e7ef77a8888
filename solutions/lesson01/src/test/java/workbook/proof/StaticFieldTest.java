package workbook.proof;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lesson01.PickUpWhereYouStopped;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.CheckpointRunner;
import workbook.check.engine.Engines;
import workbook.check.verdict.CheckResult;
import workbook.check.verdict.Verdict;
import workbook.kit.spark.PaymentRow;

/** Each run of a job is a process of its own: what a static field keeps is lost. */
class StaticFieldTest {

    /** Right as long as its process lives. */
    public static class RemembersWhatIsArchived extends PickUpWhereYouStopped {
        private static final Set<Long> ARCHIVED = ConcurrentHashMap.newKeySet();

        @Override
        public void run(SparkSession spark, String inbox, String archive, String checkpoint) {
            Dataset<Row> payments = spark.read()
                    .schema(PaymentRow.SCHEMA)
                    .json(inbox)
                    .where(not(col("id").isin(ARCHIVED.toArray())));
            payments.write().mode("append").parquet(archive);
            ARCHIVED.addAll(payments.select("id").as(Encoders.LONG()).collectAsList());
        }
    }

    @AfterAll
    static void stopSpark() {
        Engines.stop();
    }

    @Test
    void itDoesNotSurviveARestart() throws ClassNotFoundException {
        CheckResult result = CheckpointRunner.run(
                Class.forName("lesson01.PickUpWhereYouStoppedCheckpoint"), RemembersWhatIsArchived.class);
        assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.WRONG);
        assertThat(result.step()).isEqualTo("each run archives the payments since the last run");
    }
}
