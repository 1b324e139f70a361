#!/usr/bin/env bash
# Package: org.apache.camel:camel-core-languages 4.17.0 with camel-core-engine (Maven).
# Expected: a header that is a text, compared with a text in quotes, is compared as text; a number is only what stands without quotes.
# Behaviour: when both texts are nothing but digits, ==, !=, in, < and > compare them as numbers, so the keys 007 that a caller pressed
#   are '7', an extension 0100 is 100, and 10 comes after 9. One sign or point more, and it is text again: '1.0' is not '1', +1415 not
#   1415. So whether '0123' is the same as '123' depends on the other callers' keys being digits, and a test with a letter never shows it.
# Seen (a String header Digits with the value in front):
#   007: == '7' true, != '7' false, in '7,8' true, > '6' true, == '07a' false
#   0: == '000' true | 10: > '9' true | 10a: > '9' false | 1.0: == '1' false | +1415: == '1415' false | 01415: == '1415' true
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
</dependencies></project>
POM
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null
cat > Digits.java <<'JAVA'
import java.util.StringJoiner;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

public class Digits {
    static DefaultCamelContext camel;

    public static void main(String[] args) throws Exception {
        try (var context = new DefaultCamelContext()) {
            context.start();
            camel = context;
            System.out.println(is("007", "== '7'", "!= '7'", "in '7,8'", "> '6'", "== '07a'"));
            System.out.println(is("0", "== '000'") + " | " + is("10", "> '9'") + " | " + is("10a", "> '9'") + " | " + is("1.0", "== '1'")
                    + " | " + is("+1415", "== '1415'") + " | " + is("01415", "== '1415'"));
        }
    }

    static String is(String digits, String... conditions) {
        var call = new DefaultExchange(camel);
        call.getMessage().setHeader("Digits", digits);
        var answers = new StringJoiner(", ", digits + ": ", "");
        for (String condition : conditions) {
            answers.add(condition + " "
                    + camel.resolveLanguage("simple").createPredicate("${header.Digits} " + condition).matches(call));
        }
        return answers.toString();
    }
}
JAVA
seen=$(java -cp 'lib/*' Digits.java 2>/dev/null)
echo "$seen"
[ "$seen" = "007: == '7' true, != '7' false, in '7,8' true, > '6' true, == '07a' false
0: == '000' true | 10: > '9' true | 10a: > '9' false | 1.0: == '1' false | +1415: == '1415' false | 01415: == '1415' true" ]
