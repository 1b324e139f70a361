package io.flexhandoff.door;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether Twilio could ever reach a public URL; nothing is asked. */
final class PublicAddress {

    /** Names that RFC 2606 and RFC 6761 keep for documents and tests; nobody has them. */
    private static final Pattern EXAMPLE =
            Pattern.compile("(.*\\.)?example\\.(com|net|org)|.*\\.(example|invalid|test)", Pattern.CASE_INSENSITIVE);

    /** This machine, and networks that are not the internet (RFC 1918, RFC 6762, RFC 4193, RFC 9476). */
    private static final Pattern INSIDE = Pattern.compile(
            "localhost|.*\\.(localhost|local|internal)|host\\.docker\\.internal|[^.:]+|0\\.0\\.0\\.0|127\\..*|10\\..*"
                    + "|192\\.168\\..*|169\\.254\\..*|172\\.(1[6-9]|2\\d|3[01])\\..*|\\[(::1?|f[cd].*|fe80.*)]");

    private PublicAddress() {}

    /** What is wrong with it, if that can be told by its name alone. */
    static Optional<String> flaw(String url) {
        String host = String.valueOf(URI.create(url).getHost()).toLowerCase(Locale.ROOT);
        if (EXAMPLE.matcher(host).matches()) {
            return Optional.of("handoff.public-url is the name of an example, " + host
                    + ": set it to the address under which Twilio reaches this application");
        }
        if (INSIDE.matcher(host).matches()) {
            return Optional.of(
                    "handoff.public-url is " + host
                            + ", where Twilio cannot reach this application: set it to its address in the internet, such as a tunnel's");
        }
        return Optional.empty();
    }
}
