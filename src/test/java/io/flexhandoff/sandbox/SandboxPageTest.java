package io.flexhandoff.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexhandoff.FlexHandoffApplication;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.support.Browser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.Select;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A visitor at the sandbox's page, in a real browser, with the whole application behind it. */
@EnabledIf(value = Browser.CONDITION, disabledReason = Browser.MISSING)
class SandboxPageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    private static Path folder;

    private static ChromeDriver browser;
    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void start() {
        browser = Browser.open(folder.resolve("browser"));
        application = new SpringApplicationBuilder(FlexHandoffApplication.class)
                .run("--handoff.http.port=0", "--server.port=0", "--handoff.data-dir=" + folder.resolve("data"));
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.quit();
        }
        if (application != null) {
            application.close();
        }
    }

    private static String page() {
        return "http://localhost:" + application.getBean(HandoffRuntime.class).port() + "/sandbox";
    }

    @BeforeEach
    void open() {
        browser.get(page());
        await().atMost(PATIENCE).until(() -> text("link-text").equals("Live"));
        await().atMost(PATIENCE).until(() -> byId("demo-script").isEnabled());
    }

    @AfterEach
    void nothingWentWrongInTheBrowser() {
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    }

    @Test
    void aDemoCallGoesFromTheAiToTheRep() {
        new Select(byId("demo-script")).selectByValue("disputed-charge");
        byId("demo-start").click();

        await().atMost(PATIENCE).until(() -> turns().size() > 2);
        assertThat(text("panel-title")).isEqualTo("Call from +14155550132");
        assertThat(text("call-state")).isEqualTo("With the AI");
        assertThat(byId("accept").getDomAttribute("aria-disabled")).isEqualTo("true");
        WebElement card = browser.findElement(By.cssSelector("#calls .card"));
        browser.executeScript("arguments[0].focus()", card);

        await().atMost(PATIENCE).until(() -> text("call-state").startsWith("Offered to"));
        assertThat(browser.switchTo().activeElement())
                .as("live data leaves the focus alone")
                .isEqualTo(card);
        assertThat(text("reason")).isEqualTo("Disputes a $154.20 roaming charge");
        assertThat(text("summary")).contains("A $10 travel pass was ordered on the 2nd but never activated.");
        assertThat(text("sentiment")).isEqualToIgnoringCase("negative");
        assertThat(text("language")).isEqualTo("English (United States) · en-US");
        assertThat(text("handed-off")).isEqualTo("Yes, by the AI");
        assertThat(text("handoff-time")).isNotBlank();
        assertThat(browser.getTitle()).startsWith("(1)");

        byId("accept").click();
        await().atMost(PATIENCE).until(() -> text("call-state").startsWith("Connected to"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(text("note-text"))
                .contains("Reason: Disputes a $154.20 roaming charge", "Sentiment: negative")
                .contains("\n"));
        await().atMost(PATIENCE).until(() -> turns().size() == 12);
        List<String> turns = turns();
        assertThat(turns.get(0)).contains("AI agent", "Thanks for calling Northwind Mobile.");
        assertThat(turns.get(9)).contains("Caller", "Then please let me talk to a person who can fix it.");
        assertThat(turns.get(11)).contains("note");

        byId("details").findElement(By.tagName("summary")).click();
        assertThat(text("attributes")).contains("accountTier", "gold", "ivrSelection", "2 - billing", "call_sid");

        byId("wrap-up").click();
        await().atMost(PATIENCE).until(() -> text("call-state").endsWith("is wrapping up"));
        byId("complete").click();
        await().atMost(PATIENCE).until(() -> text("call-state").equals("Completed"));
        await().atMost(PATIENCE).until(() -> byId("queue-empty").isDisplayed());
    }

    @Test
    void aRepNeedsOnlyTheKeyboard() {
        new Select(byId("demo-script")).selectByValue("internet-outage");
        tabTo("demo-start");
        press(Keys.ENTER);
        await("the visitor is taken to the call").atMost(PATIENCE).until(() -> focused()
                .equals("panel-title"));
        await().atMost(PATIENCE).until(() -> text("call-state").startsWith("Offered to"));
        assertThat(text("announcer")).startsWith("Offered to").hasSizeGreaterThan("Offered to Riley (rep): ".length());
        assertThat(text("reason")).as("derived, since the script sends none").isNotBlank();
        assertThat(text("language")).contains("German");

        press(Keys.TAB);
        assertThat(focused()).isEqualTo("accept");
        press(Keys.ENTER);
        await().atMost(PATIENCE).until(() -> text("call-state").startsWith("Connected to"));
        assertThat(focused()).as("the focus stays where it was").isEqualTo("accept");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(browser.findElements(By.cssSelector(".turn.late .mark")))
                        .as("the last sentence arrives after the transfer")
                        .extracting(WebElement::getText)
                        .containsExactly("late"));

        press(Keys.TAB);
        press(Keys.SPACE);
        await().atMost(PATIENCE).until(() -> text("call-state").endsWith("is wrapping up"));
        press(Keys.TAB);
        press(Keys.ENTER);
        await().atMost(PATIENCE).until(() -> text("call-state").equals("Completed"));
    }

    @ParameterizedTest
    @CsvSource({"flex, Came through Flex", "relay, By ConversationRelay"})
    void aCallComesToTheAiInAnotherWay(String way, String shown) {
        new Select(byId("demo-script")).selectByValue("disputed-charge");
        new Select(byId("demo-way")).selectByValue(way);
        byId("demo-start").click();

        await().atMost(PATIENCE).until(() -> turns().size() > 2);
        assertThat(text("call-way")).startsWith(shown);
        assertThat(text("call-state")).isEqualTo("With the AI");
        assertThat(byId("queue-empty").isDisplayed()).isTrue();

        await().atMost(PATIENCE).until(() -> text("call-state").startsWith("Offered to Riley"));
        assertThat(text("reason")).isEqualTo("Disputes a $154.20 roaming charge");
        assertThat(text("call-way")).startsWith(shown);
        screenshot(way);
        byId("hangup").click();
        await().atMost(PATIENCE).until(() -> text("call-state").startsWith("Canceled"));
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

    @Test
    void aVisitorRehearsesAnOutage() {
        WebElement down = preset("Conversations down");
        down.click();
        await().atMost(PATIENCE).until(() -> "true".equals(down.getDomAttribute("aria-pressed")));
        assertThat(faults()).singleElement().asString().contains("Conversations down", "Has not struck yet");
        new Select(byId("demo-script")).selectByValue("disputed-charge");
        byId("demo-start").click();
        await("the AI speaks, and Conversations does not listen")
                .atMost(PATIENCE)
                .until(() -> faults().get(0).contains("Struck"));
        assertThat(turns()).isEmpty();

        browser.findElement(By.cssSelector("#faults button")).click();
        await().atMost(PATIENCE).until(() -> faults().isEmpty());
        assertThat(down.getDomAttribute("aria-pressed")).isEqualTo("false");
        await("what was said follows").atMost(PATIENCE).until(() -> turns().size() > 2);
        byId("hangup").click();
        await().atMost(PATIENCE).until(() -> text("call-state").equals("Call ended"));
    }

    private static WebElement preset(String name) {
        return browser.findElement(By.xpath("//*[@id='presets']/button[.='" + name + "']"));
    }

    private static List<String> faults() {
        return browser.findElements(By.cssSelector("#faults > li")).stream()
                .map(fault -> fault.getDomProperty("innerText"))
                .toList();
    }

    private static WebElement byId(String id) {
        return browser.findElement(By.id(id));
    }

    private static String text(String id) {
        return (String) browser.executeScript("return document.getElementById(arguments[0]).innerText", id);
    }

    private static List<String> turns() {
        return browser.findElements(By.cssSelector("#turns > li")).stream()
                .map(turn -> turn.getDomProperty("innerText"))
                .toList();
    }

    private static String focused() {
        return browser.switchTo().activeElement().getDomProperty("id");
    }

    private static void tabTo(String id) {
        for (int i = 0; i < 20 && !focused().equals(id); i++) {
            press(Keys.TAB);
        }
        assertThat(focused()).isEqualTo(id);
    }

    private static void press(Keys key) {
        new Actions(browser).sendKeys(key).perform();
    }
}
