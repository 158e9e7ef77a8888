package workbook.check.script;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What happened when a {@link Script} was played, as far as it got.
 *
 * @param title the script's, possibly empty
 * @param mode the output mode: append, update or complete; empty where the answer was no query
 * @param inputs the names of the inputs, in the script's order, and of each one's columns
 * @param columns the names of the columns that came out, in the script's order; where the answer put out other columns
 *     than asked for, those, and nothing was played
 * @param events what happened, in order
 * @param thrown null if the script was played to its end, else what ended it: the condition that Spark names, such as
 *     {@code DIVIDE_BY_ZERO}, or the name of the exception's class
 */
public record Trace(
        String title,
        String mode,
        Map<String, List<String>> inputs,
        List<String> columns,
        List<Event> events,
        String thrown) {

    /** What an event is. */
    public enum Kind {
        /** Rows went in and the query dealt with them. */
        BATCH,
        /** The query was stopped and started again from its checkpoint. */
        RESTART,
        /** The sink wrote a batch and then threw, and the query was started again; the batch follows once more. */
        SINK_FAILURE
    }

    /**
     * One event. Spark's own batches without data, by which it closes windows and runs timers, belong to the batch of the
     * script that caused them.
     *
     * @param batch the number of the batch in the script, from 1; after a restart, of the last one before it
     * @param in the rows that went in, by the name of the input; only inputs that got rows
     * @param out the rows that came out, in Spark's order; where the answer had a sink of its own, spoke as a listener or
     *     was a job, all that was to be seen after the event
     * @param ordered whether the script asks for an order of the rows that came out
     * @param watermark the event-time watermark after the event, which is the one that the next batch will see; null
     *     where there is none yet
     * @param state the rows in all state stores after the event
     * @param dropped how many rows came behind the watermark and were dropped by an operator that keeps state
     * @param observed what the script looked for besides, by its name; see {@link Script#expects}
     * @param millis how long Spark, or the job, worked on it, in milliseconds
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

        /** Whether the same happened: durations do not matter, nor the order of rows unless the script asks for it. */
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

    /** Whether two answers did the same in the same script; durations do not matter. */
    public boolean sameBehaviour(Trace other) {
        return mode.equals(other.mode)
                && columns.equals(other.columns)
                && Objects.equals(thrown, other.thrown)
                && events.size() == other.events.size()
                && IntStream.range(0, events.size()).allMatch(i -> events.get(i).sameBehaviour(other.events.get(i)));
    }

    /** Whether these are the same rows, in any order unless it matters. */
    static boolean same(List<ScriptRow> some, List<ScriptRow> others, boolean ordered) {
        Times times = new Times(true);
        return (ordered ? Comparison.inOrder(some, others, times) : Comparison.inAnyOrder(some, others, times))
                .isEqual();
    }
}
