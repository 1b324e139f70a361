package io.flexhandoff.twilio;

import com.twilio.constant.EnumConstants;
import com.twilio.http.HttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;

/**
 * The Twilio SDK's transport for one org: the same pool and the same gate.
 *
 * <p>The SDK's own client sends a POST up to six times when it is answered 503, and fixes a connect timeout of 30.5 s;
 * neither can be configured away.
 */
final class SdkHttpClient extends HttpClient {

    private final OrgGate gate;
    private final TwilioHosts hosts;

    SdkHttpClient(OrgGate gate, TwilioHosts hosts) {
        this.gate = gate;
        this.hosts = hosts;
    }

    /** The SDK's retry loop around {@link #makeRequest}, taken out: a POST that is sent twice may be done twice. */
    @Override
    public Response reliableRequest(Request request, int[] retryCodes, int retries, long delayMillis) {
        return makeRequest(request);
    }

    @Override
    public Response makeRequest(Request request) {
        String url = request.getUrl();
        int query = url.indexOf('?');
        String name = request.getMethod() + " " + (query < 0 ? url : url.substring(0, query));
        URI asked = URI.create(request.constructURL().toString());
        String host = asked.getHost();
        URI target = hosts.target(asked);
        TwilioPool.Reply reply = gate.pass(
                host.substring(0, host.indexOf('.')),
                HttpHost.create(target),
                toHttp(request, target).build(),
                name,
                parameter -> request.getPostParams().getOrDefault(parameter, List.of()));
        return new Response(new String(reply.body(), StandardCharsets.UTF_8), reply.status(), reply.headers());
    }

    private static ClassicRequestBuilder toHttp(Request request, URI target) {
        ClassicRequestBuilder http = ClassicRequestBuilder.create(
                        request.getMethod().toString())
                .setUri(target)
                .setCharset(StandardCharsets.UTF_8);
        request.getHeaderParams().forEach((name, values) -> values.forEach(value -> http.addHeader(name, value)));
        request.getPostParams().forEach((name, values) -> values.forEach(value -> http.addParameter(name, value)));
        if (request.getContentType() == EnumConstants.ContentType.JSON) {
            http.setEntity(request.getBody(), ContentType.APPLICATION_JSON);
        } else if (request.getContentType() == EnumConstants.ContentType.MULTIPART_FORM_DATA) {
            throw new UnsupportedOperationException("Uploads to Twilio are not supported");
        }
        return http;
    }
}
