package workbook.check;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs one checkpoint from a program, silently, on the answer of its class path or on a given one. */
public final class Trial {

    /** A step waits for its query and the query for its tasks: more than two at a time would be in each other's way. */
    private static final Map<String, String> CONCURRENT = Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "2");

    private Trial() {}

    /** Judges the exercise's own class. */
    public static Judgement of(Class<?> checkpoint) {
        return of(checkpoint, Exercise.type(checkpoint));
    }

    /**
     * Judges a subclass of the exercise in its place.
     *
     * @throws IllegalStateException if the checkpoint itself failed, or has no step
     */
    public static Judgement of(Class<?> checkpoint, Class<?> subject) {
        return of(checkpoint, subject, step -> {});
    }

    /** The same, and each step's title is told when it begins. */
    static Judgement of(Class<?> checkpoint, Class<?> subject, Consumer<String> steps) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(checkpoint))
                .configurationParameter(Judge.SUBJECT, subject.getName())
                .configurationParameters(isConcurrent(checkpoint) ? CONCURRENT : Map.of())
                .build();
        Witness witness = new Witness(steps);
        launcher().execute(request, witness);
        if (witness.judgement == null) {
            throw new IllegalStateException("JUnit has not come to an end with " + checkpoint.getName() + ".");
        }
        return witness.judgement;
    }

    /** Stops Spark, so that the next trial's tasks find their classes through that trial's class loader. */
    public static void stopSpark() {
        SharedSpark.stop();
    }

    private static boolean isConcurrent(Class<?> checkpoint) {
        Execution execution = checkpoint.getAnnotation(Execution.class);
        return execution != null && execution.value() == ExecutionMode.CONCURRENT;
    }

    private static Launcher launcher() {
        return LauncherFactory.create(
                LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build());
    }

    private static final class Witness extends CheckpointListener {
        private final Consumer<String> steps;
        private final Set<String> running = new LinkedHashSet<>();
        private Judgement judgement;

        Witness(Consumer<String> steps) {
            this.steps = steps;
        }

        @Override
        public synchronized void executionStarted(TestIdentifier test) {
            super.executionStarted(test);
            if (test.isTest()) {
                running.add(test.getDisplayName());
                steps.accept(running.iterator().next());
            }
        }

        @Override
        public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
            super.executionFinished(test, result);
            if (running.remove(test.getDisplayName()) && !running.isEmpty()) {
                steps.accept(running.iterator().next());
            }
        }

        @Override
        void judged(Judgement judgement) {
            this.judgement = judgement;
        }

        @Override
        void unjudged(Exercise exercise, Throwable failure) {
            throw new IllegalStateException(
                    "The checkpoint of " + exercise + " itself failed, or has no step.", failure);
        }
    }
}
