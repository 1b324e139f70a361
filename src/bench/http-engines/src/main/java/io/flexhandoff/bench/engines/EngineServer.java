package io.flexhandoff.bench.engines;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import jakarta.jms.ConnectionFactory;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Profile;

/** The server under test; the active profile is the engine: {@code mvc-security}, {@code mvc} or {@code vertx}. */
@SpringBootApplication
public class EngineServer {

    static final String KEY = "one-of-the-org's-keys";

    public static void main(String[] args) {
        SpringApplication.run(EngineServer.class, args);
    }

    static boolean authorized(String authorization) {
        return authorization != null
                && MessageDigest.isEqual(
                        ("Bearer " + KEY).getBytes(StandardCharsets.UTF_8),
                        authorization.getBytes(StandardCharsets.UTF_8));
    }

    /** How many events the consumer has taken from the queue. */
    @Bean
    AtomicLong drained() {
        return new AtomicLong();
    }

    @Bean(initMethod = "start", destroyMethod = "stop")
    EmbeddedActiveMQ broker(@Value("${engine.data}") File data) throws Exception {
        ConfigurationImpl journalOnDisk = new ConfigurationImpl();
        journalOnDisk.setBrokerInstance(data);
        journalOnDisk.setJournalType(JournalType.NIO);
        journalOnDisk.setSecurityEnabled(false);
        journalOnDisk.addAcceptorConfiguration("vm", "vm://0");
        return new EmbeddedActiveMQ().setConfiguration(journalOnDisk);
    }

    @Bean(destroyMethod = "stop")
    @DependsOn("broker")
    JmsPoolConnectionFactory producers() {
        JmsPoolConnectionFactory pool = new JmsPoolConnectionFactory();
        pool.setConnectionFactory(new ActiveMQConnectionFactory("vm://0"));
        pool.setMaxConnections(4);
        return pool;
    }

    @Bean
    @DependsOn("broker")
    ConnectionFactory consumers() {
        return new ActiveMQConnectionFactory("vm://0");
    }

    @Configuration
    @Profile("mvc-security")
    static class CheckedBySpring {

        @Bean
        Processor keyCheck() {
            return exchange -> {};
        }
    }

    @Configuration
    @Profile("!mvc-security")
    static class CheckedInTheRoute {

        @Bean
        Processor keyCheck() {
            return exchange -> {
                if (!authorized(exchange.getMessage().getHeader("Authorization", String.class))) {
                    exchange.getMessage().setHeader("CamelHttpResponseCode", 401);
                    exchange.setRouteStop(true);
                }
            };
        }
    }

    @Configuration
    @Profile("vertx")
    static class ServedByVertx {

        @Bean
        CamelContextConfiguration vertxServer(
                @Value("${engine.port}") int port, @Value("${spring.task.execution.pool.core-size}") int workers) {
            VertxPlatformHttpServerConfiguration settings = new VertxPlatformHttpServerConfiguration();
            settings.setBindPort(port);
            Vertx vertx = Vertx.vertx(new VertxOptions().setWorkerPoolSize(workers));
            return new CamelContextConfiguration() {
                @Override
                public void beforeApplicationStart(CamelContext context) {
                    try {
                        VertxPlatformHttpServer server = new VertxPlatformHttpServer(settings);
                        server.setVertx(vertx);
                        context.addService(server);
                    } catch (Exception e) {
                        throw new IllegalStateException("The Vert.x server does not start on port " + port, e);
                    }
                }

                @Override
                public void afterApplicationStart(CamelContext context) {
                    // nothing to do
                }
            };
        }
    }
}
