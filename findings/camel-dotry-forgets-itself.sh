#!/usr/bin/env bash
# Packages: org.apache.camel:camel-core and camel-resilience4j 4.17.0 (Maven).
# Expected: what fails in a doTry goes to its doCatch, and the route's error handler (redeliveries, dead letter channel) keeps out of it,
#   whatever steps stand before the one that fails.
# Behaviour: a doTry marks the exchange while it runs, and an inner doTry or a circuitBreaker that has ended takes the mark away, though the
#   outer doTry goes on. split, multicast and recipientList ask for that mark when they are reached. Without it they put the route's error
#   handler round their own steps: these are tried again, the message is dead-lettered, and doCatch is never called. The inner doTry need
#   not be in sight: one in a route that is called by direct: does the same.
# Seen (before the step that fails, what fails: its tries, calls of doCatch, dead letters):
#   nothing: split 1 1 0 | recipientList 1 1 0
#   doTry: split 3 0 1 | recipientList 3 0 1
#   circuitBreaker: split 3 0 1 | recipientList 3 0 1
#   direct: split 3 0 1 | recipientList 3 0 1
# Fails if that changes.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
<dependencies>
<dependency><groupId>org.apache.camel</groupId><artifactId>camel-core</artifactId><version>4.17.0</version></dependency>
<dependency><groupId>org.apache.camel</groupId><artifactId>camel-resilience4j</artifactId><version>4.17.0</version></dependency>
</dependencies></project>
POM
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null
cat > Inner.java <<'JAVA'
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.TryDefinition;

public class Inner {
    static final List<String> BEFORE = List.of("nothing", "doTry", "circuitBreaker", "direct");
    static int tries, caught, dead;

    public static void main(String[] args) throws Exception {
        try (var camel = new DefaultCamelContext()) {
            camel.addRoutes(new RouteBuilder() {
                @Override public void configure() {
                    errorHandler(deadLetterChannel("direct:dead").maximumRedeliveries(2).redeliveryDelay(1));
                    for (String before : BEFORE) {
                        begin("split", before).split(body()).process(call -> fail()).end()
                                .endDoTry().doCatch(Exception.class).process(call -> caught++);
                        begin("recipientList", before).recipientList(constant("direct:fails")).end()
                                .endDoTry().doCatch(Exception.class).process(call -> caught++);
                    }
                    from("direct:fails").errorHandler(noErrorHandler()).process(call -> fail());
                    from("direct:tries").errorHandler(noErrorHandler())
                            .doTry().to("log:inner").doCatch(Exception.class).to("log:caught").end();
                    from("direct:dead").errorHandler(noErrorHandler()).process(call -> dead++);
                }

                TryDefinition begin(String what, String before) {
                    TryDefinition steps = from("direct:" + what + before).doTry();
                    switch (before) {
                        case "doTry" -> steps.doTry().to("log:inner").doCatch(Exception.class).to("log:caught").end();
                        case "circuitBreaker" -> steps.circuitBreaker().to("log:inner").end();
                        case "direct" -> steps.to("direct:tries");
                        default -> { }
                    }
                    return steps;
                }
            });
            camel.start();
            for (String before : BEFORE) {
                System.out.println(before + ":" + seen(camel, "split", before) + " |" + seen(camel, "recipientList", before));
            }
        }
    }

    static void fail() {
        tries++;
        throw new IllegalStateException("on purpose");
    }

    static String seen(DefaultCamelContext camel, String what, String before) {
        tries = caught = dead = 0;
        camel.createProducerTemplate().request("direct:" + what + before, call -> call.getMessage().setBody(List.of("a turn")));
        return " " + what + " " + tries + " " + caught + " " + dead;
    }
}
JAVA
seen=$(java -cp 'lib/*' Inner.java 2>/dev/null)
echo "$seen"
[ "$seen" = 'nothing: split 1 1 0 | recipientList 1 1 0
doTry: split 3 0 1 | recipientList 3 0 1
circuitBreaker: split 3 0 1 | recipientList 3 0 1
direct: split 3 0 1 | recipientList 3 0 1' ]
