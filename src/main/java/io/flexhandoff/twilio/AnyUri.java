package io.flexhandoff.twilio;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads whatever stands in an account where Twilio's SDK expects a URI: Twilio takes more from those who set one than Java does, and
 * one that is not read would keep all that is beside it from being read.
 */
final class AnyUri extends StdDeserializer<URI> {

    /** What an URI has nowhere, a {@code %} that encodes nothing, and a {@code #} behind the first. */
    private static final Pattern NEVER =
            Pattern.compile("[^\\w.~:/?#@!$&'()*+,;=%-]|%(?![0-9A-Fa-f]{2})|(?<=#.{0,2000})#", Pattern.DOTALL);

    private static final URI UNREADABLE = URI.create("unreadable:url");

    private AnyUri() {
        super(URI.class);
    }

    static Module module() {
        return new SimpleModule().addDeserializer(URI.class, new AnyUri());
    }

    /** The URI; with what it must not have encoded, or one that leads nowhere when that does not help. */
    @Override
    public URI deserialize(JsonParser json, DeserializationContext context) throws IOException {
        String text = json.getText();
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return encoded(text);
        }
    }

    private static URI encoded(String text) {
        String encoded = NEVER.matcher(text)
                .replaceAll(never -> Matcher.quoteReplacement(
                        URLEncoder.encode(never.group(), StandardCharsets.UTF_8).replace("+", "%20")));
        try {
            return new URI(encoded);
        } catch (URISyntaxException e) {
            return UNREADABLE;
        }
    }
}
