package io.flexhandoff.door;

/** Why a request to one of Twilio's URLs was refused, with what most likely has to be put right. */
public enum Rejection {
    UNKNOWN_ORG("no org of that name is configured: look at the URL that is set in Twilio"),
    WRONG_TOKEN("the URL does not end as handoff.orgs.<org>.webhook-token says"),
    NO_SIGNATURE("it has no X-Twilio-Signature: not Twilio sent it, or a proxy drops the header"),
    OTHER_ACCOUNT("it comes from another account: is this URL set in a sandbox or in another environment's account?"),
    OTHER_WORKSPACE("it comes from another workspace of the account: its callback URL should name another org"),
    NO_PUBLIC_URL("its signature cannot be checked: set handoff.public-url to the address that Twilio calls"),
    OTHER_SCHEME("Twilio calls the other of http and https: put handoff.public-url or the URL in Twilio right"),
    OTHER_ADDRESS("Twilio calls another address: put handoff.public-url or the URL in Twilio right"),
    WRONG_SIGNATURE("its signature is wrong: it is forged, or handoff.orgs.<org>.auth-token is not the account's");

    private final String likelyCause;

    Rejection(String likelyCause) {
        this.likelyCause = likelyCause;
    }

    /** A sentence for an operator. */
    public String likelyCause() {
        return likelyCause;
    }
}
