package lesson11;

import workbook.check.Unsolved;
import workbook.kit.orchestration.Dag;
import workbook.kit.orchestration.Outcome;

/**
 * Wires a nightly DAG with branches, so that its tasks run when they should, and only then.
 *
 * <p><b>Out:</b> a {@link Dag}. Its tasks are:
 * <ul>
 * <li>{@code has_files} looks whether files have arrived. {@code audit} and {@code archive} work on them.
 * <li>{@code publish} publishes the good rows, and {@code quarantine} stores the bad ones. {@code audit} knows which of the two there
 *     are.
 * <li>{@code report} says what has been published and stored.
 * <li>{@code alarm} tells somebody. {@code cleanup} deletes temporary files.
 * <li>{@code watcher} does nothing but fail, whenever it runs.
 * </ul>
 * Tasks with other ids do nothing, and succeed at once.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>{@code audit} and {@code archive} start when {@code has_files} has found files, and do not wait for one another. {@code publish}
 *     and {@code quarantine} start when {@code audit} has ended, those of them that it has chosen.
 * <li>Without files, or without rows, what would follow is skipped, except {@code cleanup}, and the run succeeds.
 * <li>{@code report} runs when the chosen ones of {@code publish} and {@code quarantine} have ended, if at least one has succeeded and
 *     none has failed. It does not care about {@code archive}.
 * <li>{@code alarm} runs if one of the tasks from {@code has_files} to {@code report} fails, and as soon as the first one does. It is
 *     skipped otherwise.
 * <li>{@code cleanup} runs in each case, when all tasks from {@code has_files} to {@code report} have ended.
 * <li>The run fails if any task has failed, also if it is {@code alarm} or {@code cleanup}. Otherwise it succeeds.
 * </ul>
 *
 * <p>Check it with {@code mvn test -Dlesson=11 -Dexercise=BranchesAndJoins}; hints are in
 * {@code exercises/lesson11/hints/BranchesAndJoins.md}.
 */
public class BranchesAndJoins {

    public Dag dag() {
        throw new Unsolved();
    }

    /**
     * What {@code has_files} does, if it does not crash.
     *
     * @param files how many have arrived; may be 0
     */
    public Outcome hasFiles(int files) {
        throw new Unsolved();
    }

    /**
     * What {@code audit} does, if it does not crash.
     *
     * @param good how many rows are good; may be 0
     * @param bad how many are bad; may be 0
     */
    public Outcome audit(int good, int bad) {
        throw new Unsolved();
    }
}
