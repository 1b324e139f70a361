package io.flexhandoff.twilio;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Parameters as HTML forms send them. */
final class Form {

    private Form() {}

    static byte[] encoded(Map<String, String> parameters) {
        StringBuilder form = new StringBuilder(512);
        parameters.forEach((name, value) -> form.append(form.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return form.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
