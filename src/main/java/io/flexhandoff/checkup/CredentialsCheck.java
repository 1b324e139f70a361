package io.flexhandoff.checkup;

import com.twilio.rest.api.v2010.Account;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.org.TwilioLogin;
import io.flexhandoff.twilio.TwilioFailure;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Do the org's credentials open the account? */
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
        TwilioLogin login = read.org().access().login();
        Account account;
        try {
            account = read.account();
        } catch (TwilioFailure failure) {
            if (failure.isNotAllowed() && login.isGiven()) {
                return ofKey(read, login);
            }
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

    /** A key or client need not be allowed to read the account, which nothing else asks for: does it open anything? */
    private static Outcome ofKey(OrgInTwilio read, TwilioLogin login) {
        boolean opens = Stream.<Supplier<?>>of(read::workspace, read::service).anyMatch(look -> isAllowed(look));
        String settings = "handoff.orgs." + read.org().name() + ".";
        String ofSettings = login.isApiKey()
                ? "api-key-sid and " + settings + "api-key-secret"
                : "oauth-client-id and " + settings + "oauth-client-secret";
        return opens
                ? Outcome.ok("Account " + read.org().accountSid() + " opens to " + login
                        + ", which may not read the account itself")
                : Outcome.failed(
                        "Twilio refuses " + login + " for account " + read.org().accountSid(),
                        "It was deleted in Twilio or belongs to another account or region, its secret is mistyped, or it has no permission at"
                                + " all",
                        "Make another one at " + Places.KEYS + ", put it into " + settings + ofSettings);
    }

    private static boolean isAllowed(Supplier<?> look) {
        try {
            look.get();
            return true;
        } catch (TwilioFailure failure) {
            if (failure.isNotAllowed()) {
                return false;
            }
            throw failure;
        }
    }

    private Outcome wrong(Org org) {
        String settings = "handoff.orgs." + org.name() + ".";
        Optional<String> owner = orgs.all().stream()
                .filter(other -> org.authToken().equals(other.authToken())
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
