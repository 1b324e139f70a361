package io.flexhandoff.door;

import io.flexhandoff.api.Problem;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.support.DefaultMessage;

/**
 * Lets a request in only when Twilio signed it for the org that its URL names. What goes on is the parameters of the form, or of a
 * GET's query, by name as the body (or, for the sink of Event Streams, what was posted), and the variables {@code org}, {@code callSid} (of the voice doors) and {@code callback} (the rest of
 * the path); nothing else of the request. Bound as {@code twilioDoor}.
 *
 * <p>The signature covers the URL that Twilio calls, which behind a proxy only {@code handoff.public-url} knows, and the posted form (Twilio
 * documentation, "Webhooks security"), and is made with the org's auth token or with a signing key that the request names. It proves no freshness: a request may come again, so every event is told by fields of its own.
 */
public final class TwilioDoor implements Processor {

    private static final Pattern CALL_SID = Pattern.compile("CA[0-9a-fA-F]{32}");

    private final Orgs orgs;
    private final DoorUrls urls;
    private final RejectedRequests rejected;

    public TwilioDoor(Orgs orgs, DoorUrls urls, RejectedRequests rejected) {
        this.orgs = orgs;
        this.urls = urls;
        this.rejected = rejected;
    }

    /**
     * @throws Problem 403 for what Twilio did not sign for the org, whatever is wrong: only the operator is told what; 400 for a voice
     *     callback without a call
     */
    @Override
    public void process(Exchange exchange) {
        DoorRequest request =
                DoorRequest.of(exchange.getMessage(HttpMessage.class).getRequest());
        Optional<Org> org = orgs.find(request.org());
        byte[] posted = request.isStream() ? exchange.getMessage().getBody(byte[].class) : null;
        Optional<Rejection> rejection =
                org.map(known -> check(request, posted, known)).orElse(Optional.of(Rejection.UNKNOWN_ORG));
        if (rejection.isPresent()) {
            boolean key = rejection.get() == Rejection.UNKNOWN_KEY || rejection.get() == Rejection.WRONG_KEY;
            rejected.add(
                    org.map(Org::name).orElse(RejectedRequests.NO_ORG),
                    rejection.get(),
                    key ? request.signing().shownKey() : null);
            throw new Problem(403, "Forbidden", "This request is not accepted");
        }
        String callSid = request.form().parameters().getOrDefault("CallSid", "");
        if (request.isVoice() && !CALL_SID.matcher(callSid).matches()) {
            rejected.add(request.org(), Rejection.NO_CALL);
            throw new Problem(400, "Bad request", "CallSid: must be CA and 32 hexadecimal digits");
        }
        DefaultMessage verified = new DefaultMessage(exchange);
        verified.setBody(request.isStream() ? posted : request.form().parameters());
        exchange.setMessage(verified);
        exchange.setVariable("org", request.org());
        exchange.setVariable("callSid", callSid);
        exchange.setVariable("callback", request.callback());
    }

    private Optional<Rejection> check(DoorRequest request, byte[] posted, Org org) {
        Map<String, String> form = request.form().parameters();
        if (org.webhookToken() == null || org.webhookToken().isBlank()) {
            return Optional.of(Rejection.NO_WEBHOOK_TOKEN);
        }
        if (!sameToken(org.webhookToken(), request.token())) {
            return Optional.of(Rejection.WRONG_TOKEN);
        }
        if (request.signature() == null) {
            return Optional.of(Rejection.NO_SIGNATURE);
        }
        if (form.isEmpty() && request.isForm()) {
            return Optional.of(Rejection.LOST_FORM);
        }
        if (!org.accountSid().equals(form.getOrDefault("AccountSid", org.accountSid()))) {
            return Optional.of(Rejection.OTHER_ACCOUNT);
        }
        Optional<Rejection> unsigned = checkSignature(request, org);
        if (unsigned.isPresent()) {
            return unsigned;
        }
        if (request.isStream()) {
            return checkBody(request, posted);
        }
        if (!form.containsKey("AccountSid")) {
            return Optional.of(request.isForm() ? Rejection.NO_ACCOUNT : Rejection.NOT_A_FORM);
        }
        boolean sameWorkspace = org.workspaceSid().equals(form.getOrDefault("WorkspaceSid", org.workspaceSid()));
        return sameWorkspace ? Optional.empty() : Optional.of(Rejection.OTHER_WORKSPACE);
    }

    /** Of JSON the URL alone is signed, and has the body's digest. */
    private static Optional<Rejection> checkBody(DoorRequest request, byte[] posted) {
        if (request.isForm()) {
            return Optional.of(Rejection.NOT_A_STREAM);
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(posted == null ? new byte[0] : posted);
            return HexFormat.of().formatHex(digest).equalsIgnoreCase(request.bodySha256())
                    ? Optional.empty()
                    : Optional.of(Rejection.OTHER_BODY);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private Optional<Rejection> checkSignature(DoorRequest request, Org org) {
        SignatureSettings signing = request.signing();
        if (signing.algorithm() == null) {
            return Optional.of(Rejection.OTHER_ALGORITHM);
        }
        Optional<String> secret =
                signing.shared() ? org.access().signingKey(signing.key()) : Optional.ofNullable(org.authToken());
        if (secret.isEmpty()) {
            return Optional.of(signing.shared() ? Rejection.UNKNOWN_KEY : Rejection.NO_AUTH_TOKEN);
        }
        Predicate<String> isSigned = signedWith(new RequestSignature(signing.algorithm(), secret.get()), request);
        return urls.base().filter(isSigned).isPresent() ? Optional.empty() : Optional.of(diagnose(request, isSigned));
    }

    /** Whether a request is signed for an address. */
    private static Predicate<String> signedWith(RequestSignature signature, DoorRequest request) {
        return base -> signature.isOf(base, request.pathAndQuery(), request.signed(), request.signature());
    }

    /** Which other address the signature is right for, if any. */
    private Rejection diagnose(DoorRequest request, Predicate<String> isSigned) {
        String known = urls.base().orElse(null);
        if (known == null) {
            return Rejection.NO_PUBLIC_URL;
        }
        String address = known.replaceFirst("^https?://", "");
        if (isSignedForAny(List.of(address), isSigned)) {
            return request.isAsWanted() ? Rejection.OTHER_SCHEME : Rejection.NOT_A_FORM;
        }
        if (isSignedForAny(others(request, address), isSigned)) {
            return request.isAsWanted() ? Rejection.OTHER_ADDRESS : Rejection.NOT_A_FORM;
        }
        return request.signing().shared() ? Rejection.WRONG_KEY : Rejection.WRONG_SIGNATURE;
    }

    /** The host without port and path that handoff.public-url has, and each address that a proxy tells with and without the path. */
    private static Set<String> others(DoorRequest request, String address) {
        String path = address.replaceFirst("^[^/]*", "");
        String host = address.substring(0, address.length() - path.length());
        Set<String> others = new LinkedHashSet<>();
        others.add(host);
        others.add(host.replaceFirst(":\\d+$", "") + path);
        others.add(host.replaceFirst(":\\d+$", ""));
        request.callers().get().forEach(caller -> {
            others.add(caller);
            others.add(caller + path);
        });
        return others;
    }

    private static boolean isSignedForAny(Collection<String> addresses, Predicate<String> isSigned) {
        return addresses.stream()
                .anyMatch(address -> isSigned.test("https://" + address) || isSigned.test("http://" + address));
    }

    private static boolean sameToken(String expected, String presented) {
        return expected != null
                && !expected.isBlank()
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
    }
}
