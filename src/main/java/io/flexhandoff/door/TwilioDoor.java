package io.flexhandoff.door;

import com.twilio.security.RequestValidator;
import io.flexhandoff.api.Problem;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.support.DefaultMessage;

/**
 * Lets a request in only when Twilio signed it for the org that its URL names. What goes on is the variable {@code org} and, as the
 * body, the form's parameters by name; nothing else of the request. Bound as {@code twilioDoor}.
 *
 * <p>The signature covers the URL that Twilio calls, which behind a proxy only {@code handoff.public-url} knows, and the form (Twilio
 * documentation, "Webhooks security"). It proves no freshness: a request may come again, so every event is told by fields of its own.
 */
public final class TwilioDoor implements Processor {

    private final Orgs orgs;
    private final Supplier<Optional<String>> publicUrl;
    private final RejectedRequests rejected;

    /** @param publicUrl the address under which Twilio reaches the application, without a slash at the end */
    public TwilioDoor(Orgs orgs, Supplier<Optional<String>> publicUrl, RejectedRequests rejected) {
        this.orgs = orgs;
        this.publicUrl = publicUrl;
        this.rejected = rejected;
    }

    /** @throws Problem 403, whatever is wrong: only the operator is told what */
    @Override
    public void process(Exchange exchange) {
        DoorRequest request =
                DoorRequest.of(exchange.getMessage(HttpMessage.class).getRequest());
        Optional<Org> org = orgs.find(request.org());
        Optional<Rejection> rejection =
                org.map(known -> check(request, known)).orElse(Optional.of(Rejection.UNKNOWN_ORG));
        if (rejection.isPresent()) {
            rejected.add(org.map(Org::name).orElse(RejectedRequests.NO_ORG), rejection.get());
            throw new Problem(403, "Forbidden", "This request is not accepted");
        }
        DefaultMessage verified = new DefaultMessage(exchange);
        verified.setBody(request.form().parameters());
        exchange.setMessage(verified);
        exchange.setVariable("org", request.org());
    }

    private Optional<Rejection> check(DoorRequest request, Org org) {
        Map<String, String> form = request.form().parameters();
        if (!sameToken(org.webhookToken(), request.token())) {
            return Optional.of(Rejection.WRONG_TOKEN);
        }
        if (request.signature() == null) {
            return Optional.of(Rejection.NO_SIGNATURE);
        }
        if (!org.accountSid().equals(form.getOrDefault("AccountSid", org.accountSid()))) {
            return Optional.of(Rejection.OTHER_ACCOUNT);
        }
        if (!isSigned(request, org)) {
            return Optional.of(diagnose(request, org));
        }
        if (!form.containsKey("AccountSid")) {
            return Optional.of(Rejection.OTHER_ACCOUNT);
        }
        boolean sameWorkspace = org.workspaceSid().equals(form.getOrDefault("WorkspaceSid", org.workspaceSid()));
        return sameWorkspace ? Optional.empty() : Optional.of(Rejection.OTHER_WORKSPACE);
    }

    private boolean isSigned(DoorRequest request, Org org) {
        return publicUrl.get().filter(url -> isSigned(request, org, url)).isPresent();
    }

    private static boolean isSigned(DoorRequest request, Org org, String baseUrl) {
        return new RequestValidator(org.authToken())
                .validate(baseUrl + request.pathAndQuery(), request.form().signed(), request.signature());
    }

    /** Which other address the signature is right for, if any. */
    private Rejection diagnose(DoorRequest request, Org org) {
        String known = publicUrl.get().orElse(null);
        if (known == null) {
            return Rejection.NO_PUBLIC_URL;
        }
        boolean secure = known.startsWith("https:");
        if (isSigned(
                request,
                org,
                secure ? known.replaceFirst("^https:", "http:") : known.replaceFirst("^http:", "https:"))) {
            return Rejection.OTHER_SCHEME;
        }
        boolean otherAddress = request.host() != null
                && (isSigned(request, org, "https://" + request.host())
                        || isSigned(request, org, "http://" + request.host()));
        return otherAddress ? Rejection.OTHER_ADDRESS : Rejection.WRONG_SIGNATURE;
    }

    private static boolean sameToken(String expected, String presented) {
        return expected != null
                && !expected.isBlank()
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
    }
}
