#!/usr/bin/env bash
# Packages: org.apache.camel:camel-core-languages, camel-core-engine, camel-bean and camel-direct 4.17.0,
#   io.swagger.core.v3:swagger-models 2.2.41 (Maven).
# Expected: ${variable.info.title} reads the property title by getTitle(); a condition changes nothing.
# Behaviour: when the class also has a method title(String), as models of OpenAPI generators and fluent setters do, Simple calls that
#   one with the message body, converted, as its argument: the value is overwritten and the object itself is the result. It does so
#   even if a method title() without parameters stands beside it. A condition on ${body.title} is false and sets the title to the
#   text of the whole object. With brackets, as in ${variable.info.getTitle()}, it reads.
# Seen, with the body "a message" (expression: result, then the title; Fluent has title() and title(String)):
#   Info ${variable.info.getTitle()}: old, old | Info ${variable.info.title}: Info, a message
#   Fluent ${variable.info.title()}: old, old | Fluent ${variable.info.title}: Fluent, a message
#   a route that filters by ${body.title} == 'old', sent an Info with the title old: does not pass, class Info { title: old ...
# Fails if that changes.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
<dependencies>
<dependency><groupId>org.apache.camel</groupId><artifactId>camel-core-languages</artifactId><version>4.17.0</version></dependency>
<dependency><groupId>org.apache.camel</groupId><artifactId>camel-core-engine</artifactId><version>4.17.0</version></dependency>
<dependency><groupId>org.apache.camel</groupId><artifactId>camel-bean</artifactId><version>4.17.0</version></dependency>
<dependency><groupId>org.apache.camel</groupId><artifactId>camel-direct</artifactId><version>4.17.0</version></dependency>
<dependency><groupId>io.swagger.core.v3</groupId><artifactId>swagger-models</artifactId><version>2.2.41</version></dependency>
</dependencies></project>
POM
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null
cat > Read.java <<'JAVA'
import io.swagger.v3.oas.models.info.Info;
import java.util.function.Supplier;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

public class Read {
    public static class Fluent {
        private String title = "old";
        public String title() { return title; }
        public Fluent title(String title) {
            this.title = title;
            return this;
        }
    }

    public static void main(String[] args) throws Exception {
        try (var camel = new DefaultCamelContext()) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:calls").filter(simple("${body.title} == 'old'")).setProperty("passed", constant(true));
                }
            });
            camel.start();
            for (String expression : new String[] {"${variable.info.getTitle()}", "${variable.info.title}"}) {
                var info = new Info().title("old");
                read(camel, expression, info, info::getTitle);
            }
            for (String expression : new String[] {"${variable.info.title()}", "${variable.info.title}"}) {
                var fluent = new Fluent();
                read(camel, expression, fluent, fluent::title);
            }
            var info = new Info().title("old");
            var exchange = camel.createProducerTemplate().send("direct:calls", it -> it.getIn().setBody(info));
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            System.out.println("filter: " + (exchange.getProperty("passed") == null ? "does not pass" : "passes") + ", "
                    + String.join(" ", info.getTitle().split("\\s+")));
        }
    }

    static void read(DefaultCamelContext camel, String expression, Object info, Supplier<String> title) {
        var exchange = new DefaultExchange(camel);
        exchange.setVariable("info", info);
        exchange.getIn().setBody("a message");
        Object result = camel.resolveLanguage("simple").createExpression(expression).evaluate(exchange, Object.class);
        String type = info.getClass().getSimpleName();
        System.out.println(type + " " + expression + ": " + (result == info ? type : result) + ", " + title.get());
    }
}
JAVA
seen=$(java -cp 'lib/*' Read.java 2>/dev/null)
echo "$seen"
[ "$(sed 's/\(title: old\).*/\1/' <<<"$seen")" = 'Info ${variable.info.getTitle()}: old, old
Info ${variable.info.title}: Info, a message
Fluent ${variable.info.title()}: old, old
Fluent ${variable.info.title}: Fluent, a message
filter: does not pass, class Info { title: old' ]
