package workbook.capstone;

import java.util.ArrayDeque;
import java.util.Deque;

/** Closes resources in the reverse order of their opening: all of them, even if closing one fails. */
final class ClosingStack implements AutoCloseable {

    private final Deque<Runnable> closings = new ArrayDeque<>();

    /** Adds the action that closes a resource. It runs before those added earlier. */
    void add(Runnable closing) {
        closings.push(closing);
    }

    /** Closes all. Throws the first failure, with the others suppressed. */
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

    /** Closes all because of this failure, and adds failures of closing to it as suppressed. */
    void closeAfter(Throwable failure) {
        try {
            close();
        } catch (Throwable e) { // the first failure is the one to report
            failure.addSuppressed(e);
        }
    }
}
