package workbook.check.script;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * What a {@link Script} tells, when it has been told.
 *
 * @param title opens the message of a failure, possibly empty
 * @param mode the output mode; empty for a job
 * @param day of times that name none
 * @param patience how long a query that never rests may take to do what is expected of it
 * @param inputs schemas by name, in order
 * @param columns the names of the columns that come out
 */
public record ScriptSpec(
        String title,
        String mode,
        LocalDate day,
        Duration patience,
        Map<String, Schema> inputs,
        List<String> columns,
        List<Action> actions) {

    long batches() {
        return actions.stream().filter(Action::isBatch).count();
    }
}
