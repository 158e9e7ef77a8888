package workbook.evaluate.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TickStreamTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void ticksAreAddedToTheLineUntilAnotherBegins() {
        try (TickStream out = stream(true)) {
            out.begin("Checking ...");
            out.tick();
            out.tick();
            out.println("SOLVED");
            out.printf(Locale.ROOT, "(%.1f s)%n", 0.5);
        }
        assertThat(lines()).containsExactly("Checking ... ✓ ✓", "SOLVED", "(0.5 s)");
    }

    @Test
    void whatTheAnswerPrintsEndsTheLineAndLaterTicksBeginAnother() {
        try (TickStream out = stream(true)) {
            out.begin("Checking ...");
            out.tick();
            out.println((Object) "printed");
            out.tick();
            out.tick();
            out.println();
            out.begin("Checking ...");
        }
        assertThat(lines()).containsExactly("Checking ... ✓", "printed", "  ✓ ✓", "", "Checking ...");
    }

    @Test
    void aLogHasWholeLinesAndNoTicks() {
        try (TickStream out = stream(false)) {
            out.begin("Checking ...");
            assertThat(lines()).containsExactly("Checking ...");
            out.tick();
            out.println("SOLVED");
        }
        assertThat(lines()).containsExactly("Checking ...", "SOLVED");
    }

    private TickStream stream(boolean isTerminal) {
        return new TickStream(new PrintStream(printed, true, StandardCharsets.UTF_8), isTerminal);
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
