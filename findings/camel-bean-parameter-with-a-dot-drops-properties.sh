#!/usr/bin/env bash
# Package: org.apache.camel:camel-bean 4.17.0 (Maven), by camel-core.
# Expected: a method that a route asks as an expression is called in the same way whatever its parameters are, and what it puts on the
#   exchange that it is given (a property, a header) is there, or is not there, for every call.
# Behaviour: a dot anywhere in the parameters, as in find(${variable.name}, *) or in the text 'a.b', makes the expression an OGNL path.
#   The exchange is then copied once more, and properties and headers go to the copy and are lost; without a dot they are kept. So
#   moving a value from the body to a variable, or a longer text, silently loses what the method sets. (The second copy, with all
#   variables, also is what such an expression costs.)
# Seen:
#   find(${body}, *): property Ann, header Ann
#   find(${variable.name}, *): property null, header null
#   find('a', *): property a, header a
#   find('a.b', *): property null, header null
# Fails if that changes.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
<dependencies>
<dependency><groupId>org.apache.camel</groupId><artifactId>camel-core</artifactId><version>4.17.0</version></dependency>
</dependencies></project>
POM
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null
cat > Dotted.java <<'JAVA'
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

public class Dotted {
    public static class Customers {
        public String find(Object name, Exchange exchange) {
            exchange.setProperty("found", name);
            exchange.getMessage().setHeader("found", name);
            return "done";
        }
    }

    public static void main(String[] args) throws Exception {
        List<String> calls =
                List.of("find(${body}, *)", "find(${variable.name}, *)", "find('a', *)", "find('a.b', *)");
        try (var camel = new DefaultCamelContext()) {
            camel.getRegistry().bind("customers", new Customers());
            camel.addRoutes(new RouteBuilder() {
                @Override public void configure() {
                    for (int i = 0; i < calls.size(); i++) {
                        from("direct:" + i).setVariable("name", body())
                                .setVariable("answer").method("customers", calls.get(i));
                    }
                }
            });
            camel.start();
            for (int i = 0; i < calls.size(); i++) {
                Exchange end = camel.createProducerTemplate()
                        .request("direct:" + i, call -> call.getMessage().setBody("Ann"));
                System.out.println(calls.get(i) + ": property " + end.getProperty("found") + ", header "
                        + end.getMessage().getHeader("found"));
            }
        }
    }
}
JAVA
seen=$(java -cp 'lib/*' Dotted.java 2>/dev/null)
echo "$seen"
[ "$seen" = 'find(${body}, *): property Ann, header Ann
find(${variable.name}, *): property null, header null
find('"'a'"', *): property a, header a
find('"'a.b'"', *): property null, header null' ]
