package workbook.check.script;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import workbook.kit.explain.NotReturned;
import workbook.kit.explain.PendingCall;

/**
 * Limits the time of a call of an answer. Scripts limit each of their batches; a step that calls the answer without a
 * script limits the call itself:
 *
 * <pre>{@code
 * CallLimit.run(() -> answer.consume(servers, topic, group, handled::add));
 * }</pre>
 *
 * <p>The call runs on a thread of its own, which is interrupted at the limit, and left behind if it ignores that. A call
 * is only given up while code of the answer is running. On a busy machine it has six times as long, unless this JVM
 * waits or has used that much processor time. With a debugger there is no limit.
 */
public final class CallLimit {

    /** Twenty seconds, or a sixth of {@code -Dseconds=…}, the time limit of a checkpoint. */
    public static final Duration DEFAULT = Duration.ofSeconds(Long.getLong("seconds", 120) / 6);

    /** The part of a core that this JVM uses at most while it only waits, also for a broker of its own. */
    private static final double WAITING = 0.05;

    private static final int CHECKS = 4;
    private static final int BUSY_FACTOR = 6;
    private static final long MILLIS_TO_END = 2_000;
    private static final boolean IS_DEBUGGED = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .anyMatch(option -> option.contains("jdwp"));

    private static final Set<Thread> LEFT_BEHIND = ConcurrentHashMap.newKeySet();

    private CallLimit() {}

    /**
     * Runs a call within the default limit.
     *
     * @throws NotReturned if the call does not return
     */
    public static void run(Recorder.Step call) {
        call(() -> {
            try {
                call.run();
                return null;
            } catch (Throwable thrown) {
                throw SneakyThrow.of(thrown);
            }
        });
    }

    /** As {@link #run}, with a result. */
    public static <T> T call(Callable<T> call) {
        return call(DEFAULT, call);
    }

    /**
     * Runs a call within another limit.
     *
     * @throws NotReturned if the call does not return
     */
    public static <T> T call(Duration limit, Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(task, PendingCall.CALLING);
        thread.setDaemon(true);
        thread.start();
        try {
            return result(task, thread, limit);
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the answer.", e);
        }
    }

    /** Whether a call that was given up is still running: this JVM cannot check other answers reliably. */
    public static boolean hasRunningCalls() {
        LEFT_BEHIND.removeIf(thread -> !thread.isAlive());
        return !LEFT_BEHIND.isEmpty();
    }

    private static <T> T result(FutureTask<T> task, Thread thread, Duration limit) throws InterruptedException {
        long interval = Math.max(1_000_000, limit.toNanos() / CHECKS);
        long begin = System.nanoTime();
        long cpuAtBegin = cpuNanos();
        while (true) {
            long cpuBefore = cpuNanos();
            try {
                return task.get(interval, TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                throw SneakyThrow.of(e.getCause());
            } catch (TimeoutException e) {
                long cpu = cpuNanos();
                boolean waits = cpu - cpuBefore < interval * WAITING;
                boolean works = cpu - cpuAtBegin >= limit.toNanos();
                long patience = limit.toNanos() * (waits || works ? 1 : BUSY_FACTOR);
                if (!IS_DEBUGGED && System.nanoTime() - begin >= patience) {
                    giveUpIfAnswerRuns(thread, limit);
                }
            }
        }
    }

    private static void giveUpIfAnswerRuns(Thread thread, Duration limit) throws InterruptedException {
        Optional<PendingCall> pending = PendingCall.in(threads());
        if (pending.isPresent()) {
            giveUp(thread);
            throw new NotReturned(limit, pending.get());
        }
    }

    /** The processor time that this JVM has used. */
    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** The threads, without those of calls that were given up before. */
    private static Map<Thread, StackTraceElement[]> threads() {
        Map<Thread, StackTraceElement[]> threads = new HashMap<>(Thread.getAllStackTraces());
        threads.keySet().removeAll(LEFT_BEHIND);
        return threads;
    }

    private static void giveUp(Thread thread) throws InterruptedException {
        thread.interrupt();
        thread.join(MILLIS_TO_END);
        if (thread.isAlive()) {
            LEFT_BEHIND.add(thread);
        }
    }
}
