package workbook.check.script;

import java.util.List;

/**
 * A step of a script and what happened in it.
 *
 * @param batch its number; of a restart, that of the batch before
 * @param events at least one; the last is the step's own, before it a sink may have failed
 */
record ActionResult(int batch, Expected expected, List<Trace.Event> events) {

    /** Whether what was expected came out, and nothing else. */
    boolean holds() {
        return expected.holds(out(), end());
    }

    /** All that the sink received, or all that there is to see. */
    List<ScriptRow> out() {
        return events.stream().flatMap(event -> event.out().stream()).toList();
    }

    Trace.Event end() {
        return events.get(events.size() - 1);
    }

    boolean sinkFailed() {
        return events.size() > 1;
    }

    boolean isRestart() {
        return end().kind() == Trace.Kind.RESTART;
    }
}
