package workbook.check.script;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * A finished {@link Script}.
 *
 * @param title the first line of a failure's message, may be empty
 * @param mode the output mode; empty for a job
 * @param day of times without a date
 * @param timeout how long to wait for the expected output of a query with processing-time timers
 * @param inputs schemas by name, in order
 * @param output the output columns
 */
public record ScriptSpec(
        String title,
        String mode,
        LocalDate day,
        Duration timeout,
        Map<String, Schema> inputs,
        List<OutputColumn> output,
        List<Action> actions) {

    /** The names of the output columns. */
    public List<String> columns() {
        return output.stream().map(OutputColumn::name).toList();
    }

    /**
     * The schema of the only input.
     *
     * @throws IllegalStateException if there are more
     */
    public Schema onlyInput() {
        expectInputs(1);
        return inputs.values().iterator().next();
    }

    /** @throws IllegalStateException if there is another number of inputs */
    public void expectInputs(int expected) {
        if (inputs.size() != expected) {
            throw new IllegalStateException(
                    "The script has the inputs " + inputs.keySet() + ", but the answer takes " + expected + ".");
        }
    }

    long batches() {
        return actions.stream().filter(Action::isBatch).count();
    }
}
