package io.flexhandoff.checkup;

import com.twilio.exception.TwilioException;
import io.flexhandoff.twilio.FailureKind;
import io.flexhandoff.twilio.TwilioClients;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what is wrong between an org and its Twilio account; reads only. Bound as {@code checkup}.
 *
 * <p>Checks run one after the other, in the order in which one would put things right.
 */
public final class Checkup {

    private static final Logger LOG = LoggerFactory.getLogger(Checkup.class);

    private final TwilioClients twilio;
    private final List<Check> checks;

    Checkup(TwilioClients twilio, List<Check> checks) {
        this.twilio = twilio;
        this.checks = List.copyOf(checks);
    }

    /** @throws IllegalArgumentException if there is no such org */
    public CheckupReport run(String org) {
        return run(org, check -> {});
    }

    /**
     * @param progress is told the name of each check before it runs
     * @throws IllegalArgumentException if there is no such org
     */
    public CheckupReport run(String org, Consumer<String> progress) {
        OrgInTwilio read = new OrgInTwilio(twilio.org(org), twilio.forOrg(org));
        Map<String, Finding> findings = new LinkedHashMap<>();
        for (Check check : checks) {
            progress.accept(check.name());
            Outcome outcome = missing(check, findings).orElseGet(() -> look(check, read));
            findings.put(check.name(), Finding.of(check.name(), outcome));
        }
        return new CheckupReport(org, List.copyOf(findings.values()));
    }

    private static Optional<Outcome> missing(Check check, Map<String, Finding> findings) {
        return check.needs().stream()
                .map(findings::get)
                .filter(needed -> needed.status() == Status.FAILED || needed.status() == Status.SKIPPED)
                .findFirst()
                .map(needed -> needed.told()
                        ? Outcome.skipped("Not looked at: first put right what " + needed.name() + " says")
                        : Outcome.untold("Not looked at, since " + needed.name() + " could not be told", null, null));
    }

    private static Outcome look(Check check, OrgInTwilio read) {
        try {
            return check.look(read);
        } catch (TwilioException failure) {
            boolean refused = FailureKind.of(failure) == FailureKind.FINAL;
            return Outcome.untold(
                    "Could not tell: " + failure.getMessage(),
                    refused
                            ? "Twilio refuses to tell it to this account"
                            : "Twilio does not answer as it should, or is not reached from here",
                    "Try again in a minute; status.twilio.com tells of outages");
        } catch (RuntimeException failure) {
            LOG.error("The check {} failed", check.name(), failure);
            return Outcome.untold("Could not tell: " + failure.getClass().getSimpleName(), null, "See the log");
        }
    }
}
