package workbook.check.script;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An action of a script: a batch or a restart.
 *
 * @param in the input rows as written in the script, by the name of the input; null for a restart
 * @param sinkFails whether the sink fails once in this batch
 * @param expected the script's expectations
 */
public record Action(Map<String, List<?>> in, boolean sinkFails, Expected expected) {

    static final Action RESTART = new Action(null, false, Expected.ANYTHING);

    static Action batch() {
        return new Action(Map.of(), false, Expected.ANYTHING);
    }

    boolean isBatch() {
        return in != null;
    }

    Action with(String input, List<?> rows) {
        Map<String, List<?>> more = new LinkedHashMap<>(in);
        more.put(input, List.copyOf(rows));
        return new Action(more, sinkFails, expected);
    }

    Action sinkFailing() {
        return new Action(in, true, expected);
    }

    Action expecting(Expected expected) {
        return new Action(in, sinkFails, expected);
    }
}
