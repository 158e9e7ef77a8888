package workbook.kit.explain;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import jdk.jshell.execution.RemoteExecutionControl;
import jdk.jshell.execution.Util;
import jdk.jshell.spi.SPIResolutionException;

/** The JVM in which JShell runs its input: what a snippet throws is explained. */
public final class ShellAgent extends RemoteExecutionControl {

    private static final LearnersCode INPUT = new LearnersCode("the input", frame -> false);

    /**
     * Connects to JShell.
     *
     * @param args JShell's port on this machine
     */
    public static void main(String[] args) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]))) {
            Map<String, Consumer<OutputStream>> outputs =
                    Map.of("out", out -> System.setOut(printing(out)), "err", err -> System.setErr(printing(err)));
            Map<String, Consumer<InputStream>> inputs = Map.of("in", System::setIn);
            Util.forwardExecutionControlAndIO(
                    new ShellAgent(), socket.getInputStream(), socket.getOutputStream(), outputs, inputs);
        }
    }

    private static PrintStream printing(OutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    /** JShell prints the explanation in place of the message, and the frames of its input and of the lesson. */
    @Override
    protected String throwConvertedInvocationException(Throwable thrown) throws RunException, InternalException {
        if (thrown instanceof SPIResolutionException) { // a snippet refers to one that is not defined yet
            return super.throwConvertedInvocationException(thrown);
        }
        throw new UserException(
                Causes.explain(INPUT, thrown).toString(),
                thrown.getClass().getName(),
                Stream.of(thrown.getStackTrace())
                        .filter(frame -> frame.getClassName().matches("(REPL\\.|lesson\\d\\d\\.).*"))
                        .toArray(StackTraceElement[]::new));
    }
}
