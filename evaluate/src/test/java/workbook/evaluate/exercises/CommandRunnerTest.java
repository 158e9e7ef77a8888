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
    void tellsWhatAProgramSaid() {
        CommandRunner.Result said = new CommandRunner(folder, Duration.ofMinutes(1))
                .run(JAVA, "-cp", System.getProperty("java.class.path"), Talker.class.getName())
                .orElseThrow();
        assertThat(said).isEqualTo(new CommandRunner.Result(true, 3, "out\n", "err\n"));
        assertThat(said.isFine()).isFalse();
    }

    @Test
    void aProgramThatHangsIsEnded() {
        CommandRunner.Result said = new CommandRunner(folder, Duration.ofMillis(300))
                .run(JAVA, "-cp", System.getProperty("java.class.path"), Sleeper.class.getName())
                .orElseThrow();
        assertThat(said.hasEnded()).isFalse();
        assertThat(said.isFine()).isFalse();
    }

    @Test
    void whatIsNotThereSaysNothing() {
        assertThat(new CommandRunner(folder, Duration.ofSeconds(1)).run("a-program-that-nobody-has"))
                .isEmpty();
    }

    /** Says something, and fails. */
    static final class Talker {
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
