package io.flexhandoff.waiting;

import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Hangup;
import com.twilio.twiml.voice.Say;

/** The last words that a caller hears, as TwiML. Bound as {@code farewell}. */
public final class Farewell {

    /**
     * A sentence in the call's language, and the end of the call.
     *
     * @param language a BCP-47 tag; English for {@code null}
     * @param word name of the sentence, see {@link WaitWords}
     */
    public String twiml(String language, String word) {
        String spoken = language == null ? "en" : language;
        return new VoiceResponse.Builder()
                .say(new Say.Builder(WaitWords.in(spoken).of(word))
                        .option("language", SpokenLanguage.of(spoken))
                        .build())
                .hangup(new Hangup.Builder().build())
                .build()
                .toXml();
    }
}
