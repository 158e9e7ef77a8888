package workbook.check;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructType;

/**
 * What a {@link Script} tells, when it has been told.
 *
 * @param title opens the message of a failure, possibly empty
 * @param mode the output mode; empty for a job
 * @param cumulative whether what comes out is all that there is to see, and not what the batch adds to it
 * @param day of times that name none
 * @param patience how long a query that never rests may take to do what is expected of it
 * @param inputs schemas by name, in order
 * @param columns the names of the columns that come out
 */
record Story(String title, String mode, boolean cumulative, LocalDate day, Duration patience, Map<String, StructType> inputs,
        List<String> columns, List<Step> steps) {

    long batches() {
        return steps.stream().filter(Step::isBatch).count();
    }
}
