package io.flexhandoff.thread;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.HandoffContext;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandoffNoteTest {

    private final HandoffNote note = new HandoffNote();

    private static Escalation escalation(Map<String, Object> custom) {
        return new Escalation(
                "e1",
                Instant.parse("2026-11-20T09:00:05Z"),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                custom,
                null,
                null,
                null,
                null);
    }

    private static HandoffContext context(String summary, Set<String> derived, Set<String> assumed, String language) {
        return new HandoffContext("Billing dispute", summary, "negative", "es-MX", derived, assumed, language);
    }

    @Test
    void aLineAFactAndWhatIsDerivedSaysSo() {
        assertThat(note.parts(
                        escalation(Map.of("accountTier", "gold")),
                        context("Charged twice.", Set.of("sentiment", "language"), Set.of(), "en")))
                .containsExactly("""
                        HANDOFF NOTE
                        Reason: Billing dispute
                        Sentiment (derived): negative
                        Language (derived): Spanish (es-MX)
                        Summary: Charged twice.
                        accountTier: gold
                        Escalated: 2026-11-20 09:00:05 UTC""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "+266696687 | en | Caller: number withheld (anonymous)",
                "+2562533 | en | Caller: number withheld (blocked)",
                "+8656696 | en | Caller: number unknown (unknown)",
                "+7378742833 | de | Anrufer: Nummer unterdrückt (restricted)",
                "+86282452253 | es | Quien llama: número desconocido (unavailable)"
            })
    void aCallerWithoutANumberIsSaidToHaveNone(String from, String language, String line) {
        Escalation escalation = new Escalation(
                "e1", Instant.EPOCH, null, null, null, null, from, null, null, null, null, null, null, null);

        assertThat(note.parts(escalation, context("-", Set.of(), Set.of(), language))
                        .get(0))
                .contains("\n" + line + "\n");
    }

    @Test
    void whatNobodySaidIsLeftOutAndAMoodThatNothingTellsIsNotKnown() {
        assertThat(note.parts(
                                escalation(Map.of()),
                                context("-", Set.of(), Set.of("sentiment", "summary", "language"), "en"))
                        .get(0))
                .isEqualTo("""
                        HANDOFF NOTE
                        Reason: Billing dispute
                        Sentiment: not known
                        Escalated: 2026-11-20 09:00:05 UTC""");
    }

    @Test
    void itSpeaksTheLanguageOfThoseWhoReadIt() {
        HandoffContext context = context("Zweimal abgebucht.", Set.of("sentiment"), Set.of(), "de-AT");
        assertThat(note.parts(escalation(Map.of()), context).get(0)).isEqualTo("""
                ÜBERGABENOTIZ
                Grund: Billing dispute
                Stimmung (abgeleitet): negativ
                Sprache: Spanisch (es-MX)
                Zusammenfassung: Zweimal abgebucht.
                Übergeben: 2026-11-20 09:00:05 UTC""");
        assertThat(note.pointer(context)).startsWith("▲ An Sie übergeben: Billing dispute\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "es", "fr", "it", "pt", "nl", "pl", "sv", "tr", "ru", "ar", "hi", "ja", "zh"})
    void everyWordIsTranslated(String language) {
        for (String word : List.of(
                "title",
                "reason",
                "pointer-note",
                "unknown-reason",
                "unknown-summary",
                "unknown-sentiment",
                "early-reason",
                "early-summary",
                "continued")) {
            assertThat(NoteWords.in(language).of(word))
                    .isNotBlank()
                    .isNotEqualTo(NoteWords.in("en").of(word));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sw", "und", "x", "not a tag"})
    void otherLanguagesGetEnglishWhateverTheMachineSpeaks(String language) {
        Locale machine = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(NoteWords.in(language).of("title")).isEqualTo("HANDOFF NOTE");
            assertThat(NoteWords.in(language).languageName("es-MX")).isEqualTo("Spanish (es-MX)");
        } finally {
            Locale.setDefault(machine);
        }
    }

    @Test
    void theFirstPartIsANoteAndTheRestIsWhole() {
        String summary = "Every detail of a long story. ".repeat(300).strip();
        Map<String, Object> custom = new TreeMap<>();
        for (int at = 0; at < 40; at++) {
            custom.put("field" + at, "value of some length");
        }

        List<String> parts = note.parts(escalation(custom), context(summary, Set.of(), Set.of(), "en"));

        assertThat(parts).allSatisfy(part -> assertThat(part).hasSizeLessThanOrEqualTo(TextParts.MESSAGE_LIMIT));
        assertThat(parts.get(0))
                .contains("Summary: Every detail", "(continued below the transcript)")
                .endsWith("Escalated: 2026-11-20 09:00:05 UTC");
        assertThat(String.join("", parts.subList(1, parts.size()))).contains("Summary: " + summary, "field39: value");
    }
}
