package io.flexhandoff.twilio;

import com.twilio.exception.ApiException;
import java.io.IOException;

/**
 * A call of Twilio that failed, with its {@link FailureKind}.
 *
 * <p>The message names the request and Twilio's answer, and never holds credentials or what was to be written.
 */
public final class TwilioFailure extends ApiException {

    private final FailureKind kind;

    private TwilioFailure(String message, Integer code, Integer status, FailureKind kind, Throwable cause) {
        super(message, code, null, status, cause);
        this.kind = kind;
    }

    /** Twilio answered with an error. */
    static TwilioFailure answered(String request, int status, Integer code, String reason, boolean retryAfter) {
        String message = request + " was answered " + status + (code == null ? "" : " (" + code + ")")
                + (reason == null || reason.isBlank() ? "" : ": " + reason);
        return new TwilioFailure(message, code, status, FailureKind.of(status, code, retryAfter), null);
    }

    /** No whole answer came. */
    static TwilioFailure broken(String request, IOException cause) {
        String message = request + " failed: " + cause.getClass().getSimpleName() + ": " + cause.getMessage();
        return new TwilioFailure(message, null, null, FailureKind.of(cause), cause);
    }

    /** The request was not sent, since Twilio gave no access token for it. */
    static TwilioFailure noToken(TwilioFailure why) {
        return new TwilioFailure(
                "There is no access token: " + why.getMessage(),
                why.getCode(),
                why.getStatusCode(),
                why.kind() == FailureKind.FINAL ? FailureKind.FINAL : FailureKind.NOT_DONE,
                why);
    }

    /** The request was not sent, and the words say why. */
    static TwilioFailure notTried(String words) {
        return new TwilioFailure(words, null, null, FailureKind.NOT_TRIED, null);
    }

    /** Nothing was sent: a try of the same, on a node that has lost the broker, may still wait for its answer. */
    public static TwilioFailure inFlight(String what) {
        return new TwilioFailure(
                what + " was left alone, another node may still be at it", null, null, FailureKind.NOT_TRIED, null);
    }

    /** An answer came that is not what Twilio promises; it is not kept, since it may hold a customer's words. */
    public static TwilioFailure unreadable(String request) {
        return new TwilioFailure(request + " got an unreadable answer", null, null, FailureKind.PERHAPS_DONE, null);
    }

    /** Whether Twilio refuses who asks, and not what is asked: wrong credentials, or a permission that they lack. */
    public boolean isNotAllowed() {
        Integer status = getStatusCode();
        return status != null && (status == 401 || status == 403);
    }

    /** Whether Twilio has nothing of that name, or no longer. */
    public boolean isNotFound() {
        return Integer.valueOf(404).equals(getStatusCode());
    }

    /** The same failure, once it is known that what it was about has ended. */
    public TwilioFailure gone() {
        return new TwilioFailure(getMessage(), getCode(), getStatusCode(), FailureKind.GONE, getCause());
    }

    public FailureKind kind() {
        return kind;
    }
}
