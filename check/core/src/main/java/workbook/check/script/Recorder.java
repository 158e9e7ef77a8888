package workbook.check.script;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Keeps the {@link Trace} of every {@link Script} that the current thread plays while it records.
 *
 * <pre>{@code
 * Recorder.Recording mine = Recorder.record(() -> checkpoint.aLateRowIsDropped(answer));
 * }</pre>
 */
public final class Recorder {

    private static final ThreadLocal<List<Trace>> OPEN = new ThreadLocal<>();

    private Recorder() {}

    /** Something that plays scripts. */
    public interface Step {
        void run() throws Throwable;
    }

    /**
     * What a step did.
     *
     * @param traces of the scripts it played, in order; of one that failed too
     * @param thrown how it ended; null where it held
     */
    public record Recording(List<Trace> traces, Throwable thrown) {

        /** Whether two steps did the same; durations do not matter. */
        public boolean sameBehaviour(Recording other) {
            return traces.size() == other.traces.size()
                    && IntStream.range(0, traces.size())
                            .allMatch(i -> traces.get(i).sameBehaviour(other.traces.get(i)));
        }
    }

    /** Runs a step; what it throws is in the recording. A recording within another one keeps its traces to itself. */
    public static Recording record(Step step) {
        List<Trace> before = OPEN.get();
        List<Trace> traces = new ArrayList<>();
        OPEN.set(traces);
        try {
            step.run();
            return new Recording(List.copyOf(traces), null);
        } catch (Throwable thrown) {
            return new Recording(List.copyOf(traces), thrown);
        } finally {
            OPEN.set(before);
        }
    }

    static void add(Trace trace) {
        if (OPEN.get() != null) {
            OPEN.get().add(trace);
        }
    }
}
