package io.flexhandoff.enrichment;

import static io.flexhandoff.support.ApiClient.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TestCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Language and mood on the task and in the note, from what the AI called the language and what the caller said. */
@HandoffTest
class SpokenLanguageTest {

    @RegisterExtension
    final TestCall call = TestCall.of("demo");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    # the AI says | the caller says                                | on the task | in the note
                    multi         | Me cobraron dos veces el mismo pedido          | es          | Idioma (deducido): español (es)
                    auto          | Ich möchte mit Señor García sprechen           | de          | Sprache (abgeleitet): Deutsch (de)
                    und           | 4111 1111 1111 1111                            | en          | HANDOFF NOTE
                    unknown       | Björn Sjöström                                 | en          | HANDOFF NOTE
                    Portuguese    | Ok.                                            | pt          | Idioma: português (pt)
                    Spanish       | I want to speak to Mr. Müller                  | es          | Idioma: español (es)
                    ger           | Hm.                                            | de          | Sprache: Deutsch (de)
                    es_mx         | Sí.                                            | es-MX       | Idioma: español (es-MX)
                    """)
    void theTaskNamesALanguageThatIsSpoken(String given, String said, String onTask, String inNote) {
        escalate(given, said);

        assertThat(onTask("handoffLanguage")).isEqualTo(onTask);
        assertNote(inNote);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    # the AI says | the caller says                                 | on the task | in the note
                    auto          | Jestem wściekła, to skandal, oddajcie pieniądze | negative    | Nastrój (wywnioskowane): negatywny
                    multi         | 本当に助かりました、ありがとうございます            | positive     | 感情 (推定):
                    ar            | أين طلبي من فضلك؟                               | neutral     | المزاج (مستنتج):
                    ko            | 삼십 분째 기다리고 있는데 아무도 안 받아요             | neutral     | Sentiment: not known
                    und           | Ok.                                             | neutral     | Sentiment: not known
                    fi            | Kiitos, olette todella ystävällinen              | neutral     | Sentiment: not known
                    """)
    void theMoodIsHeardInEveryLanguageOfNotesAndNotKnownInOthers(
            String given, String said, String onTask, String inNote) {
        escalate(given, said);

        assertThat(onTask("handoffSentiment")).isEqualTo(onTask);
        assertNote(inNote);
    }

    private void escalate(String language, String said) {
        call.post(
                "/escalation",
                Map.of(
                        "id",
                        "e1",
                        "occurredAt",
                        "2026-11-20T09:00:05Z",
                        "language",
                        language,
                        "recentTurns",
                        List.of(segment(1, "caller", said))));
        call.task();
    }

    private String onTask(String attribute) {
        return call.task().get(attribute).textValue();
    }

    private void assertNote(String text) {
        await().untilAsserted(() -> assertThat(call.messages())
                .anySatisfy(message -> assertThat(message.getBody()).contains(text)));
    }
}
