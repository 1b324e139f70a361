package io.flexhandoff.unanswered;

import com.twilio.http.HttpMethod;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Redirect;
import io.flexhandoff.component.taskrouter.TaskView;
import io.flexhandoff.door.DoorUrls;
import io.flexhandoff.event.CallEvent;
import io.flexhandoff.event.CallEvent.StepDue;
import io.flexhandoff.org.Orgs;
import java.util.Map;
import java.util.Objects;
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

    private static final String ACCOUNT = "CamelTwilio.pathAccountSid";

    private final Orgs orgs;
    private final DoorUrls urls;
    private final UnansweredSteps steps;

    public UnansweredTwiml(Orgs orgs, DoorUrls urls, UnansweredSteps steps) {
        this.orgs = orgs;
        this.urls = urls;
        this.steps = steps;
    }

    /** What the step {@code other-queue} writes on the task. */
    public Map<String, Object> otherQueue(String org) {
        return Map.of("handoffQueue", ladder(org).queue());
    }

    /**
     * Bound as {@code unansweredRequest}: redirects the caller's line to the door of the step. In: variables {@code org}, {@code callSid},
     * {@code decision}, {@code event}, {@code known} and {@code flexTask}, which knows the caller's line better than the AI may.
     */
    public Processor request() {
        return exchange -> {
            String org = exchange.getVariable("org", String.class);
            StepDue step = exchange.getVariable("event", StepDue.class);
            TaskView task = exchange.getVariable("flexTask", TaskView.class);
            Object language = exchange.getVariable("known", Map.class).get("language");
            String spoken =
                    language != null && LANGUAGE.matcher((String) language).matches() ? (String) language : "en";
            String door = urls.voice(
                    org,
                    "unanswered/" + exchange.getVariable("decision") + "/" + step.number() + "/" + step.step() + "/"
                            + spoken);
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
            default -> throw new IllegalArgumentException("There is no door of the step " + step);
        };
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
