package io.flexhandoff.twilio;

import com.twilio.exception.ApiException;
import com.twilio.exception.TwilioException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.TypeConversionException;
import org.apache.camel.util.ObjectHelper;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/** What a failed call of Twilio means for the one who made it. */
public enum FailureKind {
    /** It was not sent: the circuit of the org is open, or another node may be at it. Not a try, so none is used up. */
    NOT_TRIED,
    /** Twilio has not carried it out; sending it again is safe. */
    NOT_DONE,
    /** Nobody knows whether Twilio has carried it out: read back before sending it again. */
    PERHAPS_DONE,
    /** Twilio refuses it, and will refuse it again. */
    FINAL,
    /** What it was about has ended: the caller hung up, the thread is closed. A normal outcome. */
    GONE;

    /** 21220: the call is not in progress; 50377: the conversation is closed. */
    private static final Set<Integer> GONE_CODES = Set.of(21220, 50377);

    /** For a metric's tag. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of a failure, however often it was wrapped on its way.
     *
     * <p>Bad input that never left for Twilio is {@link #FINAL}; what is unknown is {@link #PERHAPS_DONE}, which never
     * loses and never doubles anything.
     */
    public static FailureKind of(Throwable failure) {
        TwilioFailure ours = ObjectHelper.getException(TwilioFailure.class, failure);
        if (ours != null) {
            return ours.kind();
        }
        TwilioException twilios = ObjectHelper.getException(TwilioException.class, failure);
        if (twilios != null) {
            return twilios instanceof ApiException answer && answer.getStatusCode() != null
                    ? of(answer.getStatusCode(), answer.getCode(), false)
                    : PERHAPS_DONE;
        }
        IOException transport = ObjectHelper.getException(IOException.class, failure);
        if (transport != null) {
            return of(transport);
        }
        boolean badInput = ObjectHelper.getException(IllegalArgumentException.class, failure) != null
                || ObjectHelper.getException(TypeConversionException.class, failure) != null;
        return badInput ? FINAL : PERHAPS_DONE;
    }

    /** The kind of an answer; {@code code} is Twilio's own error code, or {@code null}. */
    static FailureKind of(int status, Integer code, boolean retryAfter) {
        if (code != null && GONE_CODES.contains(code)) {
            return GONE;
        }
        // 429: "never processed and always safe to retry" (Twilio's error 20429); 412: If-Match did not match
        if (status == 429 || status == 412 || (status == 503 && retryAfter)) {
            return NOT_DONE;
        }
        return status >= 400 && status < 500 ? FINAL : PERHAPS_DONE;
    }

    /** The kind of a broken exchange: only before the request was sent is it certain that nothing was done. */
    static FailureKind of(IOException broken) {
        boolean unsent = broken instanceof ConnectException
                || broken instanceof ConnectTimeoutException
                || broken instanceof ConnectionRequestTimeoutException
                || broken instanceof UnknownHostException
                || broken instanceof NoRouteToHostException
                || broken instanceof SSLHandshakeException;
        return unsent ? NOT_DONE : PERHAPS_DONE;
    }
}
