package io.flexhandoff.checkup;

import java.util.List;

/** A SID of the settings that the account does not know. */
final class UnknownSid {

    private UnknownSid() {}

    /**
     * @param setting the last part of the setting that names it
     * @param known what the account has of the kind
     * @param place where the Console shows them
     */
    static Outcome of(OrgInTwilio org, String kind, String sid, String setting, List<String> known, String place) {
        return Outcome.failed(
                "Account " + org.org().accountSid() + " has no " + kind + " " + sid,
                known.isEmpty()
                        ? "The account has no " + kind + " at all: account-sid and auth-token are most likely those of"
                                + " another account"
                        : "The SID is mistyped, what it named was deleted, or account-sid and auth-token are those of"
                                + " another account. This one has: " + String.join(", ", known),
                "Copy the SID from " + place + " to handoff.orgs." + org.org().name() + "." + setting
                        + ", and start the application anew");
    }
}
