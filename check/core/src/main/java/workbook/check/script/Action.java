package workbook.check.script;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a script tells next.
 *
 * @param in null for a restart, else the rows that come in together, as they were told, by the name of the input
 * @param sinkFails whether the sink fails once in this batch
 * @param expected what the script says of it
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
