package io.flexhandoff.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ModelBreakersTest {

    @Test
    void theCircuitOfOneOrgOpensAndThatOfAnotherStaysClosed() {
        ModelBreakers breakers =
                new ModelBreakers(CircuitBreakerRegistry.ofDefaults(), Duration.ofSeconds(60), Duration.ofMinutes(1));
        for (int call = 0; call < 5; call++) {
            breakers.succeeded(breakers.enter("globex"));
            breakers.failed(breakers.enter("acme"), new IllegalStateException("429"));
        }

        assertThatThrownBy(() -> breakers.enter("acme"))
                .isInstanceOf(CallNotPermittedException.class)
                .hasMessageContaining("model/acme");
        assertThat(breakers.enter("globex")).isNotNull();
    }

    @Test
    void aModelThatIsAlwaysTooLateIsNotWaitedFor() {
        ModelBreakers breakers =
                new ModelBreakers(CircuitBreakerRegistry.ofDefaults(), Duration.ofNanos(1), Duration.ofMinutes(1));
        for (int call = 0; call < 5; call++) {
            breakers.succeeded(breakers.enter("acme"));
        }

        assertThatThrownBy(() -> breakers.enter("acme")).isInstanceOf(CallNotPermittedException.class);
    }

    @Test
    void whoGotNoLeaveHasNothingToReport() {
        new ModelBreakers(CircuitBreakerRegistry.ofDefaults(), Duration.ofSeconds(60), Duration.ofMinutes(1))
                .failed(null, new IllegalStateException());
    }
}
