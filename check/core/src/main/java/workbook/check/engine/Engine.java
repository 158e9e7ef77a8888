package workbook.check.engine;

/**
 * A stream engine that runs scripts. {@link Engines} finds the engines on the class path by
 * {@link java.util.ServiceLoader}; an engine is started only if a checkpoint needs it. Each engine has its own
 * implementations of {@code workbook.check.script.RunnableAnswer}.
 */
public interface Engine {

    /** The package of the classes that a checkpoint uses to run a script on this engine: {@code workbook.check.spark}. */
    String packageName();

    /** Starts what all scripts share, if it is not running. By default they share nothing. */
    default void start() {}

    /** Runs a sample script, so that the classes that most scripts need are loaded. */
    void warmUp();

    /** How often a worker that waits for its first request repeats {@link #warmUp}; more than that gains little. */
    default int idleWarmUps() {
        return 0;
    }

    /** Stops what all scripts share. The next script starts it again with the context class loader of that moment. */
    default void stop() {}
}
