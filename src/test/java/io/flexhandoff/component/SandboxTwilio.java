package io.flexhandoff.component;

import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.sandbox.SandboxServer;
import io.flexhandoff.sandbox.twilio.SandboxAccount;
import io.flexhandoff.support.SandboxOrg;
import io.flexhandoff.twilio.TwilioClients;
import io.flexhandoff.twilio.TwilioSettings;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.apache.camel.Message;

/** The components in front of a sandbox of their own, with the plain SDK beside them to look what is in Twilio. */
public final class SandboxTwilio implements AutoCloseable {

    private final SandboxAccount account = SandboxAccount.demo();
    private final SandboxServer server = new SandboxServer(0, account);
    private final Org acme = SandboxOrg.of(account, "acme-key");
    private final TwilioClients clients =
            new TwilioClients(new Orgs(Map.of("acme", acme)), TwilioSettings.at(URI.create(server.twilioUrl())));
    private final TwilioCamel camel = new TwilioCamel(clients);
    private final TwilioRestClient sdk = new TwilioRestClient.Builder(account.accountSid(), account.authToken())
            .httpClient(new PlainSdk())
            .build();

    public Org acme() {
        return acme;
    }

    public SandboxServer server() {
        return server;
    }

    public TwilioClients clients() {
        return clients;
    }

    /** The official SDK with its own HTTP client, which shares nothing with ours. */
    public TwilioRestClient sdk() {
        return sdk;
    }

    public Message call(String uri, Object body, Map<String, Object> headers) {
        return camel.call(uri, body, headers);
    }

    /** How many requests of this method have come so far. */
    public long requests(String method) {
        return server.sandbox().requests().stream()
                .filter(request -> request.method().equals(method))
                .count();
    }

    @Override
    public void close() throws IOException {
        camel.close();
        clients.close();
        server.close();
    }

    private final class PlainSdk extends NetworkHttpClient {

        @Override
        public Response makeRequest(Request asked) {
            String url = asked.getUrl().replaceFirst("https://([a-z]+)\\.twilio\\.com", server.twilioUrl() + "/$1");
            Request sent = new Request(asked.getMethod(), url);
            sent.getQueryParams().putAll(asked.getQueryParams());
            sent.getPostParams().putAll(asked.getPostParams());
            sent.getHeaderParams().putAll(asked.getHeaderParams());
            sent.setAuth(asked.getUsername(), asked.getPassword());
            sent.setContentType(asked.getContentType());
            return super.makeRequest(sent);
        }
    }
}
