package io.flexhandoff.checkup;

import io.flexhandoff.door.DoorUrls;
import io.flexhandoff.org.Org;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.apache.camel.util.ObjectHelper;

/** Does the public address lead here? */
final class AddressCheck implements Check {

    static final String NAME = "public-url";

    private static final String SETTING = "handoff.public-url";
    private static final String PUT_RIGHT = "Put " + SETTING + " right, and start the application anew";

    private final DoorUrls urls;
    private final boolean realTwilio;
    private final AddressProbe probe = new AddressProbe();

    /** @param realTwilio whether Twilio itself is to call the address, and not a stand-in on this network */
    AddressCheck(DoorUrls urls, boolean realTwilio) {
        this.urls = urls;
        this.realTwilio = realTwilio;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of();
    }

    @Override
    public Outcome look(OrgInTwilio read) {
        Org org = read.org();
        if (urls.base().isEmpty()) {
            return Outcome.failed(
                    SETTING + " is not set: every request of Twilio is refused",
                    "Nobody has told the application under which address Twilio reaches it",
                    "Set " + SETTING
                            + " to that address, such as https://handoff.example.com, and start the application"
                            + " anew");
        }
        if (!urls.isKnown(org.name())) {
            String setting = "handoff.orgs." + org.name() + ".webhook-token";
            return Outcome.failed(
                    setting + " is not set: the URLs that Twilio calls are closed",
                    "Without the token anybody could find them",
                    "Set " + setting + " to something long that nobody guesses, and start the application anew");
        }
        return look(org, urls.base().orElseThrow());
    }

    private Outcome look(Org org, String base) {
        URI uri;
        try {
            uri = URI.create(base);
        } catch (IllegalArgumentException e) {
            return notAnAddress();
        }
        if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme())) {
            return notAnAddress();
        }
        String shown = uri.getScheme() + "://" + uri.getRawAuthority();
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(uri.getHost());
        } catch (UnknownHostException e) {
            return Outcome.failed(
                    "No machine is known by the name " + uri.getHost(),
                    "The name is mistyped, or its DNS record is missing or not yet known everywhere",
                    "Have the DNS record made, or put " + SETTING + " right");
        }
        try {
            return judge(shown, uri, addresses, probe.ask(org, urls.webhook(org.name())));
        } catch (IOException broken) {
            return broken(shown, uri, broken);
        }
    }

    private static Outcome notAnAddress() {
        return Outcome.failed(SETTING + " is no address", "It must be such as https://handoff.example.com", PUT_RIGHT);
    }

    private Outcome judge(String shown, URI uri, InetAddress[] addresses, AddressProbe.Answer answer) {
        if (answer.proven()) {
            return reached(shown, uri, addresses);
        }
        if (answer.ours()) {
            return Outcome.failed(
                    "At " + shown + " a Flex Handoff application refuses what is signed for this org",
                    "It has another auth token, signing key, webhook token or public address for this org, or a proxy before it changes"
                            + " the request",
                    "Give both the same settings; what it refuses, and why, is in its own log and check"
                            + " rejected-requests");
        }
        if (answer.astray()) {
            return Outcome.failed(
                    "At " + shown + " a Flex Handoff application answers, but not at " + uri.getRawPath() + "/webhooks",
                    uri.getRawPath().isEmpty()
                            ? "A proxy puts something before the path, or takes something off it"
                            : "The proxy leaves " + uri.getRawPath() + " before the path, which it should take off",
                    "Let the proxy hand on paths that begin with /webhooks and /voice");
        }
        if (!answer.location().isEmpty()) {
            return Outcome.failed(
                    shown + " sends callers on to " + answer.location(),
                    "A redirect; Twilio loses on its way what it wanted to say",
                    "Set " + SETTING + " to the address to which it leads");
        }
        return Outcome.failed(
                "At " + shown + " another server answers, with status " + answer.status()
                        + (answer.server().isEmpty() ? "" : " from " + answer.server()),
                answer.status() >= 502 && answer.status() <= 504
                        ? "A proxy or load balancer answers, and does not reach this application"
                        : "The name leads to another machine, or a proxy sends /webhooks elsewhere",
                "Let " + shown + uri.getRawPath() + "/webhooks and " + uri.getRawPath()
                        + "/voice lead to the API port of this application, or put " + SETTING + " right");
    }

    private Outcome reached(String shown, URI uri, InetAddress[] addresses) {
        boolean hidden = Stream.of(addresses)
                .allMatch(address ->
                        address.isLoopbackAddress() || address.isSiteLocalAddress() || address.isLinkLocalAddress());
        if (realTwilio && hidden) {
            return Outcome.warning(
                    shown + " leads here, from this network",
                    uri.getHost() + " is a private address, " + addresses[0].getHostAddress()
                            + ", which Twilio cannot call unless the name means another one outside",
                    "Look up the name from outside; if it is the same, publish the application under a public address");
        }
        if (realTwilio && uri.getScheme().equals("http")) {
            return Outcome.warning(
                    shown + " leads here, without encryption",
                    "With http everybody on the way can read what callers say, and the webhook token",
                    "Put a certificate before the application and https into " + SETTING);
        }
        return Outcome.ok(shown + " leads here");
    }

    private static Outcome broken(String shown, URI uri, IOException broken) {
        if (ObjectHelper.getException(CertificateException.class, broken) != null) {
            return Outcome.failed(
                    "The certificate of " + shown + " is not to be trusted",
                    "It has expired, is another name's, or is not from an authority that everybody knows: "
                            + broken.getMessage(),
                    "Have a certificate issued for " + uri.getHost() + ", and send the authority's own along with it");
        }
        if (broken instanceof SSLException) {
            return Outcome.failed(
                    "No secure connection to " + shown,
                    "What listens there does not speak https: " + broken.getMessage(),
                    "Put the proxy that has the certificate at this port, or put " + SETTING + " right");
        }
        if (broken instanceof HttpTimeoutException) {
            return Outcome.failed(
                    "Nothing answers at " + shown + " in time",
                    "A firewall drops the connection, or the machine is down",
                    "Open the port to Twilio, or put " + SETTING + " right");
        }
        if (broken instanceof ConnectException) {
            return Outcome.failed(
                    "Nothing listens at " + shown,
                    "The application or the proxy before it is not running, or it listens at another port",
                    "Start it, or put " + SETTING + " right");
        }
        return Outcome.failed(
                shown + " breaks the connection off",
                "What listens there is no web server, or speaks "
                        + (uri.getScheme().equals("https") ? "http" : "https") + ": "
                        + broken.getClass().getSimpleName(),
                "Put " + SETTING + " right");
    }
}
