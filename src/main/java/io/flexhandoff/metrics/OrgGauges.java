package io.flexhandoff.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.TreeMap;

/** One gauge for each org, {@code NaN} as long as nobody knows. */
final class OrgGauges {

    private volatile Map<String, Double> values = Map.of();
    private final OrgTag orgs;

    /**
     * @param unit {@code null} for a number of things
     * @param tags of all of them, beside {@code org}
     */
    OrgGauges(MeterRegistry meters, OrgTag orgs, String name, String unit, String what, String... tags) {
        this.orgs = orgs;
        for (String org : orgs.all()) {
            Gauge.builder(name, this, gauges -> gauges.values.getOrDefault(org, Double.NaN))
                    .description(what)
                    .baseUnit(unit)
                    .tags("org", org)
                    .tags(tags)
                    .register(meters);
        }
    }

    /** @param known values by org, which may be nobody's; an org that is not among them has 0 */
    void set(Map<String, ? extends Number> known) {
        Map<String, Double> next = new TreeMap<>();
        orgs.all().forEach(org -> next.put(org, 0.0));
        known.forEach((org, value) -> next.merge(orgs.of(org), value.doubleValue(), Double::sum));
        values = next;
    }

    void forget() {
        values = Map.of();
    }
}
