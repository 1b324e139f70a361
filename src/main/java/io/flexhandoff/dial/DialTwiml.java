package io.flexhandoff.dial;

import com.twilio.http.HttpMethod;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Dial;
import com.twilio.twiml.voice.Number;
import com.twilio.twiml.voice.Say;
import com.twilio.twiml.voice.Sip;
import com.twilio.type.PhoneNumber;
import io.flexhandoff.component.conversations.ThreadMessage;
import io.flexhandoff.door.DoorUrls;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.HandoffContext;
import io.flexhandoff.thread.NoteWords;
import io.flexhandoff.thread.TextParts;
import io.flexhandoff.waiting.Farewell;
import io.flexhandoff.waiting.SpokenLanguage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What connects a caller with the org's number or SIP address, what the human who picks up hears first, and what the caller hears when
 * nobody did. Bound as {@code dialTwiml}.
 */
public final class DialTwiml {

    /** Of the note, in characters: half a minute, in which the caller hears it ring. */
    private static final int SPOKEN_LIMIT = 500;

    private static final String END_OF_SENTENCE = "(?s).*[.!?…]";

    private final Map<String, DialTo> byOrg;
    private final DoorUrls urls;
    private final Farewell farewell;

    /** @param byOrg the orgs that dial */
    public DialTwiml(Map<String, DialTo> byOrg, DoorUrls urls, Farewell farewell) {
        this.byOrg = Map.copyOf(byOrg);
        this.urls = urls;
        this.farewell = farewell;
    }

    /** Whom the org's callers are connected with. */
    DialTo to(String org) {
        return Objects.requireNonNull(byOrg.get(org), () -> "handoff.orgs." + org + ".dial.to is not set");
    }

    /**
     * {@code <Dial>} with a {@code <Number>} whose human hears the note first, or with a {@code <Sip>} that carries the context as headers.
     *
     * @param decision which handoff of the call it is, {@code null} when that is not known
     */
    public String twiml(String org, String callSid, Integer decision, Escalation escalation, HandoffContext context) {
        DialTo to = to(org);
        DialedCall call = new DialedCall(callSid, decision, context.language(), context.noteLanguage());
        String answered = urls.voice(org, call.callback(DialedCall.ANSWERED));
        Dial.Builder dial = new Dial.Builder()
                .answerOnBridge(true)
                .timeout((int) to.timeout().toSeconds())
                .action(urls.voice(org, call.callback(DialedCall.OVER)))
                .method(HttpMethod.POST);
        if (to.callerId() != null) {
            dial.callerId(to.callerId());
        }
        if (to.isSip()) {
            dial.sip(new Sip.Builder(to.to() + "?" + SipHeaders.query(escalation, context))
                    .statusCallback(answered)
                    .statusCallbackMethod(HttpMethod.POST)
                    .statusCallbackEvents(Sip.Event.ANSWERED)
                    .build());
        } else {
            dial.number(new Number.Builder(new PhoneNumber(to.to()))
                    .url(urls.voice(org, call.callback(DialedCall.NOTE)))
                    .method(HttpMethod.POST)
                    .statusCallback(answered)
                    .statusCallbackMethod(HttpMethod.POST)
                    .statusCallbackEvents(Number.Event.ANSWERED)
                    .build());
        }
        return new VoiceResponse.Builder().dial(dial.build()).build().toXml();
    }

    /**
     * What the human who has picked up hears before the caller is connected: the note as it stands in the thread, or else the reason; nothing
     * when neither is known.
     *
     * @param messages of the thread, {@code null} when it was not read
     * @param known the handoff's row of the ledger, or {@code null}
     */
    public String note(DialedCall call, List<ThreadMessage> messages, Map<String, Object> known) {
        String words = words(call, messages, known);
        VoiceResponse.Builder response = new VoiceResponse.Builder();
        if (words != null) {
            response.say(new Say.Builder(words)
                    .option("language", SpokenLanguage.of(call.noteLanguage()))
                    .build());
        }
        return response.build().toXml();
    }

    private static String words(DialedCall call, List<ThreadMessage> messages, Map<String, Object> known) {
        NoteWords words = NoteWords.in(call.noteLanguage());
        String title = words.of("title") + "\n";
        List<String> notes = messages == null
                ? List.of()
                : messages.stream()
                        .map(ThreadMessage::body)
                        .filter(body -> body != null && body.startsWith(title))
                        .toList();
        if (!notes.isEmpty()) {
            // the last line is when it was, and now is soon after
            String note = notes.get(notes.size() - 1);
            return spoken(note.substring(0, note.lastIndexOf('\n')));
        }
        Object reason = known == null ? null : known.get("reason");
        return reason == null ? null : spoken(title + words.of("reason") + ": " + reason);
    }

    /** Lines as sentences. */
    private static String spoken(String text) {
        StringBuilder sentences = new StringBuilder();
        Arrays.stream(text.split("\n"))
                .filter(line -> !line.isBlank())
                .forEach(line -> sentences.append(line).append(line.matches(END_OF_SENTENCE) ? " " : ". "));
        return TextParts.cut(sentences.toString().strip(), SPOKEN_LIMIT);
    }

    /** What the caller hears when the connection is over: nothing more after a conversation, an honest word when there was none. */
    public String over(DialedCall call, Map<String, String> form) {
        DialEnd end = DialEnd.of(form);
        return end.wasConnected() || end.callerIsGone()
                ? new VoiceResponse.Builder().build().toXml()
                : farewell.twiml(call.language(), end.isFailure() ? "not-through" : "not-taken");
    }
}
