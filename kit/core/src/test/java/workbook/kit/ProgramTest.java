package workbook.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import lesson00.FailingProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

class ProgramTest {

    @Command(name = "Sample")
    static final class Sample implements Callable<Integer> {
        @Option(names = "--for", converter = DurationConverter.class)
        Duration length = Duration.ZERO;

        @Option(names = "--fail")
        boolean fail;

        @Option(names = "--fail-with-an-error")
        boolean failWithAnError;

        @Option(names = "--fail-aside")
        boolean failAside;

        public static void main(String[] args) {
            Program.run(new Sample(), args);
        }

        @Override
        public Integer call() {
            if (fail) {
                throw new IllegalStateException("The broker is gone.\nsecond line");
            }
            if (failWithAnError) {
                new Thread(LockSupport::park).start(); // such as one of a broker
                throw new NoClassDefFoundError("scala/Serializable");
            }
            if (failAside) {
                CompletableFuture.runAsync(() -> {
                            throw new IllegalStateException("The broker is gone.");
                        })
                        .join();
            }
            System.out.println(length.toSeconds());
            return 3;
        }
    }

    private record Run(int code, String output) {}

    @Test
    void theProgramReturnsTheExitCode() throws Exception {
        assertThat(sample("--for", "2m")).isEqualTo(new Run(3, "120\n"));
    }

    @Test
    void aFailurePrintsItsMessageAndNoStackTrace() throws Exception {
        assertThat(sample("--fail")).isEqualTo(new Run(1, """
                Sample: The broker is gone.
                (WORKBOOK_LOG=warn shows the stack trace)
                """));
    }

    /** Although a thread is still running. */
    @Test
    void anErrorEndsTheProgramWithItsMessage() throws Exception {
        assertThat(sample("--fail-with-an-error")).isEqualTo(new Run(1, """
                Sample: java.lang.NoClassDefFoundError: scala/Serializable
                (WORKBOOK_LOG=warn shows the stack trace)
                """));
    }

    @Test
    void aFailureOnAnotherThreadPrintsTheSame() throws Exception {
        assertThat(sample("--fail-aside")).isEqualTo(sample("--fail"));
    }

    @Test
    void aFailureOfALessonsProgramIsExplainedLikeThatOfAnAnswer() {
        StringWriter err = new StringWriter();
        assertThat(Program.execute(new FailingProgram(), new PrintWriter(err, true)))
                .isEqualTo(1);
        assertThat(err.toString().replaceFirst("line \\d+", "line N")).isEqualTo("""
                FailingProgram: the client's setting key.serializer is missing.

                  For text, set StringSerializer in a producer and StringDeserializer in a consumer.

                  [ConfigException] Invalid value null for configuration key.serializer: must be non-null.
                  FailingProgram.java, line N
                (WORKBOOK_LOG=warn shows the stack trace)
                """);
    }

    @Test
    void invalidArgumentsAreExplained() throws Exception {
        Run run = sample("--for", "soon");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output())
                .startsWith("Invalid value for option '--for': 'soon' is not a duration. Examples: 20s, 2m, 1h30m");
    }

    @ParameterizedTest
    @CsvSource({"20s, 20000", "2m, 120000", "1h30m, 5400000", "0.5s, 500", "90S, 90000"})
    void durationsAreParsed(String text, long millis) {
        assertThat(new DurationConverter().convert(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"20", "s", "-", "1d", "20 s"})
    void otherTextsAreRejected(String text) {
        assertThatThrownBy(() -> new DurationConverter().convert(text)).isInstanceOf(TypeConversionException.class);
    }

    private static Run sample(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Sample.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // The JVM prints the last two.
        builder.environment().keySet().removeAll(Set.of("WORKBOOK_LOG", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }
}
