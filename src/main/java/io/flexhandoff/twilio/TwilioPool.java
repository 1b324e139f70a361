package io.flexhandoff.twilio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.twilio.http.HttpUtility;
import io.flexhandoff.trace.UrlWords;
import java.io.Closeable;
import java.io.IOException;
import java.net.ProxySelector;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The connections to Twilio: one pool for all orgs, timeouts of seconds, and one request sent for one request asked. Failures
 * of every sort leave here as a {@link TwilioFailure}.
 */
final class TwilioPool implements Closeable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Header ACCEPT = new BasicHeader(HttpHeaders.ACCEPT, "application/json");
    private static final Header USER_AGENT =
            new BasicHeader(HttpHeaders.USER_AGENT, HttpUtility.getUserAgentString(List.of(), true));

    /** Parameters that hold a person's words or number, which Twilio may repeat in its error message. */
    private static final List<String> PRIVATE = List.of(
            "Attributes",
            "Author",
            "Body",
            "DequeueTo",
            "EventCallbackUrl",
            "From",
            "PostWebhookUrl",
            "RedirectUrl",
            "To",
            "Twiml",
            "client_id",
            "client_secret");

    private final Routes routes = new Routes();
    private final RequestConfig requests;
    private final CloseableHttpClient direct;
    private final CloseableHttpClient byProxy;

    TwilioPool(TwilioSettings settings) {
        Timeout connect = Timeout.of(settings.connectTimeout());
        ConnectionConfig connections = ConnectionConfig.custom()
                .setConnectTimeout(connect)
                .setSocketTimeout(Timeout.of(settings.readTimeout()))
                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                .build();
        requests = RequestConfig.custom()
                .setConnectionRequestTimeout(connect)
                .setProtocolUpgradeEnabled(false)
                .build();
        HttpClientConnectionManager pool = PoolingHttpClientConnectionManagerBuilder.create()
                .useSystemProperties()
                .setDefaultConnectionConfig(connections)
                .setMaxConnTotal(settings.maxConnections())
                .setMaxConnPerRoute(settings.maxConnections())
                .build();
        direct = HttpClients.createMinimal(pool);
        byProxy = HttpClients.custom()
                .useSystemProperties()
                .setRoutePlanner(routes)
                .setConnectionManager(pool)
                .setDefaultRequestConfig(requests)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableContentCompression()
                .build();
    }

    /** The way to a host, by way of the proxy that the system's properties name: worked out once. */
    private static final class Routes implements HttpRoutePlanner {

        private final HttpRoutePlanner planner =
                new SystemDefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE, ProxySelector.getDefault());
        private final Map<HttpHost, HttpRoute> routes = new ConcurrentHashMap<>();

        @Override
        public HttpRoute determineRoute(HttpHost target, HttpContext context) throws HttpException {
            HttpRoute route = routes.get(target);
            if (route == null) {
                route = planner.determineRoute(target, context);
                routes.put(target, route);
            }
            return route;
        }
    }

    /**
     * An answer that says that the request was carried out.
     *
     * @param json the body; a missing node when there is none
     */
    record Reply(int status, byte[] body, JsonNode json, Header[] headers) {

        private Reply with(JsonNode read) {
            return new Reply(status, body, read, headers);
        }

        String header(String name) {
            for (Header header : headers) {
                if (header.getName().equalsIgnoreCase(name)) {
                    return header.getValue();
                }
            }
            return null;
        }
    }

    /** What is written, by parameter: what must not come back in an error message. */
    interface Written {
        List<String> values(String parameter);
    }

    /**
     * Sends a request and reads its answer, once.
     *
     * @param name what a failure is told by
     * @throws TwilioFailure unless Twilio says that it has carried the request out
     */
    Reply exchange(HttpHost host, ClassicHttpRequest request, String name, Written written) {
        request.setHeader(ACCEPT);
        request.setHeader(USER_AGENT);
        // of one that is sent once more: the client refuses them
        request.removeHeaders(HttpHeaders.CONTENT_LENGTH);
        request.removeHeaders(HttpHeaders.TRANSFER_ENCODING);
        Reply reply;
        try {
            reply = send(host, request);
        } catch (IOException e) {
            throw TwilioFailure.broken(name, e);
        }
        JsonNode json = parsed(reply.body());
        if (reply.status() < 200 || reply.status() >= 300) {
            throw refused(name, reply, json, written);
        }
        if (json == null) {
            throw TwilioFailure.unreadable(name);
        }
        return reply.with(json);
    }

    /** The client that knows of proxies costs half as much again as the request itself. */
    private Reply send(HttpHost host, ClassicHttpRequest request) throws IOException {
        HttpClientContext context = HttpClientContext.create();
        context.setRequestConfig(requests);
        try {
            CloseableHttpClient client = routes.determineRoute(host, context).getProxyHost() == null ? direct : byProxy;
            return client.execute(host, request, context, TwilioPool::read);
        } catch (HttpException e) {
            throw new ClientProtocolException(e);
        }
    }

    private static Reply read(ClassicHttpResponse answer) throws IOException {
        byte[] body = answer.getEntity() == null ? new byte[0] : EntityUtils.toByteArray(answer.getEntity());
        return new Reply(answer.getCode(), body, null, answer.getHeaders());
    }

    private static JsonNode parsed(byte[] content) {
        try {
            return JSON.readTree(content);
        } catch (JsonProcessingException e) {
            return null;
        } catch (IOException e) {
            throw new IllegalStateException("Bytes in memory are not read", e);
        }
    }

    private static TwilioFailure refused(String name, Reply reply, JsonNode json, Written written) {
        boolean explained = json != null && json.isObject();
        Integer code =
                explained && json.path("code").isInt() ? json.path("code").intValue() : null;
        String reason = explained ? withoutEcho(json.path("message").asText(""), written) : null;
        boolean retryAfter = reply.header(HttpHeaders.RETRY_AFTER) != null;
        return TwilioFailure.answered(name, reply.status(), code, reason, retryAfter);
    }

    private static String withoutEcho(String message, Written written) {
        String clean = message;
        for (String parameter : PRIVATE) {
            for (String value : written.values(parameter)) {
                clean = value.isBlank() ? clean : clean.replace(value, "…");
            }
        }
        return UrlWords.in(clean);
    }

    @Override
    public void close() throws IOException {
        direct.close();
        byProxy.close();
    }
}
