package workbook.capstone.monitoring.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import workbook.capstone.monitoring.Snapshot;

/** The page in Chromium, with example snapshots. */
class LivePageBrowserTest {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** The minimum contrast of normal text in WCAG 2.2, level AA. */
    private static final double CONTRAST = 4.5;

    /** Selenium warns about browsers newer than itself. A strong reference, because loggers are held weakly. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    @TempDir
    private static Path folder;

    private static final AtomicLong SCORED = new AtomicLong(18_003);

    private static LivePage page;
    private static ChromeDriver browser;

    @BeforeAll
    static void open() {
        assumeTrue(
                Files.exists(CHROMIUM) && Files.exists(DRIVER),
                "Skipped: no " + CHROMIUM + " with " + DRIVER
                        + " (on Debian: apt-get install chromium chromium-driver)");
        SELENIUM.setLevel(Level.SEVERE);
        page = LivePage.open("127.0.0.1", 0);
        page.follow(LivePageBrowserTest::snapshot, () -> Snapshots.MODEL, "");
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .build(),
                options());
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.quit();
        }
        if (page != null) {
            page.close();
        }
    }

    private static Snapshot snapshot() {
        return Snapshots.of(
                Instant.now(),
                SCORED.get(),
                5,
                List.of(Snapshots.SCORING, Snapshots.FEATURES, Snapshots.failed("No space left on device")));
    }

    private static ChromeOptions options() {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + folder.resolve("profile"));
        options.setCapability("goog:loggingPrefs", logs);
        return options;
    }

    @ParameterizedTest
    @CsvSource({"light, 1200", "dark, 1200", "light, 390", "dark, 390"})
    void fitsTheWindow(String scheme, int width) throws IOException {
        show(scheme, width);
        assertThat((Long) look("return window.innerWidth")).isEqualTo(width);
        assertThat((Long) look("return document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
        assertThat((Long) look("return [...document.querySelectorAll('body *')]"
                        + ".filter(e => e.getBoundingClientRect().right > innerWidth + 0.5).length"))
                .isZero();
        assertThat(
                        (Boolean)
                                look(
                                        "return [...document.querySelectorAll('canvas')]"
                                                + ".every(c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(byte => byte !== 0))"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void textIsLegible(String scheme) throws IOException {
        show(scheme, 1200);
        for (String shown : List.of(
                "h1",
                "#status",
                "#problems li",
                ".tile h2",
                ".big",
                ".big small",
                ".quiet",
                "thead th",
                "dt",
                "dd",
                ".state.running",
                ".state.failed",
                ".failure",
                ".score",
                "footer a")) {
            assertThat(contrast(shown)).as(shown).isGreaterThanOrEqualTo(CONTRAST);
        }
    }

    @Test
    void lightAndDarkDiffer() throws IOException {
        show("light", 1200);
        String light = look("return getComputedStyle(document.body).backgroundColor");
        show("dark", 1200);
        assertThat((String) look("return getComputedStyle(document.body).backgroundColor"))
                .isNotEqualTo(light);
    }

    @Test
    void showsTheValuesOfTheSnapshot() throws IOException {
        show("light", 1200);
        assertThat(text("#rate")).isEqualTo("301");
        assertThat(text("#lag")).isEqualTo("5");
        assertThat(text("#latency")).isEqualTo("9.2");
        assertThat(text("#broker-p90")).isEqualTo("1.1");
        assertThat(text("#status")).isEqualTo("Down");
        assertThat(text("#problems")).startsWith("The query lake failed: No space left on device");
        assertThat(text("#queries"))
                .contains(
                        "number 17, 2.5 s",
                        "3,000, 1,200 per second",
                        "42,000 rows, 3.3 MB",
                        "6,000, 5 seconds to catch up",
                        "9 tasks, 24,000 rows read, skewed",
                        "No space left on device");
        assertThat(text("#times"))
                .contains(
                        "2018-05-20 12:30:00",
                        "Watermark of features\n2018-05-20 11:00:00, 90 minutes behind the newest payment");
        assertThat(text("#newest-alerts li"))
                .contains(
                        "230.50 at terminal 812",
                        "score 0.97",
                        "customer 4711",
                        "terminal risk 7d",
                        "0.93, usually 0.01");
    }

    @Test
    void showsTheNewestDaysOfTheModelAndTheirBricks() throws IOException {
        show("light", 1200);
        assertThat(text("#model"))
                .contains("gold/model_quality, by the brick JudgeTheModel", "by the brick DriftAlarm");
        assertThat(text("#quality").split("\\s*\\n"))
                .containsExactly("2018-05-21\t0\t–\t–\t–", "2018-05-20\t81\t0.871\t0.606\t0.290");
        assertThat(text("#drift").split("\\s*\\n"))
                .containsExactly(
                        "2018-05-22\t12\t–\t–", "2018-05-21\t9,512\t0.313\tyes", "2018-05-20\t9,640\t0.000\tno");
    }

    @Test
    void withoutGoldTablesTheModelIsHidden() throws IOException {
        try (LivePage run = LivePage.open("127.0.0.1", 0)) {
            run.follow(LivePageBrowserTest::snapshot);
            show(run, "light", 1200);
            assertThat((Boolean) look("return document.getElementById('model').hidden"))
                    .isTrue();
        }
    }

    @Test
    void valuesUpdateWithoutReload() throws IOException {
        show("light", 1200);
        long scored = SCORED.addAndGet(300);
        await().until(() -> text("#scored").equals(String.format("%,d", scored)));
    }

    @Test
    void markupInARecordIsText() throws IOException {
        show("light", 1200);
        assertThat(text("#newest-alerts")).contains(Snapshots.MARKUP);
        assertThat(text("#refusals")).contains("Unrecognized token '" + Snapshots.MARKUP + "'");
        assertThat((Long) look("return document.images.length")).isZero();
        assertThat(browser.getTitle()).isEqualTo("Fraud pipeline, live");
    }

    @Test
    void loadsOnlyFromItselfAndLogsNoErrors() throws IOException {
        logs(LogType.PERFORMANCE); // discards those of the browser's own start page
        logs(LogType.BROWSER);
        show("light", 1200);
        assertThat(logs(LogType.BROWSER)).isEmpty();
        assertThat(logs(LogType.PERFORMANCE))
                .filteredOn(message -> message.contains("\"Network.requestWillBeSent\""))
                .hasSizeGreaterThan(4)
                .allSatisfy(message -> assertThat(message).contains("\"url\":\"" + page.url()));
    }

    @Test
    void showsThatTheRunHasEnded() throws IOException {
        LivePage run = LivePage.open("127.0.0.1", 0);
        run.follow(LivePageBrowserTest::snapshot);
        show(run, "light", 1200);
        run.close();
        await().until(() -> text("#status").equals("No connection: the run or its page has ended"));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE);
    }

    /** Returns the log entries since the previous call. */
    private static List<String> logs(String log) {
        return browser.manage().logs().get(log).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    private static void show(String scheme, int width) throws IOException {
        show(page, scheme, width);
    }

    private static void show(LivePage page, String scheme, int width) throws IOException {
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("media", "", "features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        resize(width, 900);
        browser.get(page.url());
        await().until(() -> !text("#rate").equals("–"));
        photograph(scheme + "-" + width);
    }

    private static void resize(long width, long height) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    }

    private static String text(String selector) {
        return look("return document.querySelector('" + selector + "').innerText");
    }

    @SuppressWarnings("unchecked") // the script determines the type
    private static <T> T look(String script) {
        return (T) browser.executeScript(script);
    }

    /** Returns the contrast of an element's text with its background. */
    private static double contrast(String selector) {
        String element = "document.querySelector('" + selector + "')";
        double text = lightness(look("return getComputedStyle(" + element + ").color.match(/\\d+/g).map(Number)"));
        double behind = lightness(
                look(
                        "let e = " + element + "; while (getComputedStyle(e).backgroundColor === "
                                + "'rgba(0, 0, 0, 0)') e = e.parentElement; return getComputedStyle(e).backgroundColor.match(/\\d+/g).map(Number)"));
        return (Math.max(text, behind) + 0.05) / (Math.min(text, behind) + 0.05);
    }

    /** WCAG's relative luminance of red, green and blue, each up to 255. */
    private static double lightness(List<Long> color) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double share = color.get(i) / 255.0;
            sum += weights[i] * (share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    /** Saves a screenshot to the folder of the system property {@code photographs}, if set. */
    private static void photograph(String name) throws IOException {
        String wanted = System.getProperty("photographs");
        if (wanted != null) {
            Path target = Files.createDirectories(Path.of(wanted)).resolve(name + ".png");
            long width = look("return window.innerWidth");
            resize(width, look("return document.documentElement.scrollHeight"));
            File picture = browser.getScreenshotAs(OutputType.FILE);
            Files.move(picture.toPath(), target, StandardCopyOption.REPLACE_EXISTING);
            resize(width, 900);
        }
    }
}
