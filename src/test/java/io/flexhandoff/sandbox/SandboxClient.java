package io.flexhandoff.sandbox;

import com.twilio.http.HttpClient;
import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import io.flexhandoff.sandbox.twilio.SandboxAccount;

/** The official SDK, unchanged but for the host. */
final class SandboxClient extends NetworkHttpClient {

    private final String baseUrl;

    private SandboxClient(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    static TwilioRestClient of(SandboxServer server, SandboxAccount account) {
        return of(server, account.accountSid(), account.authToken());
    }

    static TwilioRestClient of(SandboxServer server, String user, String password) {
        HttpClient client = new SandboxClient(server.twilioUrl());
        return new TwilioRestClient.Builder(user, password).httpClient(client).build();
    }

    @Override
    public Response makeRequest(Request request) {
        String url = request.getUrl().replaceFirst("https://([a-z]+)\\.twilio\\.com", baseUrl + "/$1");
        Request rewritten = new Request(request.getMethod(), url);
        request.getQueryParams()
                .forEach((name, values) -> values.forEach(value -> rewritten.addQueryParam(name, value)));
        request.getPostParams().forEach((name, values) -> values.forEach(value -> rewritten.addPostParam(name, value)));
        request.getHeaderParams()
                .forEach((name, values) -> values.forEach(value -> rewritten.addHeaderParam(name, value)));
        rewritten.setAuth(request.getUsername(), request.getPassword());
        rewritten.setContentType(request.getContentType());
        return super.makeRequest(rewritten);
    }
}
