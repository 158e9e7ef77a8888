package workbook.evaluate.quiz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.check.progress.Progress;
import workbook.check.progress.QuizAnswer;
import workbook.evaluate.Quiz;
import workbook.evaluate.exercises.TestWorkbook;
import workbook.evaluate.watch.CommandProcess;

/** A sitting at the quiz on a real terminal. */
class QuizOnTerminalTest {

    private static final char BACKSPACE = '\u007f';

    @TempDir
    private Path home;

    @Test
    void whatIsTypedIsShownAndMayBeCorrectedBeforeItCounts() throws Exception {
        assumeTrue(
                Files.exists(Path.of("/usr/bin/script")), "Not shown: there is no 'script' here to make a terminal.");
        TestWorkbook desk = new TestWorkbook(home);
        desk.write("QA.md", TestWorkbook.QA);
        desk.write("jbang-catalog.json", "{}");
        try (CommandProcess sitting = CommandProcess.onTerminal(Quiz.class, home, "--level", "2")) {
            sitting.await("q quits", 1);
            type(sitting, "yes, always\n");
            sitting.await("Did you know it?", 1);
            type(sitting, "y" + BACKSPACE + "n\n");
            sitting.await("Where is state kept?", 1);
            type(sitting, "\n");
            sitting.await("Did you know it?", 2);
            type(sitting, "y\n");
            sitting.await("Once more", 1);
            type(sitting, "q\n");
            assertThat(sitting.exitCode()).isZero();
            assertThat(sitting.said())
                    .contains("q quits\nyes, always\n\nThat of the steps behind it.")
                    .contains("1 known at once, 1 missed, 0 skipped.\nIn all: 1 of 5 questions known, 1 due today.");
        }
        assertThat(Progress.of(desk.desk()).contents().quizAnswers())
                .extracting(QuizAnswer::question, QuizAnswer::isKnown)
                .containsExactly(tuple("does-a-watermark-bound-state", false), tuple("where-is-state-kept", true));
    }

    private static void type(CommandProcess sitting, String text) throws IOException {
        for (char key : text.toCharArray()) {
            sitting.press(key);
        }
    }
}
