#!/usr/bin/env bash
# Packages: org.apache.camel:camel-core, camel-management, camel-yaml-dsl, camel-yaml-io and camel-xml-io 4.17.0 (Maven).
# Expected: a route is the same model whichever DSL it comes from, and a console shows every step that runs.
# Behaviour: the doCatch and doFinally of a doTry that was loaded from YAML run, but dumpRouteAsXml, which Hawtio draws its diagram and its
#   source from, and dumpRouteAsYaml of the route's MBean have neither; of the same route from Java both have both. So an operator sees no
#   handling where there is one, and whoever saves what is shown and loads it again has a route that lets every failure through.
# Seen (where the route comes from: what becomes of a failure | the dump as XML | as YAML | of the route that is loaded from that YAML):
#   Java: caught, over | doCatch doFinally | doCatch doFinally | IllegalArgumentException
#   YAML: caught, over | - | - | IOException
# Fails if that changes.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
cd "$dir"
dependencies=$(for name in core management yaml-dsl yaml-io xml-io; do
  echo "<dependency><groupId>org.apache.camel</groupId><artifactId>camel-$name</artifactId><version>4.17.0</version></dependency>"
done)
cat > pom.xml <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
<dependencies>$dependencies</dependencies></project>
POM
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null
cat > route.camel.yaml <<'YAML'
- route:
    id: YAML
    from:
      uri: direct:YAML
      steps:
        - doTry:
            steps:
              - throwException:
                  exceptionType: java.io.IOException
                  message: on purpose
            doCatch:
              - exception:
                  - java.io.IOException
                steps:
                  - setVariable:
                      id: caught
                      name: seen
                      expression:
                        constant:
                          expression: caught
            doFinally:
              steps:
                - setVariable:
                    name: seen
                    expression:
                      simple:
                        expression: ${variable.seen}, over
YAML
cat > Shown.java <<'JAVA'
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

public class Shown {
    public static void main(String[] args) throws Exception {
        try (var camel = new DefaultCamelContext()) {
            camel.addRoutes(new RouteBuilder() {
                @Override public void configure() {
                    from("direct:Java").routeId("Java").doTry().throwException(IOException.class, "on purpose")
                            .doCatch(IOException.class).setVariable("seen", constant("caught")).id("caught")
                            .doFinally().setVariable("seen", simple("${variable.seen}, over")).end();
                }
            });
            PluginHelper.getRoutesLoader(camel).loadRoutes(
                    ResourceHelper.fromString("route.camel.yaml", Files.readString(Path.of("route.camel.yaml"))));
            camel.start();
            for (String id : List.of("Java", "YAML")) {
                var route = camel.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class).getManagedRoute(id);
                System.out.println(id + ": "
                        + camel.createProducerTemplate().request("direct:" + id, call -> { }).getVariable("seen")
                        + " | " + shown(route.dumpRouteAsXml()) + " | " + shown(route.dumpRouteAsYaml()) + " | " + again(id, route.dumpRouteAsYaml()));
            }
        }
    }

    static String shown(String dump) {
        String shown = String.join(" ", List.of("doCatch", "doFinally").stream().filter(dump::contains).toList());
        return shown.isEmpty() ? "-" : shown;
    }

    /** What becomes of a failure in the route that the dump describes. */
    static String again(String id, String yaml) throws Exception {
        try (var camel = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("again.camel.yaml", yaml));
            camel.start();
            var end = camel.createProducerTemplate().request("direct:" + id, call -> { });
            return end.getException() == null ? end.getVariable("seen", String.class) : name(end.getException());
        } catch (Exception e) {
            return name(e);
        }
    }

    static String name(Throwable e) {
        return e.getCause() == null ? e.getClass().getSimpleName() : name(e.getCause());
    }
}
JAVA
seen=$(java -cp 'lib/*' Shown.java 2>/dev/null)
echo "$seen"
[ "$seen" = 'Java: caught, over | doCatch doFinally | doCatch doFinally | IllegalArgumentException
YAML: caught, over | - | - | IOException' ]
