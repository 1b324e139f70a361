#!/usr/bin/env bash
# Packages: org.apache.camel:camel-core and camel-resilience4j 4.17.0 (Maven).
# Expected: a step with variableSend and variableReceive leaves the message alone: it sends a copy made from the one variable, and the reply
#   goes to the other. So a failure finds the message as it was before the step, and it is that which is dead-lettered.
# Behaviour: that holds for success only. The message is set aside, the call is made with the very same exchange, and what was set aside comes
#   back after a reply. When the call fails, the body is what was sent, or what the called route had made of it when it failed, with that
#   route's headers; doCatch, continued and the dead letter channel get this. The message is gone, unless the step stands in a circuitBreaker.
# Seen (body and header x afterwards; the message has "an event" and "ours", the variable "a request"; the called route first sets the body to
#   "halfway" and the header to "theirs", or does not):
#   succeeds: an event, ours
#   fails at once: doCatch a request, ours | continued a request, ours | dead letter a request, ours | circuitBreaker an event, ours
#   fails halfway: doCatch halfway, theirs | continued halfway, theirs | dead letter halfway, theirs | circuitBreaker an event, ours
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
cat > Aside.java <<'JAVA'
import java.util.StringJoiner;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

public class Aside {
    static String seen;

    public static void main(String[] args) throws Exception {
        try (var camel = new DefaultCamelContext()) {
            camel.addRoutes(new RouteBuilder() {
                @Override public void configure() {
                    from("direct:succeeds").errorHandler(noErrorHandler()).setBody(constant("reply")).setHeader("x", constant("theirs"));
                    from("direct:at once").errorHandler(noErrorHandler()).throwException(new IllegalStateException("on purpose"));
                    from("direct:halfway").errorHandler(noErrorHandler()).setBody(constant("halfway")).setHeader("x", constant("theirs"))
                            .throwException(new IllegalStateException("on purpose"));
                    from("direct:look").errorHandler(noErrorHandler()).process(call ->
                            seen = call.getMessage().getBody() + ", " + call.getMessage().getHeader("x"));
                    for (String called : new String[] {"succeeds", "at once", "halfway"}) {
                        from("direct:doCatch" + called).doTry().toV("direct:" + called, "request", "reply")
                                .doCatch(Exception.class).end().to("direct:look");
                        from("direct:continued" + called).onException(Exception.class).continued(true).end()
                                .toV("direct:" + called, "request", "reply").to("direct:look");
                        from("direct:dead letter" + called).errorHandler(deadLetterChannel("direct:look"))
                                .toV("direct:" + called, "request", "reply");
                        from("direct:circuitBreaker" + called).circuitBreaker().toV("direct:" + called, "request", "reply")
                                .onFallback().to("log:fallback?level=OFF").end().to("direct:look");
                    }
                }
            });
            camel.start();
            System.out.println("succeeds: " + after(camel, "doCatch", "succeeds"));
            for (String called : new String[] {"at once", "halfway"}) {
                var all = new StringJoiner(" | ", "fails " + called + ": ", "");
                for (String handling : new String[] {"doCatch", "continued", "dead letter", "circuitBreaker"}) {
                    all.add(handling + " " + after(camel, handling, called));
                }
                System.out.println(all);
            }
        }
    }

    static String after(DefaultCamelContext camel, String handling, String called) {
        camel.createProducerTemplate().send("direct:" + handling + called, call -> {
            call.getMessage().setBody("an event");
            call.getMessage().setHeader("x", "ours");
            call.setVariable("request", "a request");
        });
        return seen;
    }
}
JAVA
seen=$(java -cp 'lib/*' Aside.java 2>/dev/null)
echo "$seen"
[ "$seen" = 'succeeds: an event, ours
fails at once: doCatch a request, ours | continued a request, ours | dead letter a request, ours | circuitBreaker an event, ours
fails halfway: doCatch halfway, theirs | continued halfway, theirs | dead letter halfway, theirs | circuitBreaker an event, ours' ]
