package io.flexhandoff.metrics;

import io.flexhandoff.health.HealthCheck;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What this node needs and has, 1 or 0, as its health has it. Bound as {@code healthMetrics}. */
public final class HealthMetrics {

    private final List<HealthCheck> checks;
    private final Map<String, Double> values = new ConcurrentHashMap<>();

    public HealthMetrics(MeterRegistry meters, List<HealthCheck> checks) {
        this.checks = List.copyOf(checks);
        checks.forEach(check -> Gauge.builder(
                        "handoff.health", values, known -> known.getOrDefault(check.part(), Double.NaN))
                .description("Whether this node can use its broker, its ledger, its disk and its routes (1) or not (0)")
                .tags("part", check.part())
                .register(meters));
    }

    /** Looks how they are. */
    public void look() {
        checks.forEach(check -> values.put(check.part(), check.trouble().isEmpty() ? 1.0 : 0.0));
    }
}
