package io.flexhandoff.twilio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.twilio.constant.EnumConstants;
import com.twilio.http.HttpClient;
import com.twilio.http.HttpUtility;
import com.twilio.http.Request;
import com.twilio.http.Response;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The Twilio SDK's transport: one pool for all orgs, timeouts of seconds, and one request sent for one request asked.
 *
 * <p>The SDK's own client sends a POST up to six times when it is answered 503, and fixes a connect timeout of 30.5 s;
 * neither can be configured away. Failures of every sort leave here as a {@link TwilioFailure}.
 */
final class PooledHttpClient extends HttpClient implements Closeable {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Parameters that hold a person's words or number, which Twilio may repeat in its error message. */
    private static final Set<String> PRIVATE =
            Set.of("Attributes", "Author", "Body", "EventCallbackUrl", "From", "PostWebhookUrl", "To", "Twiml");

    private final CloseableHttpClient client;
    private final TwilioHosts hosts;

    PooledHttpClient(TwilioSettings settings) {
        Timeout connect = Timeout.of(settings.connectTimeout());
        ConnectionConfig connections = ConnectionConfig.custom()
                .setConnectTimeout(connect)
                .setSocketTimeout(Timeout.of(settings.readTimeout()))
                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                .build();
        client = HttpClients.custom()
                .useSystemProperties()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .useSystemProperties()
                        .setDefaultConnectionConfig(connections)
                        .setMaxConnTotal(settings.maxConnections())
                        .setMaxConnPerRoute(settings.maxConnections())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(connect)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .build();
        hosts = new TwilioHosts(settings.baseUrl());
    }

    /** The SDK's retry loop around {@link #makeRequest}, taken out: a POST that is sent twice may be done twice. */
    @Override
    public Response reliableRequest(Request request, int[] retryCodes, int retries, long delayMillis) {
        return makeRequest(request);
    }

    @Override
    public Response makeRequest(Request request) {
        String name = request.getMethod() + " " + request.getUrl().replaceFirst("\\?.*", "");
        Response response;
        try {
            response = client.execute(
                    toHttp(request),
                    answer -> new Response(
                            answer.getEntity() == null
                                    ? ""
                                    : EntityUtils.toString(answer.getEntity(), StandardCharsets.UTF_8),
                            answer.getCode(),
                            answer.getHeaders()));
        } catch (IOException e) {
            throw TwilioFailure.broken(name, e);
        }
        return checked(name, request, response);
    }

    private ClassicHttpRequest toHttp(Request request) {
        ClassicRequestBuilder http = ClassicRequestBuilder.create(
                        request.getMethod().toString())
                .setUri(hosts.target(URI.create(request.constructURL().toString())))
                .setCharset(StandardCharsets.UTF_8)
                .addHeader(HttpHeaders.ACCEPT, "application/json")
                .addHeader(
                        HttpHeaders.USER_AGENT, HttpUtility.getUserAgentString(request.getUserAgentExtensions(), true));
        if (request.requiresAuthentication()) {
            http.addHeader(HttpHeaders.AUTHORIZATION, request.getAuthString());
        }
        request.getHeaderParams().forEach((name, values) -> values.forEach(value -> http.addHeader(name, value)));
        request.getPostParams().forEach((name, values) -> values.forEach(value -> http.addParameter(name, value)));
        if (request.getContentType() == EnumConstants.ContentType.JSON) {
            http.setEntity(request.getBody(), ContentType.APPLICATION_JSON);
        } else if (request.getContentType() == EnumConstants.ContentType.MULTIPART_FORM_DATA) {
            throw new UnsupportedOperationException("Uploads to Twilio are not supported");
        }
        return http.build();
    }

    private static Response checked(String name, Request request, Response response) {
        int status = response.getStatusCode();
        JsonNode json = parsed(response.getContent());
        if (status >= 200 && status < 300) {
            if (json == null) {
                throw TwilioFailure.unreadable(name);
            }
            return response;
        }
        boolean explained = json != null && json.isObject();
        Integer code =
                explained && json.path("code").isInt() ? json.path("code").intValue() : null;
        String reason = explained ? withoutEcho(json.path("message").asText(""), request) : null;
        boolean retryAfter = List.of(response.getHeaders()).stream()
                .anyMatch(header -> header.getName().equalsIgnoreCase(HttpHeaders.RETRY_AFTER));
        throw TwilioFailure.answered(name, status, code, reason, retryAfter);
    }

    private static JsonNode parsed(String content) {
        try {
            return JSON.readTree(content);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static String withoutEcho(String message, Request request) {
        String clean = message;
        for (String parameter : PRIVATE) {
            for (String value : request.getPostParams().getOrDefault(parameter, List.of())) {
                clean = value.isBlank() ? clean : clean.replace(value, "…");
            }
        }
        return clean;
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
