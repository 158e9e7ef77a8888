package workbook.check.script;

/** Whether the current thread reduces the input of failed {@link RandomScript}s, which takes a run for each try. */
public final class Reduction {

    private static final ThreadLocal<Boolean> OFF = ThreadLocal.withInitial(() -> false);

    private Reduction() {}

    /** Runs an action that compares failures and does not show them. */
    public static void without(Runnable action) {
        boolean before = OFF.get();
        OFF.set(true);
        try {
            action.run();
        } finally {
            OFF.set(before);
        }
    }

    static boolean isOff() {
        return OFF.get();
    }
}
