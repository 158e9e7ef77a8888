package workbook.check.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
import workbook.check.diagnose.Diagnoser;
import workbook.check.engine.Engine;
import workbook.check.engine.Engines;
import workbook.check.script.Seed;
import workbook.check.verdict.CheckResult;

/**
 * Judges answers in a JVM of its own, so that one that loops, exits or eats its memory takes nobody with it. It does
 * what its {@link Supervisor} asks, one checkpoint after the other on engines that stay warm, and ends with it.
 */
final class Worker {

    /** The thread an answer runs on. */
    static final String CHECKING = "checking";

    private static final long SECONDS_TO_LEAVE = 5;

    private final Channel supervisor;
    private final String mark;
    private final OutputStream console = new FileOutputStream(FileDescriptor.err); // where System.out goes as well
    private volatile Exercise exercise;
    private volatile String step;
    private volatile boolean diagnosisIsSkipped;
    private boolean owesReply;

    private Worker(Channel supervisor, String mark) {
        this.supervisor = supervisor;
        this.mark = mark;
    }

    /**
     * Started by {@link WorkerProcess} with the supervisor's port, the line that ends a checkpoint's output, and the packages
     * of the engines to warm up.
     */
    public static void main(String[] args) {
        // Nobody waits for it any more, whatever it is at, its warming up or an end that hangs.
        ProcessHandle.current()
                .parent()
                .ifPresent(supervisor -> supervisor.onExit().thenRun(Worker::leave));
        Engines.in(List.of(args).subList(2, args.length)).forEach(Engine::warmUp);
        try {
            Worker worker = new Worker(Channel.to(Integer.parseInt(args[0])), args[1]);
            Runtime.getRuntime().addShutdownHook(new Thread(worker::exiting));
            worker.work();
        } catch (IOException e) {
            // nobody listens any more, or ever did
        }
        leave();
    }

    /** Listens until the supervisor has ended, also while an answer is being judged. */
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

    /** A supervisor that was killed may reset the connection: that, too, is its end. */
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
            reply(answer);
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
        Engines.of(checkpoint).forEach(Engine::start); // which is not the answer's time
        FutureTask<CheckResult> task = new FutureTask<>(
                () -> surroundings.of(() -> CheckpointRunner.run(checkpoint, answerClass, title -> step = title)));
        thread(CHECKING, task).start();
        CheckResult result = task.get(request.milliseconds(), TimeUnit.MILLISECONDS);
        if (answerClass != Checkpoints.answerClass(checkpoint)
                || !result.verdict().isFailure()) {
            return Reply.of(result);
        }
        reply(Reply.of(result).andMore());
        return diagnosed(checkpoint, result, request);
    }

    /** What is around a trial. */
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

    /** The result with what is known of the mistake. Where that takes too long, the mistake stays without a name. */
    private Reply diagnosed(Class<?> checkpoint, CheckResult result, Request request)
            throws InterruptedException, ExecutionException {
        FutureTask<CheckResult> task =
                new FutureTask<>(() -> Diagnoser.diagnose(checkpoint, result, () -> !diagnosisIsSkipped)
                        .map(Diagnoser::diagnosis)
                        .map(result::with)
                        .orElse(result));
        thread("diagnosing", task).start();
        try {
            return Reply.of(task.get(request.milliseconds(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Reply.of(result).last();
        }
    }

    /** A shutdown hook: where nobody asked this JVM to end, the learner's code did. */
    private void exiting() {
        if (exercise != null) {
            reply(InterruptedRun.exited(exercise, Thread.getAllStackTraces()));
        }
    }

    private synchronized void expectReply() {
        owesReply = true;
    }

    /** Of the code's end and the JVM's, the first counts. */
    private synchronized void reply(Reply answer) {
        if (!owesReply) {
            return;
        }
        owesReply = answer.hasMore();
        endOutput();
        try {
            supervisor.send(answer);
        } catch (IOException e) {
            // nobody listens any more, which ends this JVM: see work()
        }
    }

    /** Tells whoever reads what is printed here that the checkpoint's part of it is over. */
    private void endOutput() {
        System.out.flush();
        System.err.flush();
        try {
            console.write(("\n" + mark + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // the learner's code has closed System.err: the supervisor waits for the mark a while, and goes on
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

    /** Ends this JVM: in order, and if the learner's code is in the way, all the same. */
    private static void leave() {
        thread("leaving", () -> System.exit(0)).start();
        try {
            TimeUnit.SECONDS.sleep(SECONDS_TO_LEAVE);
        } catch (InterruptedException e) {
            // then at once
        }
        Runtime.getRuntime().halt(0);
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
