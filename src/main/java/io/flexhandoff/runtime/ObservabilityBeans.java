package io.flexhandoff.runtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flexhandoff.broker.Broker;
import io.flexhandoff.door.RejectedRequests;
import io.flexhandoff.health.BrokerCheck;
import io.flexhandoff.health.DataDisk;
import io.flexhandoff.health.HealthCheck;
import io.flexhandoff.health.LedgerCheck;
import io.flexhandoff.health.RoutesCheck;
import io.flexhandoff.ledger.LedgerDatabase;
import io.flexhandoff.metrics.HandoffMetrics;
import io.flexhandoff.metrics.HealthMetrics;
import io.flexhandoff.metrics.LedgerMetrics;
import io.flexhandoff.metrics.OrgTag;
import io.flexhandoff.metrics.PauseMeter;
import io.flexhandoff.metrics.QueueMetrics;
import io.flexhandoff.metrics.RejectedMeter;
import io.flexhandoff.operate.Intake;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.trace.Traces;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is measured, checked and traced, and the beans with which the routes do so. */
final class ObservabilityBeans {

    private static final Logger LOG = LoggerFactory.getLogger("io.flexhandoff.operate");

    private static final Duration BROKER_PATIENCE = Duration.ofSeconds(2);

    private ObservabilityBeans() {}

    /** The circuits of the language models, and of each {@code circuitBreaker} in a route: Camel finds their registry by its type. */
    static CircuitBreakerRegistry circuits() {
        CircuitBreakerRegistry circuits = CircuitBreakerRegistry.ofDefaults();
        circuits.getEventPublisher().onEntryAdded(added -> {
            CircuitBreaker circuit = added.getAddedEntry();
            circuit.getEventPublisher()
                    .onStateTransition(change -> LOG.warn("{}: {}", circuit.getName(), change.getStateTransition()));
        });
        return circuits;
    }

    /** What a node needs to do its work. */
    static List<HealthCheck> checks(
            CamelContext context, Broker broker, LedgerDatabase ledger, DataDisk disk, BooleanSupplier listening) {
        return List.of(
                new BrokerCheck(broker.consumers(), BROKER_PATIENCE, broker.isEmbedded()),
                new LedgerCheck(ledger),
                disk,
                new RoutesCheck(context, listening));
    }

    /** @param meters what is measured; it gets the registries that the runtime has */
    static void bind(
            Registry registry,
            CompositeMeterRegistry meters,
            Orgs orgs,
            Broker broker,
            List<HealthCheck> checks,
            ObjectMapper json,
            Clock clock) {
        OrgTag tag = new OrgTag(orgs);
        registry.findByType(MeterRegistry.class).stream()
                .filter(found -> !(found instanceof CompositeMeterRegistry))
                .forEach(meters::add);
        registry.bind("traces", new Traces());
        registry.bind("handoffMetrics", new HandoffMetrics(meters, tag, clock));
        registry.bind("queueMetrics", new QueueMetrics(meters, tag, broker.producers(), json));
        registry.bind("ledgerMetrics", new LedgerMetrics(meters, tag, clock));
        registry.bind("healthMetrics", new HealthMetrics(meters, checks));
        PauseMeter.bind(meters, tag, registry.lookupByNameAndType("intake", Intake.class));
        RejectedMeter.bind(meters, tag, registry.lookupByNameAndType("rejectedRequests", RejectedRequests.class));
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(
                        registry.lookupByNameAndType("circuits", CircuitBreakerRegistry.class))
                .bindTo(meters);
    }
}
