package workbook.check.process;

import workbook.check.verdict.CheckResult;

/** Receives what is known of a check before its end, on the thread that called the supervisor. */
public interface CheckListener {

    /** A listener that does nothing. */
    CheckListener NONE = new CheckListener() {};

    /** A step of the checkpoint has passed; {@code step} is its name. */
    default void passed(String step) {}

    /** The answer has failed; its diagnosis, which may take longer than the check, follows. */
    default void failed(CheckResult result) {}
}
