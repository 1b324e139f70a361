package io.flexhandoff.api;

import com.twilio.exception.TwilioException;
import io.flexhandoff.ledger.LedgerFailure;
import io.flexhandoff.trace.FailureWords;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import java.sql.SQLException;
import org.apache.camel.ExchangeTimedOutException;

/** Names what went wrong with a request. Bound as {@code problems}. */
public final class Problems {

    /** The problem that the caller is told; it never carries the words of an inner failure. */
    public Problem of(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                return problem;
            }
            if (cause instanceof JMSException
                    || cause instanceof JMSRuntimeException
                    || cause instanceof LedgerFailure
                    || cause instanceof SQLException) {
                return new Unavailable("The broker or the ledger does not answer; try again");
            }
            if (cause instanceof ExchangeTimedOutException) {
                return new Unavailable("The broker takes no event at the moment; send it again, it counts once");
            }
            if (cause instanceof TwilioException) {
                return new Unavailable("Twilio does not answer; try again");
            }
        }
        return new Problem(500, "Internal error", "The request failed; try again");
    }

    /** For the log: what is behind all that was wrapped around it. */
    public String cause(Exception failure) {
        Throwable inner = FailureWords.innermost(failure);
        return inner instanceof Problem ? inner.getMessage() : inner.toString();
    }
}
