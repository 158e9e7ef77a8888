package workbook.evaluate.exercises;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandRunnerTest {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    private Path folder;

    @Test
    void returnsOutputAndExitCode() {
        CommandRunner.Result result = new CommandRunner(folder, Duration.ofMinutes(1))
                .run(JAVA, "-cp", System.getProperty("java.class.path"), Printer.class.getName())
                .orElseThrow();
        assertThat(result).isEqualTo(new CommandRunner.Result(true, 3, "out\n", "err\n"));
        assertThat(result.isSuccess()).isFalse();
    }

    @Test
    void aProgramIsKilledAfterTheTimeLimit() {
        CommandRunner.Result result = new CommandRunner(folder, Duration.ofMillis(300))
                .run(JAVA, "-cp", System.getProperty("java.class.path"), Sleeper.class.getName())
                .orElseThrow();
        assertThat(result.hasEnded()).isFalse();
        assertThat(result.isSuccess()).isFalse();
    }

    @Test
    void aMissingProgramGivesNoResult() {
        assertThat(new CommandRunner(folder, Duration.ofSeconds(1)).run("no-such-program"))
                .isEmpty();
    }

    /** Prints to both outputs and fails. */
    static final class Printer {
        public static void main(String[] args) {
            System.out.print("out\n");
            System.err.print("err\n");
            System.exit(3);
        }
    }

    /** Never ends. */
    static final class Sleeper {
        public static void main(String[] args) throws InterruptedException {
            Thread.sleep(600_000);
        }
    }
}
