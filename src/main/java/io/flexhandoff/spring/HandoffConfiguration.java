package io.flexhandoff.spring;

import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.runtime.Settings;
import jakarta.jms.ConnectionFactory;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.ConfigurableEnvironment;

/** Gives the runtime Spring's settings, and Spring's health checks the broker and the ledger. */
@Configuration(proxyBeanMethods = false)
public class HandoffConfiguration {

    @Bean(destroyMethod = "close", bootstrap = Bean.Bootstrap.BACKGROUND)
    HandoffRuntime handoffRuntime(ConfigurableEnvironment environment) throws Exception {
        RepeatedEvents.leaveOut();
        return new HandoffRuntime(new Settings(environment::getProperty), () -> {
            MountedFolders.readAgain(environment);
            return CommandSettings.orgs(environment);
        });
    }

    @Bean
    CamelContextConfiguration routes(ObjectProvider<HandoffRuntime> runtime) {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext context) {
                runtime.getObject().configure(context);
            }

            @Override
            public void afterApplicationStart(CamelContext context) {
                // the runtime opens the API port itself
            }
        };
    }

    @Lazy
    @Bean(destroyMethod = "")
    DataSource ledgerDataSource(HandoffRuntime runtime) {
        return runtime.ledger().dataSource();
    }

    @Lazy
    @Bean
    ConnectionFactory brokerConnectionFactory(HandoffRuntime runtime) {
        return runtime.broker().producers();
    }
}
