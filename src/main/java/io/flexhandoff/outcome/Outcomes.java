package io.flexhandoff.outcome;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flexhandoff.component.Answer;
import io.flexhandoff.event.CallEvent;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.late.NextTry;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Message;
import org.apache.camel.Predicate;
import org.apache.camel.Processor;

/**
 * Names what has become of a handoff, and tells the AI phone platform of the orgs that want to hear of it. Bound as {@code outcomes}.
 *
 * <p>What is sent is signed as the Standard Webhooks specification says: {@code webhook-id}, {@code webhook-timestamp} and {@code
 * webhook-signature}, which is HMAC-SHA256 over the three, the body included.
 */
public final class Outcomes {

    private static final String ALGORITHM = "HmacSHA256";

    private final Map<String, OutcomeUrl> urls;
    private final ObjectMapper json;
    private final Clock clock;

    /** @param urls by org; an org without one is not told */
    public Outcomes(Map<String, OutcomeUrl> urls, ObjectMapper json, Clock clock) {
        this.urls = Map.copyOf(urls);
        this.json = json;
        this.clock = clock;
    }

    /**
     * Bound as {@code outcomeOfState}. In: variables {@code reached}, a state, {@code next}, if it is there for a failure, and {@code
     * known}, the handoff's row of the ledger. The answer is the name that ledger and contract have for what has become of the handoff, {@code null} for nothing yet.
     */
    public Expression ofState() {
        return Answer.of(exchange -> Outcome.of(
                        exchange.getVariable("reached", String.class),
                        exchange.getVariable("next", NextTry.class),
                        exchange.getVariable("known", Map.class))
                .map(Outcome::label)
                .orElse(null));
    }

    /** Bound as {@code isOutcomeWanted}. In: variables {@code org} and {@code result}, an outcome or none. */
    public Predicate wanted() {
        return exchange ->
                isWanted(exchange.getVariable("org", String.class), exchange.getVariable("result", String.class));
    }

    /**
     * The language of a call, {@code null} when it is not known.
     *
     * @param known the handoff's row of the ledger, or {@code null}
     * @param escalation what the AI said, or {@code null}
     */
    public String language(Map<String, Object> known, Escalation escalation) {
        Object language = known == null ? null : known.get("language");
        return language != null || escalation == null ? (String) language : escalation.language();
    }

    /** Whether an org wants to hear of it. @param outcome {@code null} for none */
    public boolean isWanted(String org, String outcome) {
        return outcome != null && urls.containsKey(org);
    }

    /**
     * Bound as {@code outcomeRequest}. In: variables {@code event}, {@code org} and {@code known}, the handoff's row of the ledger. Out: the
     * request that tells of it, the same body and id at each try.
     */
    public Processor request() {
        return this::request;
    }

    private void request(Exchange exchange) throws JsonProcessingException, GeneralSecurityException {
        CallEvent.OutcomeReached reached = exchange.getVariable("event", CallEvent.OutcomeReached.class);
        Map<?, ?> known = exchange.getVariable("known", Map.class);
        OutcomeUrl to = urls.get(reached.org());
        String body = json.writeValueAsString(body(reached, known));
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setBody(body);
        message.setHeader(Exchange.HTTP_URI, to.url());
        message.setHeader(Exchange.HTTP_METHOD, "POST");
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setHeader("webhook-id", reached.id());
        message.setHeader("webhook-timestamp", timestamp);
        message.setHeader("webhook-signature", "v1," + sign(to, reached.id() + "." + timestamp + "." + body));
    }

    private static Map<String, Object> body(CallEvent.OutcomeReached reached, Map<?, ?> known) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("org", reached.org());
        data.put("callSid", reached.callSid());
        data.put("decision", reached.decision());
        if (known != null) {
            data.put("escalationId", known.get("escalation_id"));
        }
        data.put("outcome", Outcome.view(reached.outcome(), reached.language()));
        if (reached.cause() != null) {
            data.put("cause", reached.cause());
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "handoff.outcome");
        body.put("timestamp", reached.receivedAt().toString());
        body.put("data", data);
        return body;
    }

    private static String sign(OutcomeUrl to, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(ALGORITHM);
        mac.init(new SecretKeySpec(to.key(), ALGORITHM));
        return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
