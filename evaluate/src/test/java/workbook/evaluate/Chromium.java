package workbook.evaluate;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium, without a window. Tests are skipped where it is missing. */
public final class Chromium implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    /** Silences warnings about new browser versions. The field keeps the logger from being garbage collected. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private final ChromeDriver driver;

    private Chromium(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts a browser that keeps its files in a folder. */
    public static Chromium start(Path folder) {
        assumeTrue(
                Files.exists(CHROMIUM) && Files.exists(DRIVER),
                "Skipped: no " + CHROMIUM + " with " + DRIVER
                        + " (on Debian: apt-get install chromium chromium-driver)");
        SELENIUM.setLevel(Level.SEVERE);
        return new Chromium(new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .build(),
                options(folder)));
    }

    private static ChromeOptions options(Path folder) {
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

    public ChromeDriver driver() {
        return driver;
    }

    /**
     * Opens a page.
     *
     * @param scheme light or dark
     * @param width in pixels; below 500 the browser is that of a phone
     */
    public void show(String url, String scheme, int width) throws IOException {
        medium("", scheme);
        size(width, 900);
        driver.get(url);
        photograph(scheme + "-" + width + "-" + url.replaceAll(".*/|[?#].*", ""));
    }

    /** Shows the page as on a medium, such as {@code print}; empty for a screen. */
    public void medium(String medium, String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("media", medium, "features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    private void size(long width, long height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    }

    /** Runs a script in the page, and returns its result, whose type the script determines. */
    @SuppressWarnings("unchecked")
    public <T> T look(String script) {
        return (T) driver.executeScript(script);
    }

    /** The messages of a log since the last call. */
    public List<String> messages(String log) {
        return driver.manage().logs().get(log).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Saves a screenshot if {@code -Dphotographs=folder} is set. */
    private void photograph(String name) throws IOException {
        String wanted = System.getProperty("photographs");
        if (wanted != null) {
            Path target = Files.createDirectories(Path.of(wanted)).resolve(name + ".png");
            long height = look("return document.documentElement.scrollHeight");
            long width = look("return window.innerWidth");
            size(width, height);
            File picture = driver.getScreenshotAs(OutputType.FILE);
            Files.move(picture.toPath(), target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
