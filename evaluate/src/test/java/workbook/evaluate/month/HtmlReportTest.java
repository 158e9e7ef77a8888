package workbook.evaluate.month;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.logging.LogType;
import workbook.check.verdict.Verdict;
import workbook.evaluate.Chromium;

/** The HTML report in a browser. */
class HtmlReportTest {

    /** The minimum contrast of WCAG 2.2, level AA, for text of normal size. */
    private static final double CONTRAST = 4.5;

    /** Returns the contrast and the text of each element with text. Backgrounds must be opaque or transparent. */
    private static final String CONTRASTS = """
            const lightness = color => {
              const [r, g, b] = color.match(/[\\d.]+/g).map(Number).map(c => c / 255)
                  .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
              return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const behind = element => {
              const color = getComputedStyle(element).backgroundColor;
              return color !== 'rgba(0, 0, 0, 0)' ? color : behind(element.parentElement);
            };
            return [...document.body.querySelectorAll('*')]
                .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && !e.classList.contains('sr'))
                .map(e => {
                  const style = getComputedStyle(e);
                  const [a, b] = [lightness(e.closest('svg') ? style.fill : style.color), lightness(behind(e))];
                  return {ratio: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), text: e.textContent.trim()};
                });
            """;

    @TempDir
    private static Path folder;

    private static Chromium browser;
    private static String url;

    @BeforeAll
    static void open() throws IOException {
        browser = Chromium.start(folder);
        url = month().toUri().toString();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    /** A month in progress, with all elements of the report. */
    private static Path month() throws IOException {
        MonthWorkbook workbook = MonthWorkbook.in(Files.createDirectory(folder.resolve("home")));
        workbook.add("11", "AnExerciseOfTheStretchWithQuiteALongName");
        workbook.attempt("01", "First", 33, Verdict.WRONG, "TruncatesTheHour");
        for (int attempt = 0; attempt < 4; attempt++) {
            workbook.attempt("01", "First", 9, Verdict.BROKEN, "");
        }
        for (String name : List.of("First", "Second", "Third")) {
            workbook.attempt("01", name, 9, Verdict.SOLVED, "");
            workbook.attempt("02", name, name.length() - 4, Verdict.SOLVED, "");
        }
        workbook.attempt("03", "First", 0, Verdict.WRONG, "CountsTheWindowsLengthTwice");
        workbook.attempt("03", "Second", 0, Verdict.BROKEN, "");
        workbook.attempt("03", "Third", 0, Verdict.UNSOLVED, "");
        workbook.runCapstone();
        workbook.quiz(2);
        return new Reports(folder.resolve("report")).write(workbook.score(), Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void textIsLegible(String scheme) throws IOException {
        browser.show(url, scheme, 1200);

        List<Map<String, Object>> texts = browser.look(CONTRASTS);

        assertThat(texts)
                .hasSizeGreaterThan(100)
                .allSatisfy(text -> assertThat(((Number) text.get("ratio")).doubleValue())
                        .as("%s", text)
                        .isGreaterThanOrEqualTo(CONTRAST));
    }

    @Test
    void lightAndDarkDiffer() throws IOException {
        browser.show(url, "light", 1200);
        String light = browser.look("return getComputedStyle(document.body).backgroundColor");
        browser.show(url, "dark", 1200);
        assertThat((String) browser.look("return getComputedStyle(document.body).backgroundColor"))
                .isNotEqualTo(light);
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void itFitsAPhoneScreen(String scheme) throws IOException {
        browser.show(url, scheme, 390);
        assertThat((Long) browser.look("return window.innerWidth")).isEqualTo(390);
        assertThat((Long) browser.look("return document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(390);
        assertThat((Long) browser.look("return [...document.querySelectorAll('body *:not(.sr)')]"
                        + ".filter(e => e.getBoundingClientRect().right > innerWidth).length"))
                .isZero();
    }

    @Test
    void chartsAreDrawn() throws IOException {
        browser.show(url, "light", 1200);
        List<List<Number>> strokes = browser.look("return [...document.querySelectorAll('svg path.line')].map(p => "
                + "[p.getTotalLength(), p.getBBox().x, p.getBBox().y, p.getBBox().width, p.getBBox().height])");
        assertThat(strokes).hasSize(3).allSatisfy(stroke -> {
            assertThat(stroke.get(0).doubleValue()).isGreaterThan(200);
            assertThat(stroke.get(1).doubleValue()).isBetween(52.0, 452.0);
            assertThat(stroke.get(2).doubleValue()).isBetween(12.0, 212.0);
            assertThat(stroke.get(3).doubleValue()).isBetween(100.0, 400.5);
            assertThat(stroke.get(4).doubleValue()).isBetween(1.0, 200.5);
        });
    }

    @Test
    void itSendsNoRequestsAndLogsNoErrors() {
        browser.driver().get("about:blank"); // ends the requests of the browser's start page
        browser.messages(LogType.PERFORMANCE);
        browser.driver().get(url);
        assertThat(browser.messages(LogType.BROWSER)).isEmpty();
        assertThat(browser.messages(LogType.PERFORMANCE))
                .filteredOn(message -> message.contains("\"Network.requestWillBeSent\""))
                .isNotEmpty()
                .allSatisfy(
                        message -> assertThat(message).containsAnyOf("\"url\":\"" + url + "\"", "\"url\":\"data:,\""));
    }

    @Test
    void itPrintsBlackOnWhite() throws IOException {
        browser.show(url, "dark", 1200);
        browser.medium("print", "dark");
        assertThat((String) browser.look("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(255, 255, 255)");
        assertThat((String) browser.look("return getComputedStyle(document.body).color"))
                .isEqualTo("rgb(0, 0, 0)");
    }
}
