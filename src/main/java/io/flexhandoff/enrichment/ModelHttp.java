package io.flexhandoff.enrichment;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * How the language model is reached over HTTP: once, with the org's key, which so never is in a message, and with an answer
 * that is cut off when it is too long or takes too long as a whole. Bound as {@code modelHttp}.
 */
public final class ModelHttp implements HttpClientConfigurer {

    /** Header that names the org; it does not leave the process. */
    public static final String ORG = "Handoff-Org";

    /** A thousand times what is asked for; more is not an answer. */
    static final int ANSWER_LIMIT = 256 * 1024;

    private final LanguageModel model;
    private final Duration timeout;

    /** @param timeout for the whole exchange */
    public ModelHttp(LanguageModel model, Duration timeout) {
        this.model = model;
        this.timeout = timeout;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .addExecInterceptorFirst("limits", this::exchange);
    }

    private ClassicHttpResponse exchange(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        long end = System.nanoTime() + timeout.toNanos();
        String key = model.settings(request.getFirstHeader(ORG).getValue()).apiKey();
        request.removeHeaders(ORG);
        if (key != null) {
            request.setHeader("Authorization", "Bearer " + key);
        }
        scope.clientContext.setRequestConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(timeout))
                .setResponseTimeout(Timeout.of(timeout))
                .build());
        ClassicHttpResponse response = chain.proceed(request, scope);
        try {
            HttpEntity entity = response.getEntity();
            if (entity != null) {
                response.setEntity(new ByteArrayEntity(read(entity, end), ContentType.APPLICATION_JSON));
                entity.close();
            }
            return response;
        } catch (IOException e) {
            scope.execRuntime.discardEndpoint();
            throw e;
        }
    }

    private static byte[] read(HttpEntity entity, long end) throws IOException {
        byte[] answer = new byte[ANSWER_LIMIT];
        InputStream body = entity.getContent();
        int length = 0;
        for (int read = 0; read >= 0; read = body.read(answer, length, answer.length - length)) {
            length += read;
            if (length == answer.length) {
                throw new IOException("The language model's answer is longer than " + ANSWER_LIMIT + " bytes");
            }
            if (System.nanoTime() > end) {
                throw new IOException("The language model's answer does not end");
            }
        }
        return Arrays.copyOf(answer, length);
    }
}
