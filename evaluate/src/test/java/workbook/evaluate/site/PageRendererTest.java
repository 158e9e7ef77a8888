package workbook.evaluate.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import workbook.check.docs.Page;

class PageRendererTest {

    private static RenderedPage render(String markdown) {
        return PageRenderer.render(new Page(Path.of("page.md"), markdown), UnaryOperator.identity());
    }

    @Test
    void headingsHaveTheAnchorsOfGitHub() {
        RenderedPage page = render("# A `page`\n\n## What's late?\n\ntext\n\n### Run it\n\n## Run it\n");

        assertThat(page.title()).isEqualTo("A page");
        assertThat(page.headings())
                .containsExactly(
                        new RenderedPage.Heading(2, "What's late?", "whats-late"),
                        new RenderedPage.Heading(3, "Run it", "run-it"),
                        new RenderedPage.Heading(2, "Run it", "run-it-1"));
        assertThat(page.html()).contains("<h2 id=\"whats-late\">", "<h2 id=\"run-it-1\">");
    }

    @Test
    void htmlOfAPageIsTextExceptAnchors() {
        RenderedPage page = render("""
                # A page

                **<a id="acking"></a>Acking.** <script>alert(1)</script> <!-- proof -->

                <img src=x onerror=alert(1)>

                `<b>` and <a id="x" onclick="y">
                """);

        assertThat(page.html())
                .contains("<a id=\"acking\"></a>Acking.", "&lt;script&gt;", "&lt;img src=x", "&lt;b&gt;", "&lt;a id=")
                .doesNotContain("<script", "<img", "<b>", "onclick=\"y\">", "proof");
    }

    @Test
    void tablesScrollAndTasksAreBoxes() {
        RenderedPage page = render("# A page\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- [ ] open\n- [x] done\n");

        assertThat(page.html())
                .contains("<div class=\"scroll\"", "<th>a</th>", "<td>2</td>", "type=\"checkbox\"", "checked");
    }

    @Test
    void sectionsHaveTheirWordsWithoutMarkup() {
        RenderedPage page = render("""
                # A page

                First *words*,
                [a link](there.md) and `code`.

                ## Next

                ```java
                int i;
                ```

                | a | b |
                |---|---|
                | 1 | 2 |
                """);

        assertThat(page.sections())
                .containsExactly(
                        new RenderedPage.Section("A page", "a-page", "First words, a link and code."),
                        new RenderedPage.Section("Next", "next", "int i; a b 1 2"));
    }

    @Test
    void linksAndPicturesGetTheirAddressOnTheSite() {
        RenderedPage page = PageRenderer.render(
                new Page(Path.of("page.md"), "# A page\n\n[one](ONE.md#two) ![three](four.svg)\n"),
                link -> "site/" + link);

        assertThat(page.html()).contains("href=\"site/ONE.md#two\"", "src=\"site/four.svg\" alt=\"three\"");
    }
}
