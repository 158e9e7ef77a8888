package workbook.check.script;

import java.util.List;

/**
 * The result of an action.
 *
 * @param batch the number of the batch; of a restart, that of the previous batch
 * @param events at least one: the last is the action's own, which a failure of the sink may precede
 */
record ActionResult(int batch, Expected expected, List<Trace.Event> events) {

    /** Whether the result meets the expectations. */
    boolean holds() {
        return expected.holds(out(), end());
    }

    /** All rows that the sink received, or all output so far. */
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
