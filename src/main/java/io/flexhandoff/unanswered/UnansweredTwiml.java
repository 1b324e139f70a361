package io.flexhandoff.unanswered;

import com.twilio.http.HttpMethod;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Hangup;
import com.twilio.twiml.voice.Pause;
import com.twilio.twiml.voice.Record;
import com.twilio.twiml.voice.Redirect;
import com.twilio.twiml.voice.Say;
import io.flexhandoff.component.taskrouter.TaskView;
import io.flexhandoff.door.DoorUrls;
import io.flexhandoff.door.WebhookUrl;
import io.flexhandoff.event.CallEvent;
import io.flexhandoff.event.UnansweredEvent.StepDue;
import io.flexhandoff.event.UnansweredEvent.VoicemailLeft;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.waiting.Farewell;
import io.flexhandoff.waiting.SpokenLanguage;
import io.flexhandoff.waiting.WaitWords;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Processor;

/**
 * What a caller hears whom a step has taken out of the queue. Bound as {@code unansweredTwiml}.
 *
 * <p>The call is redirected to a door of ours ({@code …/unanswered/{decision}/{number}/{step}/{language}}), which Twilio asks when the line
 * is there: all that the answer needs stands in the URL.
 */
public final class UnansweredTwiml {

    private static final Pattern CALLBACK =
            Pattern.compile("unanswered/(\\d{1,6})/(\\d{1,6})/([a-z-]{1,32})/([A-Za-z0-9-]{1,40})");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z0-9-]{1,40}");

    private static final Pattern LEFT = Pattern.compile("left/([A-Za-z0-9-]{1,40})/(\\d{1,3})");
    private static final Pattern RECORDING = Pattern.compile("RE[0-9a-fA-F]{32}");

    /** What became of a caller who has left the queue, if there is nothing to be said (Twilio documentation, "TwiML Voice: Enqueue"). */
    private static final Set<String> SETTLED =
            Set.of("bridged", "bridging-in-process", "hangup", "redirected", "redirected-from-bridged");

    /** Half a minute, two seconds at a time. */
    private static final int MOST_ASKED = 15;

    /** Of a message, in seconds. */
    private static final int LONGEST_MESSAGE = 180;

    /** What a caller hears whom a step has taken and can do nothing for. */
    private static final String NOT_TAKEN = "not-taken";

    private static final String VOICEMAIL_LEFT = "voicemail-left";

    private static final String ACCOUNT = "CamelTwilio.pathAccountSid";

    private static final Farewell FAREWELL = new Farewell();

    private final Orgs orgs;
    private final DoorUrls urls;
    private final UnansweredSteps steps;

    public UnansweredTwiml(Orgs orgs, DoorUrls urls, UnansweredSteps steps) {
        this.orgs = orgs;
        this.urls = urls;
        this.steps = steps;
    }

    /**
     * Bound as {@code unansweredRequest}: redirects the caller's line to the door of the step. In: variables {@code org}, {@code callSid},
     * {@code decision}, {@code event}, {@code known} and {@code flexTask}, which knows the caller's line better than the AI may; and
     * {@code door}, if it is not that of the step.
     */
    public Processor request() {
        return exchange -> {
            String org = exchange.getVariable("org", String.class);
            StepDue step = exchange.getVariable("event", StepDue.class);
            TaskView task = exchange.getVariable("flexTask", TaskView.class);
            String spoken =
                    spoken((String) exchange.getVariable("known", Map.class).get("language"));
            String door = urls.voice(
                    org,
                    "unanswered/" + exchange.getVariable("decision") + "/" + step.number() + "/"
                            + exchange.getVariable("door", step.step(), String.class) + "/" + spoken);
            String line = Objects.toString(task.attributes().get("call_sid"), step.callSid());
            exchange.getMessage().removeHeaders("*");
            exchange.getMessage().setHeader(ACCOUNT, orgs.get(org).accountSid());
            exchange.getMessage().setHeader("CamelTwilio.pathSid", line);
            exchange.getMessage().setHeader("CamelTwilio.twiml", redirect(door));
        };
    }

    /** That a caller has come to a door. @throws IllegalArgumentException if the URL is none of ours */
    public CallEvent arrived(String org, String callSid, String callback) {
        Matcher door = door(callback);
        return steps.arrived(org, callSid, Integer.parseInt(door.group(1)), Integer.parseInt(door.group(2)));
    }

    /**
     * What a caller hears at a door.
     *
     * @param callback {@code unanswered/<decision>/<number>/<step>/<language>}
     * @throws IllegalArgumentException if the URL is none of ours, or the org's settings do not say any more where to
     */
    public String twiml(String org, String callback) {
        Matcher door = door(callback);
        String step = door.group(3);
        return switch (step) {
            case Ladder.BACK_TO_AI -> redirect(toAi(org, door.group(1)));
            case Ladder.CALLBACK -> said(door.group(4), "callback-done");
            case Ladder.VOICEMAIL -> voicemail(org, door);
            case VOICEMAIL_LEFT -> said(door.group(4), "voicemail-done");
            case NOT_TAKEN -> said(door.group(4), NOT_TAKEN);
            default -> throw new IllegalArgumentException("There is no door of the step " + step);
        };
    }

    /**
     * Twilio keeps the message, and tells where, also when the caller ends it by hanging up (Twilio documentation, "TwiML Voice: Record",
     * recordingStatusCallback).
     */
    private String voicemail(String org, Matcher door) {
        String language = door.group(4);
        return new VoiceResponse.Builder()
                .say(say(language, "voicemail-ask"))
                .record(new Record.Builder()
                        .action(urls.voice(
                                org,
                                "unanswered/" + door.group(1) + "/" + door.group(2) + "/" + VOICEMAIL_LEFT + "/"
                                        + language))
                        .method(HttpMethod.POST)
                        .maxLength(LONGEST_MESSAGE)
                        .finishOnKey("#")
                        .playBeep(true)
                        .recordingStatusCallback(urls.voice(org, "voicemail/" + door.group(1)) + WebhookUrl.RETRIES)
                        .recordingStatusCallbackMethod(HttpMethod.POST)
                        .build())
                .hangup(new Hangup.Builder().build())
                .build()
                .toXml();
    }

    private static Say say(String language, String word) {
        return new Say.Builder(WaitWords.in(language).of(word))
                .option("language", SpokenLanguage.of(language))
                .build();
    }

    private static String said(String language, String word) {
        return FAREWELL.twiml(language, word);
    }

    /**
     * What is asked when a caller has left the queue, if the org's ladder may cancel the task: what Twilio does with a call then no source says,
     * so both ways are provided for, that it goes on waiting and that it leaves.
     */
    public Optional<String> leftUrl(String org, String language) {
        return steps.ladder(org) != null && urls.isKnown(org)
                ? Optional.of(leftUrl(org, spoken(language), 0))
                : Optional.empty();
    }

    private String leftUrl(String org, String language, int asked) {
        return urls.voice(org, "left/" + language + "/" + asked);
    }

    private static String spoken(String language) {
        return language != null && LANGUAGE.matcher(language).matches() ? language : "en";
    }

    /**
     * What a caller hears who has left the queue: nothing for a moment, again and again, until a step moves the call; words and the end when
     * none has. Nothing more after a conversation, or when the call is somewhere else already.
     *
     * @param callback {@code left/<language>/<how often it was asked before>}
     * @param form what Twilio says
     */
    public String left(String org, String callback, Map<String, String> form) {
        Matcher left = LEFT.matcher(callback);
        if (!left.matches() || SETTLED.contains(form.getOrDefault("QueueResult", ""))) {
            return new VoiceResponse.Builder().build().toXml();
        }
        int asked = Integer.parseInt(left.group(2));
        if (asked >= MOST_ASKED) {
            return said(left.group(1), "not-taken");
        }
        return new VoiceResponse.Builder()
                .pause(new Pause.Builder().length(2).build())
                .redirect(new Redirect.Builder(leftUrl(org, left.group(1), asked + 1))
                        .method(HttpMethod.POST)
                        .build())
                .build()
                .toXml();
    }

    /**
     * A message that a caller has left; {@code null} as long as there is none.
     *
     * @param callback {@code voicemail/<decision>}
     * @param form what Twilio says of the recording
     */
    public CallEvent voicemailLeft(String org, String callSid, String callback, Map<String, String> form) {
        String sid = form.getOrDefault("RecordingSid", "");
        String seconds = form.getOrDefault("RecordingDuration", "0");
        boolean done = "completed".equals(form.getOrDefault("RecordingStatus", "completed"));
        return done && RECORDING.matcher(sid).matches() && seconds.matches("\\d{1,6}")
                ? steps.voicemailLeft(
                        org,
                        callSid,
                        Integer.parseInt(callback.replaceFirst(".*/", "")),
                        sid,
                        form.get("RecordingUrl"),
                        Integer.parseInt(seconds))
                : null;
    }

    /** What the thread says of a message. */
    public String linkOf(VoicemailLeft left, Map<String, Object> known) {
        Object language = known == null ? null : known.get("language");
        return WaitWords.in(spoken((String) language)).of("voicemail-link").replace("{0}", left.url());
    }

    /** The AI's URL with what happened: {@code handoffOutcome} as the contract has it, and which handoff of the call it was. */
    private String toAi(String org, String decision) {
        String url = ladder(org).aiUrl();
        return url + (url.contains("?") ? "&" : "?") + "handoffOutcome=unanswered&handoffDecision=" + decision;
    }

    private Ladder ladder(String org) {
        return Objects.requireNonNull(steps.ladder(org), () -> "The org " + org + " has no ladder any more");
    }

    private static Matcher door(String callback) {
        Matcher door = CALLBACK.matcher(callback);
        if (!door.matches()) {
            throw new IllegalArgumentException("There is no such door");
        }
        return door;
    }

    private static String redirect(String url) {
        return new VoiceResponse.Builder()
                .redirect(new Redirect.Builder(url).method(HttpMethod.POST).build())
                .build()
                .toXml();
    }
}
