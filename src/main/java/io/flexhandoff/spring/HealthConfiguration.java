package io.flexhandoff.spring;

import io.flexhandoff.health.HealthCheck;
import io.flexhandoff.runtime.HandoffRuntime;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives actuator the runtime's own checks: what readiness depends on. */
@Configuration(proxyBeanMethods = false)
public class HealthConfiguration {

    @Bean
    HealthIndicator brokerHealthIndicator(ObjectProvider<HandoffRuntime> runtime) {
        return () -> health(runtime, "broker");
    }

    @Bean
    HealthIndicator ledgerHealthIndicator(ObjectProvider<HandoffRuntime> runtime) {
        return () -> health(runtime, "ledger");
    }

    @Bean
    HealthIndicator diskHealthIndicator(ObjectProvider<HandoffRuntime> runtime) {
        return () -> health(runtime, "disk");
    }

    @Bean
    HealthIndicator routesHealthIndicator(ObjectProvider<HandoffRuntime> runtime) {
        return () -> health(runtime, "routes");
    }

    private static Health health(ObjectProvider<HandoffRuntime> runtime, String part) {
        return runtime.getObject().checks().stream()
                .filter(check -> check.part().equals(part))
                .findFirst()
                .map(HealthConfiguration::health)
                .orElseGet(() -> Health.up().build());
    }

    private static Health health(HealthCheck check) {
        Health.Builder health = check.trouble()
                .map(trouble -> Health.down().withDetail("trouble", trouble))
                .orElseGet(Health::up);
        check.warning().ifPresent(warning -> health.withDetail("warning", warning));
        return health.build();
    }
}
