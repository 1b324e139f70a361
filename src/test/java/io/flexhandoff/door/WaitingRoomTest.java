package io.flexhandoff.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexhandoff.org.Orgs;
import io.flexhandoff.sandbox.twilio.SandboxAccount;
import io.flexhandoff.support.SandboxOrg;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller hears who waits for a rep, as Twilio asks for it. */
class WaitingRoomTest {

    private static final String MUSIC = "https://acme.example.com/hold.mp3?a=1&b=2";
    private static final Pattern NEXT =
            Pattern.compile("<Redirect>https://handoff\\.example\\.com/voice/acme/t0ken/(.*?)</Redirect>");
    private static final Pattern SAID = Pattern.compile("<Say language=\"(.*?)\">(.*?)</Say>");

    private final WaitingRoom room = room(true);

    private static WaitingRoom room(boolean position) {
        Orgs orgs = new Orgs(Map.of("acme", SandboxOrg.of(SandboxAccount.demo(), "acme-key", "t0ken")));
        return new WaitingRoom(
                Map.of("acme", new Room(MUSIC, Duration.ofMinutes(1), position, List.of())),
                new DoorUrls(orgs, () -> Optional.of("https://handoff.example.com")));
    }

    /** Waits in the queue: each piece of music lasts so many seconds. @return what is said, and when */
    private List<String> heard(String language, int music, int end, Map<String, String> queue) {
        List<String> heard = new ArrayList<>();
        String callback = room.url("acme", language).orElseThrow().replaceFirst(".*/t0ken/", "");
        for (int waited = 0; waited < end; waited += music) {
            Map<String, String> form = new HashMap<>(queue);
            form.put("QueueTime", Integer.toString(waited));
            String twiml = room.twiml("acme", callback, form);
            assertThat(twiml).contains("<Play>" + MUSIC.replace("&", "&amp;") + "</Play>");
            Matcher said = SAID.matcher(twiml);
            if (said.find()) {
                heard.add(waited + " " + said.group(1) + ": " + said.group(2));
            }
            Matcher next = NEXT.matcher(twiml);
            assertThat(next.find()).as(twiml).isTrue();
            callback = next.group(1);
        }
        return heard;
    }

    @Test
    void aCallerIsToldAtOnceAndThenNotMoreOftenThanSet() {
        assertThat(heard("de", 25, 200, Map.of("QueuePosition", "3", "CurrentQueueSize", "4", "AvgQueueTime", "200")))
                .containsExactly(
                        "0 de-DE: Sie sind Nummer 3 in der Warteschlange. Die Wartezeit beträgt etwa fünf Minuten.",
                        "75 de-DE: Vielen Dank für Ihre Geduld. Sie sind Nummer 3 in der Warteschlange. Die Wartezeit beträgt etwa fünf Minuten.",
                        "150 de-DE: Vielen Dank für Ihre Geduld. Sie sind Nummer 3 in der Warteschlange. Die Wartezeit beträgt etwa fünf Minuten.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en-GB | 1 | 1 | 90  | en-GB  | You are next in line.",
                "en-GB | 1 | 5 | 100 | en-GB  | You are next in line. The wait is less than a minute.",
                "es-CO | 2 | 2 | 600 | es-ES  | Usted es el número 2 en la cola. La espera es de unos veinte minutos.",
                "pt    | 9 | 9 | 0   | pt-BR  | A sua chamada é a número 9 da fila.",
                "zh    | 2 | 4 | 9999| cmn-CN | 您排在第2位。 等待时间超过半小时。",
                "ko-KR | 1 | 1 | 0   | en-US  | You are next in line.",
                "fr-CA | x | 4 |     | fr-CA  | Merci de votre patience."
            })
    void placeAndTimeAreSaidInTheLanguageOfTheCall(
            String language, String place, String size, String average, String spoken, String words) {
        Map<String, String> queue = new HashMap<>(Map.of("QueuePosition", place, "CurrentQueueSize", size));
        queue.put("AvgQueueTime", average == null ? "" : average);

        assertThat(heard(language, 10, 1, queue)).containsExactly("0 " + spoken + ": " + words);
    }

    @Test
    void noPlaceIsToldWhereItMeansNothing() {
        assertThat(room(false)
                        .twiml(
                                "acme",
                                "wait/en/first",
                                Map.of(
                                        "QueueTime",
                                        "1",
                                        "QueuePosition",
                                        "7",
                                        "CurrentQueueSize",
                                        "7",
                                        "AvgQueueTime",
                                        "60")))
                .contains(">Thank you for your patience. The wait is about two minutes.<");
    }

    /** The redirect may not be told of the queue, and Twilio may ask the first URL again: then it is rather never than too often. */
    @Test
    void aCallerIsNotToldTooOftenWhateverTwilioLeavesOut() {
        String silent = room.twiml("acme", "wait/en/4", Map.of());
        assertThat(silent).contains("<Play>").doesNotContain("<Say", "<Redirect");
        String again = room.twiml("acme", "wait/en/first", Map.of("QueueTime", "44", "QueuePosition", "1"));
        assertThat(again).contains("/wait/en/44</Redirect>").doesNotContain("<Say");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait/en/later", "wait//", "wait/<b>/first", "wait/en/99999999999", "elsewhere"})
    void whateverIsAskedTheCallerGoesOnWaiting(String callback) {
        assertThat(room.twiml("acme", callback, Map.of("QueueTime", "-1"))).contains("<Play>");
        assertThat(room.twiml("globex", callback, Map.of("QueueTime", "5"))).contains("<Pause length=\"30\"/>");
    }

    @Test
    void everyLanguageOfNotesHasAllWords() throws IOException {
        Properties english = words("waiting/words.properties");
        for (String language :
                List.of("ar", "de", "es", "fr", "hi", "it", "ja", "nl", "pl", "pt", "ru", "sv", "tr", "zh")) {
            assertThat(getClass().getResource("/note/words_" + language + ".properties"))
                    .isNotNull();
            Properties words = words("waiting/words_" + language + ".properties");
            assertThat(words.stringPropertyNames()).as(language).isEqualTo(english.stringPropertyNames());
            assertThat(words.values()).as(language).doesNotContainAnyElementsOf(english.values());
            assertThat(words.getProperty("position")).contains("{0}");
        }
    }

    private Properties words(String name) throws IOException {
        Properties words = new Properties();
        try (InputStream file = getClass().getResourceAsStream("/" + name)) {
            words.load(file);
        }
        return words;
    }
}
