package workbook.check.script;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a story tells next.
 *
 * @param in null for a restart, else the rows that come in together, as they were told, by the name of the input
 * @param sinkFails whether the sink fails once in this batch
 * @param expected what the story says of it
 */
public record Step(Map<String, List<?>> in, boolean sinkFails, Expected expected) {

    static final Step RESTART = new Step(null, false, Expected.ANYTHING);

    static Step batch() {
        return new Step(Map.of(), false, Expected.ANYTHING);
    }

    boolean isBatch() {
        return in != null;
    }

    Step with(String input, List<?> rows) {
        Map<String, List<?>> more = new LinkedHashMap<>(in);
        more.put(input, List.copyOf(rows));
        return new Step(more, sinkFails, expected);
    }

    Step sinkFailing() {
        return new Step(in, true, expected);
    }

    Step expecting(Expected expected) {
        return new Step(in, sinkFails, expected);
    }
}
