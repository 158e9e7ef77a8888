package workbook.kit.explain;

import java.time.Duration;

/** Thrown in place of a call of an answer that does not return. */
public final class NotReturned extends RuntimeException {

    private final transient PendingCall call;

    /**
     * @param limit how long the call was waited for
     * @param call where the answer's code is
     */
    public NotReturned(Duration limit, PendingCall call) {
        super("The call has not returned after " + limit.toSeconds() + " s. " + call
                + (call.method().isEmpty() ? " Does it loop?" : ""));
        this.call = call;
    }

    /** The line in the exercise's file; empty if the code is in another file. */
    String place(LearnersCode code) {
        return code.isAt(call.at()) ? ", line " + call.at().getLineNumber() : "";
    }
}
