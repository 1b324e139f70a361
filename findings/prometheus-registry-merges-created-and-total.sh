#!/usr/bin/env bash
# Package: io.micrometer:micrometer-registry-prometheus 1.15.12 (Maven), on the Prometheus Java client 1.3.
# Expected: meters with different names in Micrometer have different names in Prometheus, or registering the second fails; a gauge shows
#   the value that it has.
# Behaviour: since the move to the client 1.x the endings .created, .total, .bucket and .info are cut off names of counters and gauges. The
#   counters calls and calls.created are one series then: the one that was registered last is shown for both, the other's count is gone, and
#   nothing is logged. Gauges the same: calls.created hides calls. And a gauge whose name ends in .info is 1 whatever its value.
#   With SimpleMeterRegistry, in tests, all of them are there.
# Seen (meter=value, registered in this order: scraped | in a SimpleMeterRegistry):
#   counter calls=3, counter calls.created=40: calls_total 40.0 | 3.0 40.0
#   counter calls.created=40, counter calls=3: calls_total 3.0 | 40.0 3.0
#   counter calls=3, counter calls.total=40: calls_total 40.0 | 3.0 40.0
#   gauge tasks=3, gauge tasks.created=40: tasks 40.0 | 3.0 40.0
#   gauge queue.info=5: queue_info 1 | 5.0
#   timer calls=3, timer calls.created=40: calls_created_seconds_sum 40.0 calls_seconds_sum 3.0 | 3.0 40.0
# Fails if that changes.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
<dependencies>
<dependency><groupId>io.micrometer</groupId><artifactId>micrometer-registry-prometheus</artifactId><version>1.15.12</version></dependency>
</dependencies></project>
POM
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null
cat > Names.java <<'JAVA'
import io.micrometer.core.instrument.*;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.*;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

public class Names {
    public static void main(String[] args) {
        both("counter calls=3", "counter calls.created=40");
        both("counter calls.created=40", "counter calls=3");
        both("counter calls=3", "counter calls.total=40");
        both("gauge tasks=3", "gauge tasks.created=40");
        both("gauge queue.info=5");
        both("timer calls=3", "timer calls.created=40");
    }

    static void both(String... meters) {
        var prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var simple = new SimpleMeterRegistry();
        String values = "";
        for (String meter : meters) {
            register(prometheus, meter);
            register(simple, meter);
            String name = meter.replaceAll(".* |=.*", "");
            for (Meter one : simple.getMeters()) {
                if (one.getId().getName().equals(name)) {
                    values += " " + (one instanceof Timer timer ? timer.totalTime(TimeUnit.SECONDS) : one.measure().iterator().next().getValue());
                }
            }
        }
        String scraped = prometheus.scrape().lines()
                .filter(line -> !line.startsWith("#") && !line.matches(".*_(count|max) .*"))
                .sorted().collect(Collectors.joining(" "));
        System.out.println(String.join(", ", meters) + ": " + scraped + " |" + values);
    }

    static void register(MeterRegistry registry, String meter) {
        String[] parts = meter.split("[ =]");
        double value = Double.parseDouble(parts[2]);
        switch (parts[0]) {
            case "counter" -> registry.counter(parts[1]).increment(value);
            case "gauge" -> Gauge.builder(parts[1], () -> value).strongReference(true).register(registry);
            default -> registry.timer(parts[1]).record((long) value, TimeUnit.SECONDS);
        }
    }
}
JAVA
java -cp 'lib/*' Names.java >seen 2>log
cat seen
[ "$(cat seen)" = 'counter calls=3, counter calls.created=40: calls_total 40.0 | 3.0 40.0
counter calls.created=40, counter calls=3: calls_total 3.0 | 40.0 3.0
counter calls=3, counter calls.total=40: calls_total 40.0 | 3.0 40.0
gauge tasks=3, gauge tasks.created=40: tasks 40.0 | 3.0 40.0
gauge queue.info=5: queue_info 1 | 5.0
timer calls=3, timer calls.created=40: calls_created_seconds_sum 40.0 calls_seconds_sum 3.0 | 3.0 40.0' ]
[ -z "$(grep -v SLF4J log)" ]
