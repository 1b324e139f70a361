package io.flexhandoff.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flexhandoff.FlexHandoffApplication;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.sandbox.twilio.NewestTask;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.support.Browser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
                .run(
                        "--handoff.http.port=0",
                        "--handoff.management.port=0",
                        "--handoff.data-dir=" + folder.resolve("data"));
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
        assertThat(text("sentiment")).isEqualTo("▼ Negative");
        assertThat(text("language")).isEqualTo("English (United States)");
        assertThat(text("handed-over")).endsWith("ago");
        assertThat(browser.getTitle()).startsWith("(1)");

        byId("accept").click();
        await().atMost(PATIENCE).until(() -> text("call-state").startsWith("Connected to"));
        await().atMost(PATIENCE).until(() -> byId("note").isDisplayed());
        byId("note-title").click();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(text("note-text"))
                .contains("Reason: Disputes a $154.20 roaming charge", "Sentiment: negative")
                .contains("\n"));
        await().atMost(PATIENCE).until(() -> turns().size() == 12);
        assertThat(text("thread-status")).isEqualTo("Whole conversation, turns: 11");
        List<String> turns = turns();
        assertThat(turns.get(0)).contains("AI agent", "Thanks for calling Northwind Mobile.");
        assertThat(turns.get(9)).contains("Caller", "Then please let me talk to a person who can fix it.");
        assertThat(turns.get(11)).contains("note");
        byId("details-title").click();
        assertThat(text("rep"))
                .containsSubsequence(
                        "Disputes a $154.20 roaming charge",
                        "A $10 travel pass was ordered on the 2nd but never activated.",
                        "Negative",
                        "Handed over",
                        "The caller said last",
                        "Number and data",
                        "+14155550132",
                        "accountTier",
                        "gold",
                        "ivrSelection",
                        "2 - billing",
                        "The note in the conversation")
                .doesNotContain("call_sid");
        byId("raw").findElement(By.tagName("summary")).click();
        assertThat(text("attributes")).contains("call_sid", "conversationSid");

        byId("search").sendKeys("person who can fix");
        await().atMost(PATIENCE).until(() -> text("thread-status").equals("Found: 1"));
        assertThat(turns()).hasSize(1);
        byId("search").sendKeys(Keys.ESCAPE);
        await().atMost(PATIENCE).until(() -> turns().size() == 12);
        browser.executeScript("arguments[0].scrollIntoView({ block: 'center' })", byId("show-last"));
        byId("show-last").click();
        assertThat(browser.switchTo().activeElement().getText()).contains(text("last-said"));
        assertThat(participants()).as("Flex adds the rep").hasSize(1);
        assertThat(text("handoff-progress")).startsWith("Moved to Human Support at ");
        for (int width : new int[] {360, 768, 1280}) {
            resize(width);
            screenshot("desk-" + width);
            assertThat(cut()).as("cut at %s px", width).isEmpty();
        }

        byId("wrap-up").click();
        await().atMost(PATIENCE).until(() -> text("call-state").endsWith("is wrapping up"));
        await().atMost(PATIENCE).until(() -> "INACTIVE".equals(thread("attributes.status")));
        byId("complete").click();
        await().atMost(PATIENCE).until(() -> text("call-state").equals("Completed"));
        await().atMost(PATIENCE).until(() -> byId("queue-empty").isDisplayed());
        assertThat(text("handoff-progress")).contains("Moved to Human Support at ", " · ended ", " after 0:");
        await("the call was over soon after the accept").atMost(PATIENCE).untilAsserted(() -> assertThat(
                        text("handoff-progress"))
                .containsPattern(" · cut \\d+ s after the accept · "));
        assertThat(text("report"))
                .matches(
                        "Twilio has the call as completed after \\d+ s · its conference ended by CA\\w+, .* · recording RE\\w+");
        browser.executeScript("document.getElementById('finished-box').open = true");
        assertThat(text("finished")).contains("+14155550132", "ended ", " after 0:");
        await("the rep leaves").atMost(PATIENCE).until(() -> participants().isEmpty());
    }

    @Test
    void aThreadThatRefusesTheRepLeavesTheNoteAndATaskThatCanBeEnded() {
        new Select(byId("demo-script")).selectByValue("disputed-charge");
        byId("demo-start").click();
        await().atMost(PATIENCE).until(() -> text("call-state").startsWith("Offered to"));
        preset("Thread refused").click();
        await().atMost(PATIENCE).until(() -> faults().size() == 1);

        byId("accept").click();
        await().atMost(PATIENCE).until(() -> byId("thread-refused").isDisplayed());
        assertThat(text("thread-refused-text"))
                .isEqualTo("The conversation cannot be read here. The note is from the task and complete.");
        assertThat(text("reason")).isEqualTo("Disputes a $154.20 roaming charge");
        assertThat(turns()).isEmpty();
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
                .singleElement()
                .asString()
                .contains("/participants", "403");

        preset("Thread refused").click();
        await().atMost(PATIENCE).until(() -> faults().isEmpty());
        byId("again").click();
        await().atMost(PATIENCE).until(() -> turns().size() > 2);
        byId("wrap-up").click();
        await().atMost(PATIENCE).until(() -> text("call-state").endsWith("is wrapping up"));
        byId("complete").click();
        await().atMost(PATIENCE).until(() -> text("call-state").equals("Completed"));
    }

    @Test
    void theRepIsSpokenToAsInFlexFromRightToLeftInArabic() throws IOException {
        JsonNode all = new ObjectMapper()
                .readTree(Path.of("src/flex-plugin/src/texts.json").toFile());
        assertThat(new Select(byId("rep-language")).getOptions())
                .extracting(option -> option.getDomAttribute("value"))
                .containsExactlyElementsOf((Iterable<String>) all::fieldNames);
        new Select(byId("demo-script")).selectByValue("disputed-charge");
        byId("demo-start").click();
        await().atMost(PATIENCE).until(() -> text("call-state").startsWith("Offered to"));

        new Select(byId("rep-language")).selectByValue("ar");
        JsonNode arabic = all.path("ar");
        assertThat(byId("rep").getCssValue("direction")).isEqualTo("rtl");
        assertThat(text("handoff-title")).isEqualTo(arabic.path("tab").asText());
        assertThat(text("sentiment")).isEqualTo("▼ " + arabic.path("negative").asText());
        assertThat(text("copy")).isEqualTo(arabic.path("copy").asText());
        assertThat(text("details-title")).isEqualTo(arabic.path("details").asText());
        assertThat(turns().get(0)).startsWith(arabic.path("ai").asText());
        screenshot("desk-arabic");
        byId("hangup").click();
        await().atMost(PATIENCE).until(() -> text("call-state").startsWith("Canceled"));
    }

    private static void resize(int width) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    }

    /** What does not fit: the page itself, a menu's longest choice, text in a box that does not show that it scrolls. */
    private static List<?> cut() {
        return (List<?>) browser.executeScript("""
                const found = [];
                if (document.documentElement.scrollWidth > innerWidth) found.push('page');
                const pen = document.createElement('canvas').getContext('2d');
                for (const menu of document.querySelectorAll('select')) {
                  const style = getComputedStyle(menu);
                  pen.font = style.font;
                  const longest = Math.max(...[...menu.options].map((option) => pen.measureText(option.text).width));
                  const room = menu.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
                  if (longest > room) found.push(`${menu.id}: ${longest} in ${room}`);
                }
                for (const box of document.querySelectorAll('.scroll, #note-text, #data dd')) {
                  if (box.scrollHeight > box.clientHeight + 1) found.push(box.id || box.className || box.tagName);
                }
                return found;
                """);
    }

    private static List<?> participants() {
        return (List<?>) thread("participants");
    }

    /** Of the thread of the newest task, as the sandbox has it now. */
    private static Object thread(String field) {
        return browser.executeScript("""
                return (async (field) => {
                const get = async (path) => (await fetch('/sandbox/api' + path)).json();
                const { tasks } = await get('/state');
                const thread = await get('/conversations/' + tasks[0].attributes.conversationSid);
                return field.split('.').reduce((value, name) => value[name], thread);
                })(arguments[0]);
                """, field);
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
                        .singleElement()
                        .extracting(WebElement::getText)
                        .asString()
                        .startsWith("⚠ Late, spoken "));

        press(Keys.TAB);
        press(Keys.SPACE);
        await().atMost(PATIENCE).until(() -> text("call-state").endsWith("is wrapping up"));
        press(Keys.TAB);
        press(Keys.ENTER);
        await().atMost(PATIENCE).until(() -> text("call-state").equals("Completed"));
    }

    @Test
    void aCallerWhomNobodyAnswersIsSeenWaiting() {
        new Select(byId("demo-script")).selectByValue("disputed-charge");
        new Select(byId("demo-rep")).selectByValue("nobody");
        byId("demo-start").click();
        await().atMost(PATIENCE).until(() -> text("call-state").equals("Waiting for a free rep"));
        await().atMost(PATIENCE).until(() -> text("waits").matches("\\d:\\d\\d"));
        assertThat(text("place")).isEqualTo("number 1 of 1 in line");
        assertThat(text("hears")).isEqualTo("Twilio’s music");
        await().atMost(PATIENCE)
                .until(() -> text("next").matches("The caller goes to another queue (in 0:\\d\\d|now)"));
        assertThat(text("queue")).contains("Waiting for a free rep, number 1 of 1 in line", "Hears: Twilio’s music");

        NewestTask task = NewestTask.of(sandbox());
        task.callerHears("say en-US: You are next in line.", "play https://acme.example.com/hold%20on.mp3?v=1");
        await().atMost(PATIENCE).until(() -> text("hears").equals("“You are next in line.”, then music (hold on.mp3)"));
        task.callerHears("redirect https://acme.example.com/again", "record");
        await().atMost(PATIENCE).until(() -> text("hears").equals("A tone: the message is being recorded"));
        assertThat(next("{ step: 'callback', at: new Date(Date.now() + 12_500).toISOString() }"))
                .isEqualTo("The caller is called back later in 0:12");
        assertThat(next("{ step: 'voicemail', at: '2026-11-20T09:00:00Z' }"))
                .isEqualTo("The caller may leave a message now");
        assertThat(next("{ step: 'page-the-boss' }")).isEqualTo("The step page-the-boss");
        for (int width : new int[] {360, 1280}) {
            resize(width);
            screenshot("desk-waiting-" + width);
            assertThat(cut()).as("cut at %s px", width).isEmpty();
        }

        task.cancel("Task TTL Exceeded");
        await().atMost(PATIENCE).until(() -> text("call-state").equals("Nobody took the call"));
        assertThat(byId("waiting").isDisplayed()).isFalse();
        assertThat(text("steps")).endsWith("Not taken");
        byId("hangup").click();
    }

    @Test
    void aCallerWhomNobodyAnswersIsCalledBack() {
        new Select(byId("demo-script")).selectByValue("disputed-charge");
        new Select(byId("demo-rep")).selectByValue("nobody");
        byId("demo-start").click();

        await().atMost(PATIENCE).until(() -> text("next").startsWith("The caller goes to another queue"));
        await().atMost(PATIENCE).until(() -> text("next").startsWith("The caller is called back later"));
        await().atMost(PATIENCE).until(() -> text("call-state").equals("Nobody took the call"));
        await().atMost(PATIENCE).until(() -> text("queue").contains("Offered to Riley"));
        assertThat(text("queue")).contains("Disputes a $154.20 roaming charge", "+14155550132");
        screenshot("desk-called-back");
        NewestTask.of(sandbox()).cancel("Called back");
    }

    private static Sandbox sandbox() {
        return application.getBean(HandoffRuntime.class).sandbox().orElseThrow();
    }

    /** What the page says comes next, of what the product says. */
    private static Object next(String handoffsNext) {
        return browser.executeScript("return import('/sandbox/assets/waiting.js').then((page) => page.nextOf({ next: "
                + handoffsNext + " }))");
    }

    @ParameterizedTest
    @CsvSource({"flex, Came through Flex", "relay, By ConversationRelay", "relay-reconnect, By ConversationRelay"})
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
        await("the page says what waits").atMost(PATIENCE).untilAsserted(() -> assertThat(text("thread-empty"))
                .matches("\\d+ turns? waits? for Conversations: try \\d+ (now|in \\d+ s)"));
        assertThat(text("handoff-progress")).contains("for Conversations: try ");

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
