package workbook.evaluate.exercises;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import workbook.check.catalog.Workspace;
import workbook.check.docs.Page;
import workbook.check.docs.Question;
import workbook.evaluate.quiz.Flashcards;

class MarkdownTest {

    @Test
    void headingsAreSeparated() {
        assertThat(Markdown.plain("## 1 · A nudge\nThink.\n")).isEqualTo("1 · A nudge\n\nThink.");
    }

    @Test
    void paragraphsAreWrapped() {
        String words = "word ".repeat(30).strip();
        assertThat(Markdown.plain(words).lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
    }

    @Test
    void linesOfAParagraphAreJoined() {
        assertThat(Markdown.plain("one\ntwo\n\nthree")).isEqualTo("one two\n\nthree");
    }

    @Test
    void codeIsIndentedAndUnchanged() {
        assertThat(Markdown.plain("Write\n```java\nint *a* = `b`;\n\n  c();\n```\nthen run."))
                .isEqualTo("Write\n    int *a* = `b`;\n\n      c();\nthen run.");
    }

    @Test
    void emphasisMarksAreRemovedOutsideOfCode() {
        assertThat(Markdown.plain("a *mark* and **more**, but `select(\"*\")`, `a*b*c` and 2 * 3 * 4"))
                .isEqualTo("a mark and more, but `select(\"*\")`, `a*b*c` and 2 * 3 * 4");
    }

    @Test
    void onlyLinksToOtherSitesShowTheirTarget() {
        assertThat(Markdown.plain("[the page](../../lessons/05/README.md) or [Spark](https://spark.apache.org)"))
                .isEqualTo("the page or Spark (https://spark.apache.org)");
    }

    @Test
    void theTextOfALinkMayBeCode() {
        assertThat(Markdown.plain(
                        "See [`poll.ms`](https://kafka.apache.org) or [the `a` of `b`](b.md), not `a[0](b)`."))
                .isEqualTo("See `poll.ms` (https://kafka.apache.org) or the `a` of `b`, not `a[0](b)`.");
    }

    @Test
    void commentsAreShownOnlyInCode() {
        assertThat(Markdown.plain("It says `$1 to 2`<!-- proof -->, as<!-- in two\nlines --> promised: `<!-- so -->`."))
                .isEqualTo("It says `$1 to 2`, as promised: `<!-- so -->`.");
    }

    @Test
    void theWidthCanBeSet() {
        assertThat(Markdown.plain("- " + "word ".repeat(10), 30))
                .isEqualTo("- word word word word word\n  word word word word word");
    }

    @Test
    void answersOfTheQuizShowNoMarkup() {
        List<Question> questions = Question.of(Page.read(Flashcards.page(Workspace.current())));
        assertThat(questions).hasSizeGreaterThan(100);
        for (Question question : questions) {
            String shown = Markdown.plain(question.answer(), 80);
            assertThat(shown).as("%s", question).doesNotContain("<!--", "](", "**", "```");
            assertThat(shown.lines().filter(line -> !line.startsWith("    ") && !line.contains("https://")))
                    .as("%s", question)
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        }
    }

    @Test
    void listItemsAreIndented() {
        assertThat(Markdown.plain("- " + "word ".repeat(25) + "\n- two"))
                .isEqualTo("- " + "word ".repeat(19).strip() + "\n  "
                        + "word ".repeat(6).strip() + "\n- two");
    }

    @Test
    void shortCodeIsNotWrapped() {
        String line = "x".repeat(95) + " `a b`";
        assertThat(Markdown.plain(line)).isEqualTo("x".repeat(95) + "\n`a b`");
    }
}
