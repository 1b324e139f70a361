package io.flexhandoff.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flexhandoff.org.KeyScope;
import io.flexhandoff.org.Org;
import io.flexhandoff.runtime.CommandRuntime;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The application that runs on this machine, asked over its API with the org's key. */
final class RunningApplication {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final CommandRuntime runtime;
    private final Org org;
    private final String address;

    RunningApplication(CommandRuntime runtime, Org org) {
        this.runtime = runtime;
        this.org = org;
        this.address = "http://localhost:" + runtime.settings().number("handoff.http.port");
    }

    /**
     * @param method {@code GET}, {@code POST} or {@code DELETE}
     * @param path below the org's, such as {@code /connect}
     * @return the answer, whatever its status
     * @throws IllegalStateException when nothing answers, saying how to start it, or something else does, or the org has no key for it
     */
    Answer ask(String method, String path) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/api/v1/orgs/" + org.name() + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + key())
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (ConnectException e) {
            throw new IllegalStateException(nothingListens());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("handoff.http.port: what listens at " + address + " is not Flex Handoff");
        } catch (IOException e) {
            throw new IllegalStateException("The application at " + address + " did not answer: " + e.getMessage());
        }
    }

    private String key() {
        return org.keysFor(KeyScope.OPERATE).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("handoff.orgs." + org.name()
                        + ".api-keys.operate is not set: the application that runs here is asked with such a key"));
    }

    private String nothingListens() {
        String port = String.valueOf(runtime.settings().number("handoff.http.port"));
        return runtime.isSandbox()
                ? "No org is configured, so Twilio is the sandbox of the running application, and none listens at "
                        + address + ". Start it (java -jar flex-handoff.jar), or configure an org:"
                        + " see src/docs/connect.md."
                : "Another process has the ledger in " + runtime.settings().dataDir()
                        + ", but no application listens at " + address + ": handoff.http.port is " + port
                        + " here; give the port of that process.";
    }

    /** An answer of the API. */
    record Answer(int status, JsonNode body) {

        boolean isOk() {
            return status == 200;
        }

        /** What went wrong, in the application's words. */
        String problem() {
            return body.path("detail").asText("The application answered " + status);
        }
    }
}
