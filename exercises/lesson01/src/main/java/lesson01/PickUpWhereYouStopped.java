package lesson01;

import org.apache.spark.sql.SparkSession;
import workbook.check.Unsolved;

/**
 * A job for every hour of the night: it archives the payments that came since its last run, and ends.
 *
 * <p><b>In:</b> a folder of JSON files, one payment a line, with the fields of {@link workbook.kit.Payment#SCHEMA}:
 * {@code id} bigint, {@code time} timestamp, {@code customer} int, {@code terminal} int, {@code amount} decimal(10,2).
 * Between two runs new files come in, each complete and under a new name. Files that have been read may be cleared away.
 *
 * <p><b>Out:</b> a folder of Parquet files with the same columns and types.
 *
 * <p><b>Done means:</b> after every run, each payment that has been delivered so far stands in the archive, once. The
 * method comes back when the run is over, even if nothing was new, and leaves nothing running. If a run was killed, after
 * it had written its rows and before it had noted so, the next run does not write them a second time.
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
