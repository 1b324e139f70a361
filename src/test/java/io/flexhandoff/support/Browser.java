package io.flexhandoff.support;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A headless Chromium that is installed on this machine; nothing is downloaded. Without one the test is skipped, or fails when {@code
 * HANDOFF_BROWSER_REQUIRED} is {@code true} (environment or system property).
 */
public final class Browser {

    /** For {@code @EnabledIf}. */
    public static final String CONDITION = "io.flexhandoff.support.Browser#isInstalledOrRequired";

    public static final String MISSING = "chromium and chromedriver are not both on the PATH";

    private static final Logger LOG = LoggerFactory.getLogger(Browser.class);
    private static final Optional<File> CHROMIUM = onPath("chromium", "chromium-browser", "google-chrome");
    private static final Optional<File> DRIVER = onPath("chromedriver");

    private Browser() {}

    /** Whether the test is to run: condition of JUnit's {@code @EnabledIf}. */
    static boolean isInstalledOrRequired() {
        boolean runs = isRequired() || CHROMIUM.isPresent() && DRIVER.isPresent();
        if (!runs) {
            LOG.warn("{}: browser tests are skipped", MISSING);
        }
        return runs;
    }

    /** @param profile an empty folder for the browser's own files */
    public static ChromeDriver open(Path profile) {
        File chromium = CHROMIUM.orElseThrow(() -> new AssertionError(MISSING));
        File driver = DRIVER.orElseThrow(() -> new AssertionError(MISSING));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium);
        options.setCapability("goog:loggingPrefs", logs);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--no-first-run",
                "--window-size=1280,900",
                "--user-data-dir=" + profile.toAbsolutePath());
        return new ChromeDriver(
                new ChromeDriverService.Builder().usingDriverExecutable(driver).build(), options);
    }

    private static boolean isRequired() {
        String name = "HANDOFF_BROWSER_REQUIRED";
        return Boolean.parseBoolean(System.getProperty(name, System.getenv(name)));
    }

    private static Optional<File> onPath(String... names) {
        String[] folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
        return Stream.of(names)
                .flatMap(name -> Stream.of(folders).map(folder -> new File(folder, name)))
                .filter(File::canExecute)
                .findFirst();
    }
}
