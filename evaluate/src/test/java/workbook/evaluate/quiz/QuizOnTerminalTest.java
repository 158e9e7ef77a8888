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

/** The quiz on a real terminal. */
class QuizOnTerminalTest {

    private static final char BACKSPACE = '\u007f';

    @TempDir
    private Path home;

    @Test
    void inputIsEchoedAndCanBeCorrected() throws Exception {
        assumeTrue(
                Files.exists(Path.of("/usr/bin/script")),
                "Skipped: there is no 'script' command to create a terminal.");
        TestWorkbook workbook = new TestWorkbook(home);
        workbook.write("QA.md", TestWorkbook.QA);
        workbook.write("jbang-catalog.json", "{}");
        try (CommandProcess quiz = CommandProcess.onTerminal(Quiz.class, home, "--level", "2")) {
            quiz.await("q quits", 1);
            type(quiz, "yes, always\n");
            quiz.await("Did you know it?", 1);
            type(quiz, "y" + BACKSPACE + "n\n");
            quiz.await("Where is state kept?", 1);
            type(quiz, "\n");
            quiz.await("Did you know it?", 2);
            type(quiz, "y\n");
            quiz.await("Again", 1);
            type(quiz, "q\n");
            assertThat(quiz.exitCode()).isZero();
            assertThat(quiz.output())
                    .contains("q quits\nyes, always\n\nThe state of later operators.")
                    .contains(
                            "1 known at first try, 1 missed, 0 skipped.\nTotal: 1 of 5 questions known, 1 due today.");
        }
        assertThat(Progress.of(workbook.workspace()).contents().quizAnswers())
                .extracting(QuizAnswer::question, QuizAnswer::isKnown)
                .containsExactly(tuple("does-a-watermark-bound-state", false), tuple("where-is-state-kept", true));
    }

    private static void type(CommandProcess quiz, String text) throws IOException {
        for (char key : text.toCharArray()) {
            quiz.press(key);
        }
    }
}
