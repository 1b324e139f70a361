package io.flexhandoff.checkup;

import com.twilio.rest.api.v2010.Account;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.twilio.TwilioFailure;
import java.util.List;
import java.util.Optional;

/** Does the auth token open the account? */
final class CredentialsCheck implements Check {

    private final Orgs orgs;

    /** @param orgs all that are configured: credentials are easily put to the wrong one */
    CredentialsCheck(Orgs orgs) {
        this.orgs = orgs;
    }

    @Override
    public String name() {
        return "credentials";
    }

    @Override
    public List<String> needs() {
        return List.of();
    }

    @Override
    public Outcome look(OrgInTwilio read) {
        Account account;
        try {
            account = read.account();
        } catch (TwilioFailure failure) {
            if (Integer.valueOf(401).equals(failure.getStatusCode())) {
                return wrong(read.org());
            }
            throw failure;
        }
        String shown = "Account '" + account.getFriendlyName() + "' (" + account.getSid() + ")";
        if (account.getStatus() != Account.Status.ACTIVE) {
            return Outcome.failed(
                    shown + " is " + account.getStatus(),
                    "Twilio or its owner has " + account.getStatus() + " the account",
                    "Look for the reason in Twilio Console > Account, or ask Twilio's support");
        }
        return Outcome.ok(shown + " opens");
    }

    private Outcome wrong(Org org) {
        String settings = "handoff.orgs." + org.name() + ".";
        Optional<String> owner = orgs.all().stream()
                .filter(other -> other.authToken().equals(org.authToken())
                        && !other.accountSid().equals(org.accountSid()))
                .map(Org::name)
                .findFirst();
        return Outcome.failed(
                "Twilio refuses the auth token for account " + org.accountSid(),
                owner.map(other -> "It is the same token as that of org " + other + ", whose account is another one")
                        .orElse(
                                "The token was replaced in Twilio, is mistyped, or is another account's: a subaccount has"
                                        + " one of its own"),
                "Copy Account SID and Auth Token of one and the same account from " + Places.KEYS + " to " + settings
                        + "account-sid and " + settings + "auth-token, and start the application anew");
    }
}
