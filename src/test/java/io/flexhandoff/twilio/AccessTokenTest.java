package io.flexhandoff.twilio;

import static io.flexhandoff.twilio.StubTwilio.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flexhandoff.org.TwilioLogin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessTokenTest {

    private static final TwilioLogin CLIENT = new TwilioLogin(null, null, "OQ1", "client-secret");

    private final StubTwilio twilio = new StubTwilio();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-29T12:00:00Z"));
    private final TwilioPool pool =
            new TwilioPool(new TwilioSettings(twilio.url(), null, Duration.ofSeconds(10), null, null));
    private final AccessToken token =
            new AccessToken(pool, HttpHost.create(twilio.url()), "/twilio/oauth/v2/token", CLIENT, now::get);

    @AfterEach
    void stop() throws Exception {
        pool.close();
        twilio.close();
    }

    private void gives(String value) {
        twilio.answering(status(200, """
                {"access_token": "%s", "token_type": "Bearer", "expires_in": 3600}""".formatted(value)));
    }

    private void after(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    @Test
    void manyRequestsAtOnceAskForOneToken() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        twilio.answering(exchange -> {
            answer.await();
            status(200, "{\"access_token\": \"one\", \"expires_in\": 3600}").give(exchange);
        });
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<CompletableFuture<Header>> headers = IntStream.range(0, 20)
                    .mapToObj(request -> CompletableFuture.supplyAsync(token::header, threads))
                    .toList();
            answer.countDown();

            assertThat(headers)
                    .extracting(CompletableFuture::join)
                    .extracting(Header::getValue)
                    .containsOnly("Bearer one");
        } finally {
            threads.shutdown();
        }
        assertThat(twilio.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.path()).isEqualTo("/twilio/oauth/v2/token");
            assertThat(asked.authorization()).isNull();
            assertThat(asked.body())
                    .isEqualTo("client_id=OQ1&client_secret=client-secret&grant_type=client_credentials");
        });
    }

    @Test
    void aTokenIsKeptUntilShortlyBeforeItsEnd() {
        gives("one");
        assertThat(token.header().getValue()).isEqualTo("Bearer one");

        gives("two");
        after(Duration.ofMinutes(58));
        assertThat(token.header().getValue()).isEqualTo("Bearer one");

        after(Duration.ofSeconds(90));
        assertThat(token.header().getValue()).isEqualTo("Bearer two");
        assertThat(twilio.asked()).hasSize(2);
    }

    @Test
    void whileTwilioGivesNoNewOneTheOldOneServesToItsEnd() {
        gives("one");
        token.header();
        twilio.answering(status(503, ""));
        after(Duration.ofSeconds(3590));

        assertThat(token.header().getValue()).isEqualTo("Bearer one");
        assertThat(token.header().getValue()).isEqualTo("Bearer one");
        assertThat(twilio.asked()).as("not with every request").hasSize(2);

        after(Duration.ofSeconds(10));
        TwilioFailure failure = catchThrowableOfType(TwilioFailure.class, token::header);
        assertThat(failure.kind()).as("nothing was sent").isEqualTo(FailureKind.NOT_DONE);
        assertThat(failure)
                .hasMessage("There is no access token: POST https://oauth.twilio.com/v2/token was answered 503");
    }

    @Test
    void aClientThatIsNotAllowedIsNamedWithoutItsSecret() {
        twilio.answering(status(401, "{\"code\": 70002, \"message\": \"No client client-secret\"}"));

        TwilioFailure failure = catchThrowableOfType(TwilioFailure.class, token::header);
        assertThat(failure.kind()).isEqualTo(FailureKind.FINAL);
        assertThat(failure).hasMessageContaining("was answered 401 (70002)").hasMessageNotContaining("client-secret");

        twilio.answering(status(200, "{\"access_token\": \"\", \"expires_in\": 0}"));
        assertThat(catchThrowableOfType(TwilioFailure.class, token::header))
                .hasMessageContaining("got an unreadable answer");
    }

    @Test
    void aTokenThatTwilioRefusesIsForgottenButNotAgainAndAgain() {
        gives("one");
        Header refused = token.header();
        token.forget(refused);
        assertThat(token.header()).as("it is new").isSameAs(refused);

        after(Duration.ofMinutes(1));
        gives("two");
        token.forget(refused);
        assertThat(token.header().getValue()).isEqualTo("Bearer two");
    }
}
