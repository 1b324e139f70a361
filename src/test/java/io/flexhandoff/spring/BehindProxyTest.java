package io.flexhandoff.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.Nginx;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.test.spring.junit5.DisableJmx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Hawtio, the login and what leads on from there, behind the nginx that src/docs/operate.md shows. */
@EnabledIf(value = Nginx.CONDITION, disabledReason = Nginx.MISSING)
@HandoffTest
@AutoConfigureObservability(tracing = false)
@DisableJmx(false)
@TestPropertySource(
        properties = {
            "camel.main.name=access",
            "handoff.management.password={bcrypt}$2a$04$v1DohBVXfQepdFdjO6mLsu1We6aE2SO3j7m9x0famvCqgQFuA7PMy",
            "handoff.ledger.password=a-secret-of-the-ledger",
            "handoff.enrichment.llm.api-key=a-secret-of-the-model"
        })
class BehindProxyTest {

    private static final Pattern LOCATION = Pattern.compile("(?s)( *location /ops/ \\{.*?\n *})");
    private static final Pattern BASE = Pattern.compile("<base href=\"([^\"]*)\"");
    private static final Pattern SCRIPT = Pattern.compile("<script[^>]* src=\"([^\"]*)\"");
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]* value=\"([^\"]*)\"");

    private final CookieManager cookies = new CookieManager();
    private final HttpClient browser = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    @TempDir
    private Path folder;

    @LocalServerPort
    private int managementPort;

    private Nginx nginx;
    private String proxy;

    private void start(String prefix) throws IOException {
        Matcher location = LOCATION.matcher(Files.readString(Path.of("src", "docs", "operate.md")));
        assertThat(location.find()).isTrue();
        nginx = new Nginx(
                folder,
                location.group(1)
                        .replace("8081", String.valueOf(managementPort))
                        .replace("/ops", prefix));
        proxy = "http://localhost:" + nginx.port();
    }

    @AfterEach
    void stop() {
        if (nginx != null) {
            nginx.close();
        }
    }

    private HttpResponse<String> get(String url) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(url)).header("Accept", "text/html"));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(301, 308);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static String found(Pattern pattern, String page) {
        Matcher matcher = pattern.matcher(page);
        assertThat(matcher.find()).as(page).isTrue();
        return matcher.group(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ops", "/handoff/ops", "/a-b_c.d"})
    void anOperatorLogsInAndSeesHawtio(String prefix) throws Exception {
        start(prefix);
        String hawtio = proxy + prefix + "/actuator/hawtio";

        String login = location(get(hawtio));
        assertThat(login).isEqualTo(proxy + prefix + "/login");
        String form = get(login).body();
        assertThat(form).contains("action=\"" + prefix + "/login\"");
        HttpResponse<String> in = send(HttpRequest.newBuilder(URI.create(login))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "username=operator&password=the+operator%27s+word&_csrf=" + found(TOKEN, form))));
        assertThat(location(in)).startsWith(hawtio);

        HttpResponse<String> page = get(hawtio + "/index.html");
        assertThat(page.statusCode()).isEqualTo(200);
        String base = found(BASE, page.body());
        assertThat(base).isEqualTo(prefix + "/actuator/hawtio/");
        HttpResponse<String> script = get(proxy + found(SCRIPT, page.body()));
        assertThat(script.statusCode()).isEqualTo(200);
        assertThat(script.headers().firstValue("Content-Type").orElse("")).contains("javascript");
        assertThat(get(proxy + base + "camel/contexts").body()).contains("<base href=\"" + base + "\"");
        assertThat(get(proxy + prefix + "/actuator/jolokia/version").statusCode())
                .isEqualTo(200);
        assertThat(cookies.getCookieStore().getCookies())
                .filteredOn(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                .extracting(HttpCookie::getPath)
                .containsExactly(prefix);
    }

    @Test
    void behindAProxyThatEndsTlsTheLoginIsAskedForThereAndCookiesAreSecure() throws Exception {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + "/actuator/hawtio"))
                        .header("Accept", "text/html")
                        .header("X-Forwarded-Proto", "https")
                        .header("X-Forwarded-Host", "ops.example.com"));

        assertThat(location(answer)).isEqualTo("https://ops.example.com/login");
        assertThat(answer.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie).startsWith("JSESSIONID="))
                .allSatisfy(cookie -> assertThat(cookie).contains("; Secure"));
    }

    @Test
    void withoutAProxyNothingHasChanged() throws Exception {
        String hawtio = "http://localhost:" + managementPort + "/actuator/hawtio";

        assertThat(location(get(hawtio))).isEqualTo("http://localhost:" + managementPort + "/login");
    }
}
