package workbook.check.checkpoint;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import workbook.check.catalog.Exercise;
import workbook.check.script.Reduction;
import workbook.check.verdict.CheckResult;

/** Runs one checkpoint from a program, without console output. */
public final class CheckpointRunner {

    private CheckpointRunner() {}

    /** Checks the exercise's own class. */
    public static CheckResult run(Class<?> checkpoint) {
        return run(checkpoint, Checkpoints.answerClass(checkpoint));
    }

    /**
     * Checks a subclass of the exercise in its place.
     *
     * @throws IllegalStateException if the checkpoint itself fails or has no steps
     */
    public static CheckResult run(Class<?> checkpoint, Class<?> answerClass) {
        return run(checkpoint, answerClass, StepListener.NONE);
    }

    /**
     * Checks a subclass of the exercise in its place.
     *
     * @param steps receives each step
     */
    public static CheckResult run(Class<?> checkpoint, Class<?> answerClass, StepListener steps) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(checkpoint))
                .configurationParameter(CheckpointExtension.ANSWER_CLASS, answerClass.getName())
                .build();
        Witness witness = new Witness(steps);
        launcher().execute(request, witness);
        if (witness.result == null) {
            throw new IllegalStateException("JUnit did not finish " + checkpoint.getName() + ".");
        }
        return witness.result;
    }

    /**
     * Checks the steps after one that failed, all of them, whether they fail or not. Random input is not reduced.
     *
     * @param step the name of the step that failed
     * @return the result of each step by its name, in order; SOLVED if it passed
     */
    public static Map<String, CheckResult> runAfter(Class<?> checkpoint, Class<?> answerClass, String step) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(checkpoint))
                .configurationParameter(CheckpointExtension.ANSWER_CLASS, answerClass.getName())
                .configurationParameter(CheckpointExtension.AFTER, step)
                .configurationParameter(TraceExtension.IS_OFF, "true")
                .build();
        StepResults results = new StepResults(Checkpoints.exercise(checkpoint));
        Reduction.without(() -> launcher().execute(request, results));
        return results.byStep;
    }

    /** Runs one step alone and returns whether it passes. Its traces are not written. */
    public static boolean passes(Class<?> checkpoint, Class<?> answerClass, String step) {
        PostDiscoveryFilter onlyThis = test ->
                FilterResult.includedIf(!test.isTest() || test.getDisplayName().equals(step));
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(checkpoint))
                .configurationParameter(CheckpointExtension.ANSWER_CLASS, answerClass.getName())
                .configurationParameter(TraceExtension.IS_OFF, "true")
                .filters(onlyThis)
                .build();
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        launcher().execute(request, summary);
        return summary.getSummary().getTestsSucceededCount() == 1;
    }

    private static Launcher launcher() {
        return LauncherFactory.create(LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .build());
    }

    private static final class Witness extends CheckpointListener {
        private final StepListener steps;
        private CheckResult result;

        Witness(StepListener steps) {
            this.steps = steps;
        }

        @Override
        public void executionStarted(TestIdentifier test) {
            super.executionStarted(test);
            if (test.isTest()) {
                steps.started(test.getDisplayName());
            }
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
                steps.passed(test.getDisplayName());
            }
            super.executionFinished(test, result);
        }

        @Override
        void checked(CheckResult result) {
            this.result = result;
        }

        @Override
        void notChecked(Exercise exercise, Throwable failure) {
            throw new IllegalStateException(
                    "The checkpoint of " + exercise + " itself failed, or has no steps.", failure);
        }
    }

    private static final class StepResults implements TestExecutionListener {
        private final Exercise exercise;
        private final Map<String, CheckResult> byStep = new LinkedHashMap<>();

        StepResults(Exercise exercise) {
            this.exercise = exercise;
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult execution) {
            if (test.isTest()) {
                byStep.put(
                        test.getDisplayName(),
                        execution
                                .getThrowable()
                                .map(thrown -> result(test.getDisplayName(), thrown))
                                .orElseGet(() -> CheckResult.solved(exercise)));
            }
        }

        private CheckResult result(String step, Throwable thrown) {
            return thrown instanceof CheckFailure failure
                    ? failure.result()
                    : CheckResult.wrong(exercise, step, thrown.toString());
        }
    }
}
