package io.flexhandoff.spring;

import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.runtime.Settings;
import jakarta.jms.ConnectionFactory;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Gives the runtime Spring's settings, and Spring's health checks the broker and the ledger. */
@Configuration(proxyBeanMethods = false)
public class HandoffConfiguration {

    @Bean(destroyMethod = "close")
    HandoffRuntime handoffRuntime(Environment environment) throws Exception {
        Map<String, Org> orgs = Binder.get(environment)
                .bind("handoff.orgs", Bindable.mapOf(String.class, Org.class))
                .orElse(Map.of());
        return new HandoffRuntime(new Settings(environment::getProperty), new Orgs(orgs));
    }

    @Bean(destroyMethod = "")
    DataSource ledgerDataSource(HandoffRuntime runtime) {
        return runtime.ledger().dataSource();
    }

    @Bean
    ConnectionFactory brokerConnectionFactory(HandoffRuntime runtime) {
        return runtime.broker().producers();
    }
}
