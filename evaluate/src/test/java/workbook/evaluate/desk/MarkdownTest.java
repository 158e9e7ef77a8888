package workbook.evaluate.desk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownTest {

    @Test
    void headingsStandAlone() {
        assertThat(Markdown.plain("## 1 · A nudge\nThink.\n")).isEqualTo("1 · A nudge\n\nThink.");
    }

    @Test
    void paragraphsAreBrokenAtTheWidthOfATerminal() {
        String words = "word ".repeat(30).strip();
        assertThat(Markdown.plain(words).lines()).hasSize(2).allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
    }

    @Test
    void linesOfAParagraphFlowTogether() {
        assertThat(Markdown.plain("one\ntwo\n\nthree")).isEqualTo("one two\n\nthree");
    }

    @Test
    void codeIsIndentedAndLeftAsItIs() {
        assertThat(Markdown.plain("Write\n```java\nint *a* = `b`;\n\n  c();\n```\nthen run."))
                .isEqualTo("Write\n    int *a* = `b`;\n\n      c();\nthen run.");
    }

    @Test
    void emphasisLosesItsMarksOutsideCode() {
        assertThat(Markdown.plain("a *mark* and **more**, but `select(\"*\")`, `a*b*c` and 2 * 3 * 4"))
                .isEqualTo("a mark and more, but `select(\"*\")`, `a*b*c` and 2 * 3 * 4");
    }

    @Test
    void linksKeepTheirTextAndOnlyForeignOnesTheirTarget() {
        assertThat(Markdown.plain("[the page](../../lessons/05/README.md) or [Spark](https://spark.apache.org)"))
                .isEqualTo("the page or Spark (https://spark.apache.org)");
    }

    @Test
    void itemsHangBehindTheirMarks() {
        assertThat(Markdown.plain("- " + "word ".repeat(25) + "\n- two")).isEqualTo(
                "- " + "word ".repeat(19).strip() + "\n  " + "word ".repeat(6).strip() + "\n- two");
    }

    @Test
    void shortCodeIsNotBroken() {
        String line = "x".repeat(95) + " `a b`";
        assertThat(Markdown.plain(line)).isEqualTo("x".repeat(95) + "\n`a b`");
    }
}
