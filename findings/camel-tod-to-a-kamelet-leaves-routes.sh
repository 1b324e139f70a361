#!/usr/bin/env bash
# Packages: org.apache.camel:camel-core, camel-kamelet and camel-management 4.17.0 (Maven).
# Expected: toD, recipientList and enrich with an address that is made from the message keep at most cacheSize producers and endpoints (1000
#   by default) and let go of the one used longest ago; what they have called leaves nothing behind.
# Behaviour: when the address is a Kamelet's, as in toD of kamelet:note?call=${variable.callSid}, each value starts a route of its own, and
#   that stays when its endpoint is let go: one running route for each call until the context stops. A value that comes back after its
#   endpoint was let go gets another route beside its first one. Nothing is logged, and JMX does not show them, since routes of Kamelets
#   are not registered there by default.
# Seen (after 100 calls, then 100 more with the same values, and a cache of 10: routes added, and running):
#   toD log: +0 +0 | toD kamelet: +100 +100 | recipientList kamelet: +100 +100 | all started: true | MBeans of routes: 3
# Fails if that changes.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
<dependencies>
<dependency><groupId>org.apache.camel</groupId><artifactId>camel-core</artifactId><version>4.17.0</version></dependency>
<dependency><groupId>org.apache.camel</groupId><artifactId>camel-kamelet</artifactId><version>4.17.0</version></dependency>
<dependency><groupId>org.apache.camel</groupId><artifactId>camel-management</artifactId><version>4.17.0</version></dependency>
</dependencies></project>
POM
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null
cat > Left.java <<'JAVA'
import java.lang.management.ManagementFactory;
import javax.management.ObjectName;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

public class Left {
    public static void main(String[] args) throws Exception {
        try (var camel = new DefaultCamelContext()) {
            camel.addRoutes(new RouteBuilder() {
                @Override public void configure() {
                    routeTemplate("note").templateParameter("call")
                            .from("kamelet:source").setBody(simple("the note of {{call}}"));
                    from("direct:toD-log").toD("log:${body}?level=OFF", 10);
                    from("direct:toD-kamelet").toD("kamelet:note?call=${body}", 10);
                    from("direct:recipientList-kamelet").recipientList(simple("kamelet:note?call=${body}")).cacheSize(10);
                }
            });
            camel.start();
            System.out.print(added(camel, "toD-log") + " | " + added(camel, "toD-kamelet") + " | " + added(camel, "recipientList-kamelet"));
            System.out.println(" | all started: "
                    + camel.getRoutes().stream().allMatch(route -> camel.getRouteController().getRouteStatus(route.getId()).isStarted())
                    + " | MBeans of routes: " + ManagementFactory.getPlatformMBeanServer()
                            .queryNames(new ObjectName("org.apache.camel:type=routes,*"), null).size());
        }
    }

    static String added(DefaultCamelContext camel, String what) {
        String added = what.replace('-', ' ') + ":";
        for (int round = 0; round < 2; round++) {
            int before = camel.getRoutesSize();
            for (int call = 0; call < 100; call++) {
                camel.createProducerTemplate().sendBody("direct:" + what, what + call);
            }
            added += " +" + (camel.getRoutesSize() - before);
        }
        return added;
    }
}
JAVA
seen=$(java -cp 'lib/*' Left.java 2>/dev/null)
echo "$seen"
[ "$seen" = 'toD log: +0 +0 | toD kamelet: +100 +100 | recipientList kamelet: +100 +100 | all started: true | MBeans of routes: 3' ]
