package io.flexhandoff.checkup;

import io.flexhandoff.door.AddressProof;
import io.flexhandoff.org.Org;
import io.flexhandoff.twilio.WebhookSigning;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Calls a webhook as Twilio does, within Twilio's own time. */
final class AddressProbe {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(15);

    /**
     * What came back.
     *
     * @param proven whether an application of this org has answered
     * @param status HTTP status
     * @param server value of the header {@code Server}, empty when there is none
     * @param location host to which the answer redirects, empty when it does not
     * @param ours whether a Flex Handoff application has refused the request
     * @param astray whether one has got it at a path that it does not know
     */
    record Answer(boolean proven, int status, String server, String location, boolean ours, boolean astray) {}

    /**
     * Signs in each way that the org knows, one after the other, until one is not proven.
     *
     * @throws IOException when no answer came
     */
    Answer ask(Org org, String webhook) throws IOException {
        List<WebhookSigning> signings = new ArrayList<>();
        if (org.authToken() != null) {
            signings.add(WebhookSigning.withAuthToken(org.authToken()));
        }
        org.access().signingKeys().forEach((key, secret) -> signings.add(WebhookSigning.withSharedKey(key, secret)));
        Answer answer = null;
        for (WebhookSigning signing : signings) {
            answer = ask(org, webhook, signing);
            if (!answer.proven()) {
                break;
            }
        }
        return answer;
    }

    private static Answer ask(Org org, String webhook, WebhookSigning signing) throws IOException {
        String word = UUID.randomUUID().toString();
        SortedMap<String, String> form = new TreeMap<>();
        form.put("AccountSid", org.accountSid());
        form.put("EventType", AddressProof.EVENT_TYPE);
        form.put(AddressProof.WORD, word);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(webhook))
                .timeout(ANSWER)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(form)));
        signing.headers(webhook, form).forEach(request::header);
        HttpResponse<String> response = send(request.build());
        boolean refused = response.statusCode() == 403 && response.body().contains("This request is not accepted");
        return new Answer(
                response.statusCode() == 200 && response.body().equals(AddressProof.of(org, word)),
                response.statusCode(),
                response.headers().firstValue("Server").orElse(""),
                response.headers()
                        .firstValue("Location")
                        .map(AddressProbe::host)
                        .orElse(""),
                refused,
                response.statusCode() == 404 && response.body().contains("There is nothing at this path"));
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String host(String location) {
        try {
            String host = URI.create(location).getHost();
            return host == null ? "another path" : host;
        } catch (IllegalArgumentException e) {
            return "another address";
        }
    }

    private static String encoded(SortedMap<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
