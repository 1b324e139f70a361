package io.flexhandoff.door;

/** Why a request to one of Twilio's URLs was refused, with what most likely has to be put right. */
public enum Rejection {
    UNKNOWN_ORG("no org of that name is configured: look at the URL that is set in Twilio"),
    OTHER_PATH(
            "its path is none of those that src/docs/connect.md, What Twilio calls, names: it is mistyped in Twilio, or a proxy"
                    + " changes what stands before /webhooks and /voice"),
    OTHER_METHOD(
            "it does not come as POST: choose POST for this URL in Twilio; where POST stands there, a redirect on the way"
                    + " turns it into GET"),
    UNREADABLE("its form cannot be read, or is longer than handoff.http.max-body-bytes"),
    NO_WEBHOOK_TOKEN("handoff.orgs.<org>.webhook-token is not set, which closes the org's URLs"),
    WRONG_TOKEN("the URL does not end as handoff.orgs.<org>.webhook-token says"),
    NO_SIGNATURE("it has no X-Twilio-Signature: not Twilio sent it, or a proxy drops the header"),
    LOST_FORM("it says nothing: a redirect on the way loses what Twilio posts, such as one from http to https"),
    OTHER_ACCOUNT("it comes from another account: is this URL set in a sandbox or in another environment's account?"),
    OTHER_WORKSPACE("it comes from another workspace of the account: its callback URL should name another org"),
    NO_PUBLIC_URL("its signature cannot be checked: set handoff.public-url to the address that Twilio calls"),
    OTHER_SCHEME("Twilio calls the other of http and https: put handoff.public-url or the URL in Twilio right"),
    OTHER_ADDRESS("Twilio calls another address: put handoff.public-url or the URL in Twilio right"),
    NOT_A_FORM(
            "Twilio signed it, but it is no form, such as the JSON of an Event Streams sink, whose URL ends with /events: set this"
                    + " URL as src/docs/connect.md, What Twilio calls, says"),
    NOT_A_STREAM("Twilio signed it, but it is a form: a URL that ends with /events is for a sink of Event Streams, the"
            + " workspace's event callback goes without"),
    OTHER_BODY("Twilio signed it with another body, by bodySHA256: a proxy changes what is posted, or it is forged"),
    NO_ACCOUNT(
            "Twilio signed it, but it names no account, as a callback of a call, a workspace or a service does: set this URL"
                    + " where src/docs/connect.md, What Twilio calls, says"),
    NO_CALL("Twilio signed it, but it names no call: the URLs with /voice are for callbacks of calls"),
    UNKNOWN_KEY(
            "a webhook rule of the account has it signed with a key that this org does not have: put the key's secret into"
                    + " handoff.orgs.<org>.signing-keys under the key's name, or take this URL out of the rule"),
    WRONG_KEY(
            "its signature is wrong: it is forged, or handoff.orgs.<org>.signing-keys has another secret under the name of the"
                    + " key that signs"),
    NO_AUTH_TOKEN(
            "the auth token signs it, which this org does not have: let a webhook rule of the account sign this URL with a key of"
                    + " handoff.orgs.<org>.signing-keys, or set handoff.orgs.<org>.auth-token"),
    OTHER_ALGORITHM(
            "it says that it is signed in a way that is not known here: choose HMAC_SHA256 in the webhook setting that signs,"
                    + " or a proxy changes X-Twilio-Webhooks-Signature-Settings"),
    WRONG_SIGNATURE("its signature is wrong: it is forged, or handoff.orgs.<org>.auth-token is not the account's");

    private final String likelyCause;

    Rejection(String likelyCause) {
        this.likelyCause = likelyCause;
    }

    /** A sentence for an operator. */
    public String likelyCause() {
        return likelyCause;
    }

    /** Whether a request can be refused so that names no org. */
    public boolean isOfNoOrg() {
        return this == UNKNOWN_ORG || this == OTHER_PATH;
    }

    /** Whether one can that names an org. */
    public boolean isOfAnOrg() {
        return this != UNKNOWN_ORG;
    }
}
