#!/usr/bin/env bash
# Packages: io.cloudevents:cloudevents-json-jackson 4.0.1 (Maven), the Java SDK of CloudEvents, which Twilio's Event Streams delivers.
# Expected: the SDK reads each event that CloudEvents 1.0's JSON format allows, and what it writes after that is JSON and the same event.
# Behaviour: an extension that is null, which by that format is the same as one left out, becomes the text "null" and is passed on as one.
#   data_base64 of an event without datacontenttype, as is any that was built with bytes alone, is written as data without quotes, which is
#   no JSON. Of media types for JSON it knows those with letters alone before +json, and json in lower case: an event with an object for
#   data is refused if it is application/vnd.x+json or application/JSON.
# Seen (what is added to the event: what is written after it was read, or what refuses it):
#   "traceparent":null -> "traceparent":"null"
#   "subject":null -> nothing
#   "data_base64":"SGVsbG8=" -> "data":Hello -> JsonParseException
#   "datacontenttype":"image/png","data_base64":"SGVsbG8=" -> "datacontenttype":"image/png","data_base64":"SGVsbG8="
#   "datacontenttype":"application/problem+json","data":{} -> "datacontenttype":"application/problem+json","data":{}
#   "datacontenttype":"application/vnd.x+json","data":{} -> EventDeserializationException
#   "datacontenttype":"application/JSON","data":{} -> EventDeserializationException
# Fails if that changes.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
<dependencies>
<dependency><groupId>io.cloudevents</groupId><artifactId>cloudevents-json-jackson</artifactId><version>4.0.1</version></dependency>
</dependencies></project>
POM
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null
cat > Again.java <<'JAVA'
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.jackson.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;

public class Again {
    static final String START = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/calls\",\"type\":\"turn\"";

    public static void main(String[] args) {
        for (String more : List.of(
                "\"traceparent\":null",
                "\"subject\":null",
                "\"data_base64\":\"SGVsbG8=\"",
                "\"datacontenttype\":\"image/png\",\"data_base64\":\"SGVsbG8=\"",
                "\"datacontenttype\":\"application/problem+json\",\"data\":{}",
                "\"datacontenttype\":\"application/vnd.x+json\",\"data\":{}",
                "\"datacontenttype\":\"application/JSON\",\"data\":{}")) {
            System.out.println(more + " -> " + again(more));
        }
    }

    static String again(String more) {
        var format = new JsonFormat();
        String written = "";
        try {
            byte[] given = (START + "," + more + "}").getBytes(StandardCharsets.UTF_8);
            String all = new String(format.serialize(format.deserialize(given)), StandardCharsets.UTF_8);
            written = all.equals(START + "}") ? "nothing" : all.substring(START.length() + 1, all.length() - 1);
            new ObjectMapper().readTree(all);
            return written;
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return written + " -> " + e.getClass().getSimpleName();
        } catch (RuntimeException e) {
            return e.getClass().getSimpleName();
        }
    }
}
JAVA
seen=$(java -cp 'lib/*' Again.java 2>/dev/null)
echo "$seen"
[ "$seen" = '"traceparent":null -> "traceparent":"null"
"subject":null -> nothing
"data_base64":"SGVsbG8=" -> "data":Hello -> JsonParseException
"datacontenttype":"image/png","data_base64":"SGVsbG8=" -> "datacontenttype":"image/png","data_base64":"SGVsbG8="
"datacontenttype":"application/problem+json","data":{} -> "datacontenttype":"application/problem+json","data":{}
"datacontenttype":"application/vnd.x+json","data":{} -> EventDeserializationException
"datacontenttype":"application/JSON","data":{} -> EventDeserializationException' ]
