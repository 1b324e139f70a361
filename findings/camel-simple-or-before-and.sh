#!/usr/bin/env bash
# Packages: org.apache.camel:camel-core-languages, camel-core-engine and camel-csimple-joor 4.17.0 (Maven).
# Expected: && binds closer than ||, as in Java and SQL; and csimple, the compiled Simple, answers as Simple does, only faster.
# Behaviour: Simple takes && and || from left to right, whichever it is, so "a || b && c" is "(a || b) && c" (and has no brackets
#   to say otherwise). csimple makes Java of the same text, so it is "a || (b && c)" there: the same condition sends a message to
#   different branches. With && first both agree, so that a condition works until its parts are put in another order.
# Seen (a German caller who is not a VIP; simple, csimple):
#   ${body} == 'de' || ${body} == 'at' && ${header.vip} == true: false, true
#   ${body} == 'at' && ${header.vip} == true || ${body} == 'de': true, true
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
<dependency><groupId>org.apache.camel</groupId><artifactId>camel-csimple-joor</artifactId><version>4.17.0</version></dependency>
</dependencies></project>
POM
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null
cat > Order.java <<'JAVA'
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

public class Order {
    public static void main(String[] args) throws Exception {
        try (var camel = new DefaultCamelContext()) {
            camel.start();
            var call = new DefaultExchange(camel);
            call.getMessage().setBody("de");
            call.getMessage().setHeader("vip", false);
            for (String condition : List.of(
                    "${body} == 'de' || ${body} == 'at' && ${header.vip} == true",
                    "${body} == 'at' && ${header.vip} == true || ${body} == 'de'")) {
                System.out.println(condition + ": "
                        + camel.resolveLanguage("simple").createPredicate(condition).matches(call) + ", "
                        + camel.resolveLanguage("csimple").createPredicate(condition).matches(call));
            }
        }
    }
}
JAVA
seen=$(java -cp 'lib/*' Order.java 2>/dev/null)
echo "$seen"
[ "$seen" = "\${body} == 'de' || \${body} == 'at' && \${header.vip} == true: false, true
\${body} == 'at' && \${header.vip} == true || \${body} == 'de': true, true" ]
