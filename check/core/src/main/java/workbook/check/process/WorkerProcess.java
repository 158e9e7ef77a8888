package workbook.check.process;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import workbook.check.catalog.Exercise;
import workbook.kit.Jvm;
import workbook.kit.Scratch;

/** The process of a {@link Worker}, as the supervisor sees it. */
final class WorkerProcess {

    /** The time limits of a worker's start, and of its reply after a checkpoint's own limit. */
    private static final Duration START = Duration.ofMinutes(2);

    private static final Duration GRACE = Duration.ofSeconds(15);

    /** The options that a worker does not inherit, because it has a class archive of its own. */
    private static final List<String> OF_ITS_ARCHIVE = List.of("-XX:SharedArchiveFile", "-Xlog:cds");

    private final Limits limits;
    private final Process process;
    private final WorkerOutput output;
    private final ServerSocket server;
    private Channel channel;

    private WorkerProcess(Limits limits, WorkerJvm jvm, boolean isSpare, PrintStream console) throws IOException {
        String mark = UUID.randomUUID().toString();
        this.limits = limits;
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        // For Spark's files and native libraries: a killed worker does not delete them.
        Path temporary = Scratch.folder("worker-");
        process = new ProcessBuilder(command(jvm, limits, temporary, server.getLocalPort(), mark, isSpare))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        process.onExit().thenRun(() -> Scratch.delete(temporary));
        process.onExit().thenRun(this::stopListening); // so that accept() ends if the worker does not start
        output = WorkerOutput.of(process.getInputStream(), mark, limits.lines(), console);
    }

    /** Starts a worker and returns without waiting for it. */
    static WorkerProcess start(Limits limits, WorkerJvm jvm, PrintStream console) {
        return start(limits, jvm, false, console);
    }

    /** As {@link #start}, for a worker that waits while another one checks, and leaves the processor to it. */
    static WorkerProcess startSpare(Limits limits, WorkerJvm jvm, PrintStream console) {
        return start(limits, jvm, true, console);
    }

    private static WorkerProcess start(Limits limits, WorkerJvm jvm, boolean isSpare, PrintStream console) {
        try {
            return new WorkerProcess(limits, jvm, isSpare, console);
        } catch (IOException e) {
            throw new UncheckedIOException("The worker's JVM could not be started: " + e.getMessage(), e);
        }
    }

    /**
     * Sends a request and waits for the last reply. If the worker does not reply, the result states the reason; after an
     * early reply, its verdict stays.
     *
     * @param early receives a reply that another one follows
     */
    Reply ask(Exercise exercise, Request request, Consumer<Reply> early) {
        connect();
        Reply known = null;
        try {
            output.begin();
            channel.send(request);
            Optional<Reply> reply = receive(request);
            while (reply.isPresent() && reply.get().hasMore()) {
                known = Reply.of(reply.get().result()).last();
                early.accept(reply.get());
                reply = receive(request);
            }
            if (reply.isPresent()) {
                return reply.get();
            }
            return known == null ? lostWorkerReply(exercise) : known;
        } catch (SocketTimeoutException e) {
            return known == null
                    ? InterruptedRun.timedOut(exercise, Optional.empty(), request.milliseconds(), Map.of())
                    : known;
        } catch (IOException e) {
            return known == null ? lostWorkerReply(exercise) : known;
        }
    }

    /** Ends a running diagnosis. */
    void skipDiagnosis() {
        try {
            channel.send(Request.skipDiagnosis());
        } catch (IOException e) {
            // the worker has ended, which ask() reports
        }
    }

    private Optional<Reply> receive(Request request) throws IOException {
        Optional<Reply> reply = channel.receive(Reply.class, GRACE.plusMillis(request.milliseconds()));
        reply.filter(given -> !given.isOfAStep()).ifPresent(given -> output.awaitEnd());
        return reply;
    }

    /** Closes the connection, after which the worker ends by itself. */
    void release() {
        stopListening();
        close(channel);
    }

    /** Kills the worker and its child processes, and waits until it has ended. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
        release();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    private void connect() {
        if (channel != null) {
            return;
        }
        try {
            server.setSoTimeout(Math.toIntExact(START.toMillis()));
            channel = new Channel(server.accept());
            output.awaitEnd();
        } catch (IOException e) {
            kill();
            output.awaitEnd();
            throw new IllegalStateException("The worker's JVM did not start. Its output:\n" + output.start(), e);
        } finally {
            stopListening();
        }
    }

    /** The reply if the worker ended during a checkpoint. */
    private Reply lostWorkerReply(Exercise exercise) {
        process.onExit()
                .completeOnTimeout(process, GRACE.toSeconds(), TimeUnit.SECONDS)
                .join();
        kill();
        output.awaitEnd();
        return output.isOutOfMemory()
                ? InterruptedRun.outOfMemory(exercise, limits.megabytes())
                : InterruptedRun.jvmEnded(exercise, process.exitValue());
    }

    private void stopListening() {
        close(server);
    }

    private static void close(Closeable open) {
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            // it is closed nevertheless
        }
    }

    private static List<String> command(
            WorkerJvm jvm, Limits limits, Path temporary, int port, String mark, boolean isSpare) {
        List<String> command = new ArrayList<>(List.of(Jvm.java()));
        command.addAll(ClassArchive.arguments(jvm, options(jvm, limits)));
        command.add("-Dseconds=" + limits.time().toSeconds());
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(List.of(Worker.class.getName(), String.valueOf(port), mark, String.valueOf(isSpare)));
        command.addAll(jvm.packages());
        return command;
    }

    /** The options that the class path needs, and those of the worker. */
    private static List<String> options(WorkerJvm jvm, Limits limits) {
        Stream<String> inherited =
                jvm.options().stream().filter(option -> OF_ITS_ARCHIVE.stream().noneMatch(option::startsWith));
        Stream<String> own = Stream.of(
                "-Xmx" + limits.megabytes() + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8");
        return Stream.concat(inherited, own).toList();
    }
}
