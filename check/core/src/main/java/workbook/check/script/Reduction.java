package workbook.check.script;

/**
 * Whether the current thread, and those that it starts, reduce the input of failed {@link RandomScript}s, which takes a run
 * for each try.
 */
public final class Reduction {

    /** Inherited, because calls of an answer run on threads of their own. */
    private static final InheritableThreadLocal<Boolean> OFF = new InheritableThreadLocal<>();

    private Reduction() {}

    /** Runs an action that compares failures and does not show them. */
    public static void without(Runnable action) {
        Boolean before = OFF.get();
        OFF.set(true);
        try {
            action.run();
        } finally {
            OFF.set(before);
        }
    }

    static boolean isOff() {
        return Boolean.TRUE.equals(OFF.get());
    }
}
