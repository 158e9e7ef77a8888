package workbook.evaluate.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckRunnerTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void printsEveryFindingAndASummary() {
        boolean passes = run(
                check("JDK", Finding.ok("17.0.15 with javac")),
                check(
                        "Docker",
                        Finding.note("no engine is running", "Only 'docker compose up' needs it.", "Start it.")));

        assertThat(out()).isEqualTo("""
                  ok    JDK         17.0.15 with javac
                  note  Docker      no engine is running. Only 'docker compose up' needs it.
                                    Start it.

                No problems found.
                """);
        assertThat(passes).isTrue();
    }

    @Test
    void countsTheProblems() {
        Check bad = check("Maven", Finding.problem("not found", "It checks your exercises.", "one\ntwo"));

        assertThat(run(bad)).isFalse();
        assertThat(out()).isEqualTo("""
                  FIX   Maven       not found. It checks your exercises.
                                    one
                                    two

                1 problem to fix.
                """);

        out.reset();
        run(bad, bad);
        assertThat(out()).endsWith("\n2 problems to fix.\n");
    }

    @Test
    void textIsWrappedAndCommandsAreNot() {
        String command = "sudo " + "x".repeat(100);
        run(check("Maven", Finding.problem("not found", "word ".repeat(40).strip(), command)));
        assertThat(out().lines().filter(line -> line.contains("word")))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
        assertThat(out()).contains("\n" + " ".repeat(20) + command + "\n");
    }

    @Test
    void aFailedCheckIsANoteAndNoStackTrace() {
        Check broken = new Check("Maven", () -> {
            throw new IllegalStateException("no temporary file");
        });
        assertThat(run(broken)).isTrue();
        assertThat(out())
                .startsWith("  note  Maven       the check failed: no temporary file. ")
                .endsWith("\nNo problems found.\n")
                .doesNotContain("IllegalState");
    }

    private boolean run(Check... checks) {
        return new CheckRunner(new PrintStream(out, true, StandardCharsets.UTF_8)).run(List.of(checks));
    }

    private static Check check(String name, Finding finding) {
        return new Check(name, () -> () -> finding);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
