package workbook.capstone;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was opened one after the other, to be closed in the opposite order: all of it, whatever fails meanwhile. */
final class ClosingStack implements AutoCloseable {

    private final Deque<Runnable> closings = new ArrayDeque<>();

    /** Something was opened. This closes it, before all that was opened earlier. */
    void add(Runnable closing) {
        closings.push(closing);
    }

    /** Closes all. The first that fails tells so at the end, with the other failures suppressed. */
    @Override
    public void close() {
        Runnable last = closings.poll();
        if (last != null) {
            ClosingStack earlier = this;
            try (earlier) {
                last.run();
            }
        }
    }

    /** Closes all because of this failure. What fails meanwhile is suppressed by it. */
    void closeAfter(Throwable failure) {
        try {
            close();
        } catch (Throwable e) { // whatever it is: the failure before it is the one to tell
            failure.addSuppressed(e);
        }
    }
}
