package workbook.kit.orchestration;

import java.util.List;
import java.util.Map;

/** What tasks do. */
@FunctionalInterface
public interface Work {

    /** @param number the number of the try, from 1 */
    Outcome attempt(String task, Run run, int number);

    /**
     * The same outcomes in every run: one for each try, the last one for all further tries. A task without outcomes succeeds after a
     * minute.
     */
    static Work scripted(Map<String, List<Outcome>> outcomes) {
        return (task, run, number) -> {
            List<Outcome> ofTask = outcomes.getOrDefault(task, List.of(Outcome.of("success")));
            return ofTask.get(Math.min(number, ofTask.size()) - 1);
        };
    }
}
