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
    void tellsEveryFindingAndSumsUp() {
        boolean passes = examine(
                topic("JDK", Finding.ok("17.0.15 with javac")),
                topic("Docker", Finding.note("no engine answers", "Only 'docker compose up' needs it.", "Start it.")));

        assertThat(out()).isEqualTo("""
                  ok    JDK         17.0.15 with javac
                  note  Docker      no engine answers. Only 'docker compose up' needs it.
                                    Start it.

                Everything needed is here.
                """);
        assertThat(passes).isTrue();
    }

    @Test
    void countsWhatIsToBeMended() {
        Check bad = topic("Maven", Finding.needed("not found", "It checks your exercises.", "one\ntwo"));

        assertThat(examine(bad)).isFalse();
        assertThat(out()).isEqualTo("""
                  MEND  Maven       not found. It checks your exercises.
                                    one
                                    two

                1 thing to mend.
                """);

        out.reset();
        examine(bad, bad);
        assertThat(out()).endsWith("\n2 things to mend.\n");
    }

    @Test
    void longWordsAreBrokenAndCommandsAreNot() {
        String command = "sudo " + "x".repeat(100);
        examine(topic("Maven", Finding.needed("not found", "word ".repeat(40).strip(), command)));
        assertThat(out().lines().filter(line -> line.contains("word")))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
        assertThat(out()).contains("\n" + " ".repeat(20) + command + "\n");
    }

    @Test
    void whatCannotBeLookedAtIsANoteAndNoStackTrace() {
        Check broken = new Check("Maven", () -> {
            throw new IllegalStateException("no temporary file");
        });
        assertThat(examine(broken)).isTrue();
        assertThat(out())
                .startsWith("  note  Maven       could not be looked at: no temporary file. ")
                .endsWith("\nEverything needed is here.\n")
                .doesNotContain("IllegalState");
    }

    private boolean examine(Check... topics) {
        return new CheckRunner(new PrintStream(out, true, StandardCharsets.UTF_8)).passes(List.of(topics));
    }

    private static Check topic(String name, Finding finding) {
        return new Check(name, () -> () -> finding);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
