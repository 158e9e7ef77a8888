package workbook.figures;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import workbook.check.script.ScriptRow;
import workbook.check.script.Trace;

/**
 * An input row.
 *
 * @param event the index of its event in the trace, from 0
 * @param place its position among the rows of the event
 * @param columns the names of its values
 */
record Arrival(int event, String input, int place, int of, List<String> columns, ScriptRow row) {

    /** All input rows of a trace, in order. */
    static List<Arrival> of(Trace trace) {
        List<Arrival> all = new ArrayList<>();
        for (int event = 0; event < trace.events().size(); event++) {
            Map<String, List<ScriptRow>> in = trace.events().get(event).in();
            int of = in.values().stream().mapToInt(List::size).sum();
            int place = 0;
            for (String input : trace.inputs().keySet()) {
                for (ScriptRow row : in.getOrDefault(input, List.of())) {
                    all.add(new Arrival(
                            event, input, place++, of, trace.inputs().get(input), row));
                }
            }
        }
        return all;
    }

    /** The event time, which some senders write as text. */
    Instant time() {
        return row.get(columns.indexOf("time")) instanceof Instant time ? time : Instant.parse(text("time"));
    }

    String text(String column) {
        return String.valueOf(row.get(columns.indexOf(column)));
    }
}
