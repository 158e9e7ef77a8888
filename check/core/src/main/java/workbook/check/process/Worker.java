package workbook.check.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import workbook.check.catalog.Exercise;
import workbook.check.checkpoint.CheckpointRunner;
import workbook.check.checkpoint.Checkpoints;
import workbook.check.checkpoint.ChildFirstClassLoader;
import workbook.check.checkpoint.StepListener;
import workbook.check.diagnose.Diagnoser;
import workbook.check.engine.Engine;
import workbook.check.engine.Engines;
import workbook.check.script.CallLimit;
import workbook.check.script.Seed;
import workbook.check.verdict.CheckResult;
import workbook.kit.explain.PendingCall;

/**
 * Checks answers in a JVM of its own, so that an answer that loops, exits or runs out of memory affects only this JVM. It
 * processes the requests of its {@link Supervisor} one after the other, on engines that keep running, and ends with it.
 */
final class Worker {

    private static final long SECONDS_TO_LEAVE = 5;
    /** How long a diagnosis that was skipped may take to end. */
    private static final long SKIPPED_DIAGNOSIS_MILLIS = 5_000;

    private static final long DIAGNOSIS_SLICE_MILLIS = 100;

    private final Channel supervisor;
    private final String mark;
    private final IdleWarmUp warmUp;
    private final OutputStream console = new FileOutputStream(FileDescriptor.err); // the same as that of System.out
    private volatile Exercise exercise;
    private volatile String step;
    private volatile boolean diagnosisIsSkipped;
    private volatile CheckResult known;
    private boolean owesReply;

    private Worker(Channel supervisor, String mark, IdleWarmUp warmUp) {
        this.supervisor = supervisor;
        this.mark = mark;
        this.warmUp = warmUp;
    }

    /**
     * Started by {@link WorkerProcess}. The arguments are the supervisor's port, the line that ends a checkpoint's output,
     * whether this is a spare worker, and the packages of the engines to warm up.
     */
    public static void main(String[] args) {
        // Without the supervisor this JVM ends, even during warm-up or a shutdown that hangs.
        ProcessHandle.current()
                .parent()
                .ifPresent(supervisor -> supervisor.onExit().thenRun(Worker::leave));
        List<Engine> engines = Engines.in(List.of(args).subList(3, args.length));
        boolean isSpare = Boolean.parseBoolean(args[2]);
        engines.forEach(Engine::warmUp);
        try {
            Channel supervisor = Channel.to(Integer.parseInt(args[0]));
            Worker worker = new Worker(supervisor, args[1], IdleWarmUp.start(isSpare ? List.of() : engines));
            Runtime.getRuntime().addShutdownHook(new Thread(worker::exiting));
            worker.work();
        } catch (IOException e) {
            // the supervisor has ended, or is not there
        }
        leave();
    }

    /** Receives requests until the supervisor has ended, also while an answer is being checked. */
    private void work() {
        endOutput();
        for (Optional<Request> next = next(); next.isPresent(); next = next()) {
            Request request = next.get();
            diagnosisIsSkipped = request.isSkipDiagnosis();
            if (!request.isSkipDiagnosis()) {
                expectReply();
                thread("watching", () -> answer(request)).start();
            }
        }
    }

    /** The next request; empty if the supervisor has ended, which may reset the connection. */
    private Optional<Request> next() {
        try {
            return supervisor.receive(Request.class);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void answer(Request request) {
        Reply answer = answerTo(request);
        if (!isExiting()) {
            reply(CallLimit.hasRunningCalls() ? answer.last() : answer);
        }
    }

    private Reply answerTo(Request request) {
        new Seed(request.seed()).use();
        try {
            if (request.places().isEmpty()) {
                return answerTo(request, Worker.class.getClassLoader(), Callable::call);
            }
            try (ChildFirstClassLoader classes = new ChildFirstClassLoader(urls(request.places()))) {
                return answerTo(request, classes, trial -> classes.asContextClassLoader(trial::call));
            }
        } catch (TimeoutException e) {
            return InterruptedRun.timedOut(
                    exercise, Optional.ofNullable(step), request.milliseconds(), Thread.getAllStackTraces());
        } catch (ExecutionException e) {
            return Reply.failed(e.getCause());
        } catch (ReflectiveOperationException | LinkageError | InterruptedException | IOException e) {
            return Reply.failed(e);
        }
    }

    private Reply answerTo(Request request, ClassLoader classes, Surroundings surroundings)
            throws ReflectiveOperationException, InterruptedException, ExecutionException, TimeoutException {
        Class<?> checkpoint = Class.forName(request.checkpoint(), true, classes);
        Class<?> answerClass = Class.forName(request.answerClass(), true, classes);
        exercise = Checkpoints.exercise(checkpoint);
        step = null;
        warmUp.stop();
        Engines.of(checkpoint).forEach(Engine::start); // before the answer's time starts
        FutureTask<CheckResult> task = new FutureTask<>(
                () -> surroundings.of(() -> CheckpointRunner.run(checkpoint, answerClass, new Steps())));
        thread(PendingCall.CALLING, task).start();
        CheckResult result = task.get(request.milliseconds(), TimeUnit.MILLISECONDS);
        if (!request.diagnosed()
                || answerClass != Checkpoints.answerClass(checkpoint)
                || !result.verdict().isFailure()) {
            return Reply.of(result);
        }
        reply(Reply.of(result).andMore());
        return diagnosed(checkpoint, result, request);
    }

    /** Tells the supervisor which steps have passed. */
    private final class Steps implements StepListener {
        @Override
        public void started(String title) {
            step = title;
        }

        @Override
        public void passed(String title) {
            send(Reply.passed(title));
        }
    }

    /** Runs a checkpoint in the right context class loader. */
    private interface Surroundings {
        CheckResult of(Callable<CheckResult> trial) throws Exception;
    }

    private static URL[] urls(List<String> places) throws MalformedURLException {
        URL[] urls = new URL[places.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = new URL(places.get(i));
        }
        return urls;
    }

    /**
     * The result with its diagnosis; without one if that takes too long, or is skipped while a step does not end. The
     * answer's later steps run again, but their output is not shown.
     */
    private Reply diagnosed(Class<?> checkpoint, CheckResult result, Request request)
            throws InterruptedException, ExecutionException {
        known = result;
        FutureTask<CheckResult> task =
                new FutureTask<>(() -> Diagnoser.explained(checkpoint, result, () -> !diagnosisIsSkipped));
        PrintStream out = System.out;
        PrintStream err = System.err;
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
        try {
            thread("diagnosing", task).start();
            return awaitDiagnosis(task, request)
                    .map(Reply::of)
                    .orElseGet(() -> Reply.of(result).last());
        } finally {
            System.setOut(out);
            System.setErr(err);
            known = null;
        }
    }

    private Optional<CheckResult> awaitDiagnosis(FutureTask<CheckResult> task, Request request)
            throws InterruptedException, ExecutionException {
        long left = request.milliseconds();
        while (left > 0) {
            long slice = Math.min(left, DIAGNOSIS_SLICE_MILLIS);
            try {
                return Optional.of(task.get(slice, TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                left = diagnosisIsSkipped ? Math.min(left, SKIPPED_DIAGNOSIS_MILLIS) - slice : left - slice;
            }
        }
        return Optional.empty();
    }

    /** A shutdown hook: during a check, only the learner's code can have exited this JVM. */
    private void exiting() {
        if (known != null) {
            reply(Reply.of(known).last());
        } else if (exercise != null) {
            reply(InterruptedRun.exited(exercise, Thread.getAllStackTraces()));
        }
    }

    private synchronized void expectReply() {
        owesReply = true;
    }

    /** Sends the reply, unless one was sent: the code and the shutdown hook may both reply. */
    private synchronized void reply(Reply answer) {
        if (owesReply) {
            endOutput();
            send(answer);
        }
    }

    /** As {@link #reply}, without the end of the output. */
    private synchronized void send(Reply answer) {
        if (!owesReply) {
            return;
        }
        owesReply = answer.hasMore();
        try {
            supervisor.send(answer);
        } catch (IOException e) {
            // the supervisor has ended, and so will this JVM: see work()
        }
    }

    /** Prints the mark that ends the checkpoint's output. */
    private void endOutput() {
        System.out.flush();
        System.err.flush();
        try {
            console.write(("\n" + mark + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // the learner's code has closed System.err: the supervisor stops waiting for the mark after a timeout
        }
    }

    private static boolean isExiting() {
        try {
            Thread hook = new Thread(() -> {});
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    /** Exits this JVM, and halts it if the learner's code blocks the shutdown. */
    private static void leave() {
        thread("leaving", () -> System.exit(0)).start();
        try {
            TimeUnit.SECONDS.sleep(SECONDS_TO_LEAVE);
        } catch (InterruptedException e) {
            // halt immediately
        }
        Runtime.getRuntime().halt(0);
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
