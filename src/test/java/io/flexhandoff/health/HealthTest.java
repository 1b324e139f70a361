package io.flexhandoff.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexhandoff.broker.Broker;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TemporaryDataDir;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** When a node takes calls, and when it says that it does not. */
@HandoffTest
@DirtiesContext
@TestPropertySource(properties = "management.endpoint.health.show-details=always")
class HealthTest {

    @Autowired
    private HandoffRuntime runtime;

    @Autowired
    private CamelContext context;

    @LocalServerPort
    private int management;

    @Test
    void readinessFollowsTheBrokerHealthTheLedgerTooAndLivenessNeither() throws Exception {
        context.getRouteController().stopRoute("purge-every-hour");
        assertThat(get("/actuator/health").statusCode()).isEqualTo(200);
        assertThat(part("routes")).contains("UP", "Stopped: purge-every-hour");
        assertThat(part("disk")).contains("UP");

        CountDownLatch stuck = new CountDownLatch(1);
        runtime.ledger().writer().submit(connection -> {
            try {
                return stuck.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(get("/actuator/health").statusCode()).isEqualTo(503);
        assertThat(part("ledger")).contains("DOWN", "The ledger ");
        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200);
        stuck.countDown();
        assertThat(get("/actuator/health").statusCode()).isEqualTo(200);

        runtime.ledger().close();
        assertThat(get("/actuator/health").statusCode()).isEqualTo(503);
        assertThat(part("ledger")).contains("DOWN", "The ledger cannot be used: ");
        assertThat(part("broker")).contains("UP");

        runtime.broker().close();
        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(503);
        assertThat(part("broker")).contains("DOWN", "The broker cannot be used: ");
        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    }

    @Test
    void aFullDiskIsNotMistakenForABrokerThatWorks() throws Exception {
        String full;
        try (InputStream shipped = getClass().getResourceAsStream("/config/broker.xml")) {
            full = new String(shipped.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceFirst("<max-disk-usage>\\d+<", "<max-disk-usage>0<");
        }
        try (Broker broker = Broker.embedded(
                new ByteArrayInputStream(full.getBytes(StandardCharsets.UTF_8)), TemporaryDataDir.create(), 1)) {
            BrokerCheck check = new BrokerCheck(broker.consumers(), Duration.ofSeconds(2), true);

            // the broker looks at its disk every few seconds
            await().atMost(Duration.ofSeconds(40)).until(() -> check.trouble().isPresent());

            assertThat(check.trouble())
                    .hasValueSatisfying(words -> assertThat(words).contains("disk is full"));
        }
    }

    @Test
    void aDiskWithoutItsReserveRefusesSegmentsFirstThenAllThatIsTakenIn() {
        long free = new DataDisk(TemporaryDataDir.create(), 0).free();
        DataDisk low = new DataDisk(TemporaryDataDir.create(), free + free / 2);
        assertThat(low.isLow()).isTrue();
        assertThat(low.isNearlyFull()).isFalse();
        assertThat(low.trouble()).hasValueSatisfying(words -> assertThat(words)
                .contains("handoff.data-dir", "handoff.data-reserve-bytes"));
        assertThat(new DataDisk(TemporaryDataDir.create(), Long.MAX_VALUE).isNearlyFull())
                .isTrue();
        assertThat(new DataDisk(null, Long.MAX_VALUE).isLow()).isFalse();
    }

    private String part(String name) throws Exception {
        return ApiClient.tree(get("/actuator/health").body())
                .at("/components/" + name)
                .toString();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + management + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
