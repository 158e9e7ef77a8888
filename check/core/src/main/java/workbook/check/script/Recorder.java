package workbook.check.script;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Records the {@link Trace} of every {@link Script} that the current thread runs.
 *
 * <pre>{@code
 * Recorder.Recording mine = Recorder.record(() -> checkpoint.aLateRowIsDropped(answer));
 * }</pre>
 */
public final class Recorder {

    private static final ThreadLocal<List<Trace>> OPEN = new ThreadLocal<>();

    private Recorder() {}

    /** The code of a checkpoint's step. */
    public interface Step {
        void run() throws Throwable;
    }

    /**
     * The recording of a step.
     *
     * @param traces of the scripts that ran, in order, including one that failed
     * @param thrown the exception of the step; null if it passed
     */
    public record Recording(List<Trace> traces, Throwable thrown) {

        /** Whether two steps had the same behaviour; durations do not matter. */
        public boolean sameBehaviour(Recording other) {
            return traces.size() == other.traces.size()
                    && IntStream.range(0, traces.size())
                            .allMatch(i -> traces.get(i).sameBehaviour(other.traces.get(i)));
        }
    }

    /** Runs and records a step, with its exception. The traces of a nested recording are not part of the outer one. */
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
