package workbook.evaluate.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.logging.LogType;
import workbook.evaluate.Chromium;
import workbook.kit.ProjectFolder;

/** This project's site in a browser, opened from its folder. */
class SiteInABrowserTest {

    /** Runs axe-core, and calls back with what it finds. The first column of some tables has no heading, which is minor. */
    private static final String FINDINGS = """
            const done = arguments[0];
            axe.run().then(result => done(result.violations
                .filter(rule => rule.id !== 'empty-table-header')
                .map(rule => rule.impact + ' ' + rule.id + ' ' + rule.nodes.map(node => node.html).slice(0, 3))));
            """;

    @TempDir
    private static Path folder;

    private static Chromium browser;
    private static Path site;

    @BeforeAll
    static void open() {
        browser = Chromium.start(folder);
        site = folder.resolve("site");
        new StaticSite(ProjectFolder.find().orElseThrow()).write(site);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "index.html, light, 1280",
        "index.html, dark, 390",
        "lessons/05-watermarks/index.html, light, 390",
        "lessons/05-watermarks/index.html, dark, 1280",
        "lessons/05-watermarks/WhenAppendEmits.java.html, light, 1280",
        "lessons/05-watermarks/WhenAppendEmits.java.html, dark, 390",
        "search.html?q=watermark, dark, 1280",
        "search.html?q=watermark, light, 390"
    })
    void axeFindsNothingAndThePageIsNotWiderThanTheScreen(String page, String scheme, int width) throws IOException {
        browser.show(url(page), scheme, width);

        assertThat((Long) browser.look("return document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(width);
        browser.driver().executeScript(axe());
        assertThat((List<?>) browser.driver().executeAsyncScript(FINDINGS)).isEmpty();
    }

    @Test
    void aSearchByKeyboardFindsTheSectionWithItsWords() throws IOException {
        browser.show(url("lessons/05-watermarks/index.html"), "light", 1280);

        browser.driver().findElement(By.name("q")).sendKeys("bounded state" + Keys.ENTER);

        await().until(() -> !texts("#results a").isEmpty());
        assertThat(browser.driver().getCurrentUrl()).contains("search.html?q=bounded+state");
        assertThat(texts("#found")).singleElement().asString().matches("\\d+ sections with “bounded state”");
        assertThat(texts("#results a")).first().isEqualTo("Concepts: Bounded state");
        browser.driver().findElement(By.cssSelector("#results a")).sendKeys(Keys.ENTER);
        await().until(() -> browser.driver().getCurrentUrl().endsWith("CONCEPTS.html#bounded-state"));
    }

    @Test
    void aSearchThatContainsMarkupIsText() throws IOException {
        browser.show(url("search.html?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E"), "light", 1280);

        assertThat(texts("#found")).containsExactly("0 sections with “<img src=x onerror=alert(1)>”");
        assertThat((Long) browser.look("return document.querySelectorAll('main img').length"))
                .isZero();
    }

    @Test
    void codeIsColored() throws IOException {
        browser.show(url("lessons/05-watermarks/WhenAppendEmits.java.html"), "light", 1280);

        assertThat(texts(".hljs-keyword")).contains("package", "class", "for");
    }

    @Test
    void nothingIsLoadedFromElsewhereAndNothingFails() throws IOException {
        browser.driver().get("about:blank"); // ends the requests of the browser's start page
        browser.messages(LogType.PERFORMANCE);
        browser.messages(LogType.BROWSER);

        browser.show(url("lessons/05-watermarks/index.html"), "light", 1280);

        assertThat(browser.messages(LogType.BROWSER)).isEmpty();
        assertThat(browser.messages(LogType.PERFORMANCE))
                .filteredOn(message -> message.contains("\"Network.requestWillBeSent\""))
                .isNotEmpty()
                .allSatisfy(message -> assertThat(message).containsAnyOf("\"url\":\"file:///", "\"url\":\"data:,\""));
    }

    private static String url(String page) {
        return site.toUri() + page;
    }

    private static List<String> texts(String selector) {
        return browser.look("return [...document.querySelectorAll('" + selector + "')].map(e => e.textContent)");
    }

    private static String axe() throws IOException {
        try (InputStream in = SiteInABrowserTest.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
