package io.flexhandoff.spring;

import static io.flexhandoff.support.ApiClient.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexhandoff.FlexHandoffApplication;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.Browser;
import io.flexhandoff.support.HandoffProcess;
import io.flexhandoff.support.TestClassPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/**
 * An operator in Hawtio, in a real browser. The application has a process of its own: Hawtio shows whatever else its JVM holds, and with
 * the applications of other tests beside it there are several of each MBean. Minutes of work for a browser, so it is a heavy test.
 */
@EnabledIf(value = Browser.CONDITION, disabledReason = Browser.MISSING)
@Tag("heavy")
class HawtioPageTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PASSWORD = "a word for the operator";

    @TempDir
    private static Path folder;

    private static ChromeDriver browser;
    private static HandoffProcess application;
    private static ApiClient api;
    private static String hawtio;

    @BeforeAll
    static void start() throws IOException {
        // the text of a large page is work for the browser, too
        Awaitility.setDefaultPollInterval(Duration.ofMillis(500));
        browser = Browser.open(folder);
        browser.manage().window().setSize(new Dimension(1400, 900));
        application = new HandoffProcess(
                Map.of("handoff.late.delays", "100ms", "handoff.management.password", PASSWORD),
                "-cp",
                TestClassPath.absolute(),
                FlexHandoffApplication.class.getName());
        api = new ApiClient(application.port(), "demo", "demo-key");
        hawtio = "http://localhost:" + application.managementPort() + "/actuator/hawtio";
    }

    @AfterAll
    static void stop() {
        Awaitility.reset();
        if (browser != null) {
            browser.quit();
        }
        if (application != null) {
            application.close();
        }
    }

    @BeforeEach
    void logIn() {
        // a page that asks for nothing: what Hawtio polls must not end up as the page to go to after the login
        browser.get(hawtio.replace("/hawtio", "/health"));
        browser.manage().deleteAllCookies();
        browser.get(hawtio);
        logInAs("operator", "a guess");
        await().atMost(PATIENCE).until(() -> pageText().contains("Invalid credentials"));
        logInAs("operator", PASSWORD);
        await().atMost(PATIENCE).until(() -> !browser.getCurrentUrl().contains("/login"));
        browser.get(hawtio);
        await().atMost(PATIENCE).until(() -> pageText().contains("Expand all"));
    }

    @Test
    void landsOnTheTableOfRoutes() {
        browser.get(hawtio);
        await().atMost(PATIENCE)
                .until(() ->
                        browser.findElements(By.cssSelector("table tbody tr")).size() > 100);
        assertThat(browser.getCurrentUrl()).endsWith("/actuator/hawtio/camel/routes");
        screenshot("hawtio-landing");
    }

    /** Routes that a Kamelet has made are among them. */
    @Test
    void seesAllRoutesInOneDiagramWithoutAWarning() {
        choose("routes");
        click("//a[normalize-space(.)='Route Diagram']|//button[normalize-space(.)='Route Diagram']");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(browser.findElements(By.cssSelector(".react-flow__node")))
                        .hasSizeGreaterThan(100));
        assertThat(pageText()).doesNotContain("No route found");
    }

    @Test
    void seesTheSourceOfARoute() {
        choose("wait-for-previous");
        browser.manage().logs().get(LogType.BROWSER);
        click("//a[normalize-space(.)='Source']|//button[normalize-space(.)='Source']");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(pageText()).contains("id=\"wait-for-previous\""));
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
                .filteredOn(line -> line.getLevel().intValue() >= Level.WARNING.intValue())
                .isEmpty();
        screenshot("hawtio-source");
    }

    @Test
    void seesARouteAsADiagram() {
        choose("wait-for-previous");
        click("//a[normalize-space(.)='Route Diagram']|//button[normalize-space(.)='Route Diagram']");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(diagram())
                .contains("count-waiting-segment", "segment-is-known-to-wait", "segment-waits"));
        assertThat(browser.findElements(By.cssSelector(".react-flow svg .react-flow__edge")))
                .isNotEmpty();
        screenshot("hawtio-diagram");
    }

    @Test
    void seesHowOftenEachRouteRan() {
        String callSid = application.placeCall();
        api.post("/calls/" + callSid + "/transcript", Map.of("segments", List.of(segment(1, "caller", "Hello."))));
        await().atMost(PATIENCE)
                .until(() -> api.read("/handoffs/" + callSid)
                                .at("/transcript/appended")
                                .asInt()
                        == 1);
        browser.get(hawtio);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(pageText()).containsPattern("append-segment\\s+Started\\s"));
        screenshot("hawtio-routes");
    }

    @Test
    void replaysADeadLetter() {
        application.askSandbox("POST", "/faults", "{\"status\": 400, \"product\": \"conversations\"}");
        String callSid = application.placeCall();
        api.post(
                "/calls/" + callSid + "/transcript",
                Map.of("segments", List.of(segment(1, "caller", "My card was stolen."))));
        await().atMost(PATIENCE).until(() -> api.read("/dead-letters").size() == 1);
        String id = api.read("/dead-letters").get(0).get("id").textValue();
        application.askSandbox("DELETE", "/faults", "");

        browser.get(hawtio + "/jmx");
        choose("DeadLetters");
        click("//a[normalize-space(.)='Operations']|//button[normalize-space(.)='Operations']");
        operation("list()", "Details").click();
        operation("list()", "Execute").click();
        await().atMost(PATIENCE).until(() -> pageText().contains(id));
        assertThat(pageText()).contains(callSid, "A fault of the sandbox").doesNotContain("card was stolen");
        operation("replay(String)", "Details").click();
        browser.findElement(By.xpath(ofOperation("replay(String)") + "//input")).sendKeys(id);
        screenshot("hawtio-dead-letters");
        operation("replay(String)", "Execute").click();

        await().atMost(PATIENCE)
                .until(() -> api.read("/handoffs/" + callSid)
                                .at("/transcript/appended")
                                .asInt()
                        == 1);
        assertThat(api.read("/dead-letters")).isEmpty();
    }

    /** Finds a node of the tree by its name, and looks at it. */
    private static void choose(String name) {
        await().atMost(PATIENCE).until(() -> pageText().contains("Expand all"));
        WebElement search = browser.findElement(By.cssSelector("input"));
        search.sendKeys(Keys.chord(Keys.CONTROL, "a"));
        // as pasted: after each letter Hawtio draws its tree anew
        browser.executeCdpCommand("Input.insertText", Map.of("text", name));
        click("//*[contains(@class,'tree-view')]//*[normalize-space(text())='" + name + "']");
    }

    private static void click(String xpath) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            browser.findElement(By.xpath(xpath)).click();
            return true;
        });
    }

    private static WebElement operation(String signature, String button) {
        By path = By.xpath(ofOperation(signature) + "//button[normalize-space(.)='" + button + "' or @aria-label='"
                + button + "']");
        await().atMost(PATIENCE).until(() -> !browser.findElements(path).isEmpty());
        return browser.findElement(path);
    }

    private static String ofOperation(String signature) {
        return "//li[.//b[text()='" + signature + "']]";
    }

    private static String diagram() {
        return (String) browser.executeScript(
                "const all = document.querySelector('.react-flow'); return all ? all.innerText : ''");
    }

    private static void logInAs(String user, String password) {
        await().atMost(PATIENCE)
                .until(() -> !browser.findElements(By.name("password")).isEmpty());
        WebElement name = browser.findElement(By.name("username"));
        name.clear();
        name.sendKeys(user);
        browser.findElement(By.name("password")).sendKeys(password);
        browser.findElement(By.cssSelector("button[type=submit]")).click();
    }

    private static String pageText() {
        return (String) browser.executeScript("return document.body.innerText");
    }

    /** For a person to look at. */
    private static void screenshot(String name) {
        byte[] picture = browser.getScreenshotAs(OutputType.BYTES);
        try {
            Files.write(
                    Files.createDirectories(Path.of("target", "screenshots")).resolve(name + ".png"), picture);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
