package workbook.check.script;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What happened in a run of a {@link Script}.
 *
 * @param title the script's, may be empty
 * @param mode the output mode: append, update or complete; empty if the answer is not a query
 * @param inputs the names of the inputs, in the script's order, and of their columns
 * @param columns the names of the output columns, in the script's order; if they are not as expected, those of the answer,
 *     and nothing was run
 * @param events what happened, in order
 * @param thrown null if the script ran to its end, else what ended it: Spark's error condition, such as
 *     {@code DIVIDE_BY_ZERO}, or the name of the exception's class
 */
public record Trace(
        String title,
        String mode,
        Map<String, List<String>> inputs,
        List<String> columns,
        List<Event> events,
        String thrown) {

    /** The kind of an event. */
    public enum Kind {
        /** The query processed a batch. */
        BATCH,
        /** The query was restarted from its checkpoint. */
        RESTART,
        /** The sink wrote a batch and then threw, and the query was restarted; the batch follows again. */
        SINK_FAILURE
    }

    /**
     * An event. Spark's no-data batches, which close windows and fire timers, belong to the batch of the script that
     * caused them.
     *
     * @param batch the number of the batch in the script, from 1; of a restart, that of the previous batch
     * @param in the input rows by the name of the input; only inputs with rows
     * @param out the output rows, in Spark's order; for a sink or a listener of the answer's own, or a job, all output so
     *     far
     * @param ordered whether the script expects an order of the output rows
     * @param watermark the event-time watermark after the event, which applies to the next batch; null if there is none
     * @param state the number of rows in all state stores after the event
     * @param dropped the number of late rows that stateful operators dropped
     * @param observed other values that the script looked up, by name; see {@link Script#expects}
     * @param millis the processing time of Spark or of the job in milliseconds
     */
    public record Event(
            Kind kind,
            int batch,
            Map<String, List<ScriptRow>> in,
            List<ScriptRow> out,
            boolean ordered,
            Instant watermark,
            long state,
            long dropped,
            Map<String, Object> observed,
            long millis) {

        static Event restart(int batch) {
            return new Event(Kind.RESTART, batch, Map.of(), List.of(), false, null, 0, 0, Map.of(), 0);
        }

        static Event sinkFailure(int batch, Map<String, List<ScriptRow>> in, List<ScriptRow> written) {
            return new Event(Kind.SINK_FAILURE, batch, in, written, false, null, 0, 0, Map.of(), 0);
        }

        /** Whether the events are equal, except for durations and, unless the script expects one, the order of rows. */
        public boolean sameBehaviour(Event other) {
            return kind == other.kind
                    && batch == other.batch
                    && Objects.equals(watermark, other.watermark)
                    && state == other.state
                    && dropped == other.dropped
                    && observed.equals(other.observed)
                    && sameInput(other)
                    && sameOutput(other);
        }

        private boolean sameInput(Event other) {
            return in.keySet().equals(other.in.keySet())
                    && in.keySet().stream().allMatch(name -> same(in.get(name), other.in.get(name), false));
        }

        private boolean sameOutput(Event other) {
            return same(out, other.out, ordered);
        }
    }

    /** Whether two answers had the same behaviour in the same script; durations do not matter. */
    public boolean sameBehaviour(Trace other) {
        return mode.equals(other.mode)
                && columns.equals(other.columns)
                && Objects.equals(thrown, other.thrown)
                && events.size() == other.events.size()
                && IntStream.range(0, events.size()).allMatch(i -> events.get(i).sameBehaviour(other.events.get(i)));
    }

    /** Whether the rows are the same, in any order unless {@code ordered}. */
    static boolean same(List<ScriptRow> some, List<ScriptRow> others, boolean ordered) {
        Times times = new Times(true);
        return (ordered ? Comparison.inOrder(some, others, times) : Comparison.inAnyOrder(some, others, times))
                .isEqual();
    }
}
