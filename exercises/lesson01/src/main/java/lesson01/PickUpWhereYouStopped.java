package lesson01;

import org.apache.spark.sql.SparkSession;
import workbook.check.Unsolved;

/**
 * A job that runs every hour of the night: it archives the payments that arrived since its last run, and ends.
 *
 * <p><b>In:</b> a folder of JSON files, one payment a line, with the fields of {@link workbook.kit.Payment#SCHEMA}:
 * {@code id} bigint, {@code time} timestamp, {@code customer} int, {@code terminal} int, {@code amount} decimal(10,2).
 * No field is null, and no two payments have the same {@code id}. New files arrive between two runs, each complete and
 * with a new name. Their modification times are within a week: Spark ignores files that are older than the newest by more.
 * Between two runs, somebody may delete files that were read.
 *
 * <p><b>Out:</b> a folder of Parquet files with the same columns and types.
 *
 * <p><b>Done means:</b> after every run, the archive contains each payment delivered so far exactly once. The method
 * returns when the run has ended, however long that takes and even without new payments, and leaves no query running. If
 * a run is killed after it has written its rows and before it has recorded that, the next run does not write them a second
 * time. A run that cannot write its rows throws an exception, any one, and the next run writes them.
 *
 * <p>Check it with {@code mvn test -Dlesson=01 -Dexercise=PickUpWhereYouStopped}; hints are in
 * {@code exercises/lesson01/hints/PickUpWhereYouStopped.md}.
 */
public class PickUpWhereYouStopped {

    /**
     * One run.
     *
     * @param inbox where the payments are
     * @param archive where they go
     * @param checkpoint a folder of the job's own, empty before the first run: what it keeps here is there in the next
     */
    public void run(SparkSession spark, String inbox, String archive, String checkpoint) throws Exception {
        throw new Unsolved();
    }
}
