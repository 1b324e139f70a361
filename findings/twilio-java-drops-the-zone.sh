#!/usr/bin/env bash
# Packages: com.twilio.sdk:twilio 13.0.1 (Maven; 11.3.0, which camel-twilio 4.17.0 brings, does the same) and twilio 6.3.1 (npm), each with a
#   stand-in for the network that keeps what is asked; Node.js 20.
# Expected: a parameter that is a ZonedDateTime is a moment, and goes to Twilio as that moment, in UTC or with its offset, whichever zone it
#   was given in and whichever parameter it is.
# Behaviour: Java sends the date and the time of the zone that it was given in, and leaves the zone out, while Twilio's parameters are in
#   UTC: from ZonedDateTime.now() in Berlin the time of a message, a task's virtual start or a statistic's begin is an hour or two off.
#   Only the parameters with Before and After are brought to UTC first, so that the exact StartTime of a list of calls is another moment
#   than the same value as its bound. Node.js sends UTC with a Z for all of them.
# Seen (2026-11-30T23:30+01:00, the same as 22:30 UTC; Java with the zone of Berlin, Java with UTC, Node.js):
#   VirtualStartTime 2026-11-30T23:30:00 2026-11-30T22:30:00 2026-11-30T22:30:00Z
#   DateCreated 2026-11-30T23:30:00 2026-11-30T22:30:00 2026-11-30T22:30:00Z
#   StartDate 2026-11-30T23:30:00 2026-11-30T22:30:00 2026-11-30T22:30:00Z
#   StartTime 2026-11-30T23:30:00 2026-11-30T22:30:00 2026-11-30T22:30:00Z
#   StartTime> 2026-11-30T22:30:00 2026-11-30T22:30:00 2026-11-30T22:30:00Z
# Fails if that changes.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
<dependencies>
<dependency><groupId>com.twilio.sdk</groupId><artifactId>twilio</artifactId><version>13.0.1</version></dependency>
</dependencies></project>
POM
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts twilio@6.3.1 >/dev/null
cat > Moment.java <<'JAVA'
import com.twilio.http.*;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.WorkspaceStatistics;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.*;

public class Moment {
    static String asked;

    public static void main(String[] zone) {
        ZonedDateTime then = Instant.parse("2026-11-30T22:30:00Z").atZone(ZoneId.of(zone[0]));
        var client = new TwilioRestClient.Builder("AC", "token").httpClient(new HttpClient() {
            @Override public Response makeRequest(Request request) {
                boolean post = request.getMethod() == HttpMethod.POST;
                String all = post ? request.encodeFormBody() : request.constructURL().getQuery();
                asked = URLDecoder.decode(all, StandardCharsets.UTF_8);
                return new Response("{\"calls\":[],\"uri\":\"/calls\"}", post ? 201 : 200);
            }
        }).build();
        Task.creator("WS").setVirtualStartTime(then).create(client);
        System.out.println(asked);
        Message.creator("IS", "CH").setDateCreated(then).create(client);
        System.out.println(asked);
        WorkspaceStatistics.fetcher("WS").setStartDate(then).fetch(client);
        System.out.println(asked);
        Call.reader().setStartTime(then).read(client);
        System.out.println(asked);
        Call.reader().setStartTimeAfter(then).read(client);
        System.out.println(asked);
    }
}
JAVA
cat > moment.js <<'JS'
const then = new Date('2026-11-30T23:30:00+01:00');
const httpClient = {
  async request({ method, params, data }) {
    for (const [name, value] of Object.entries(method === 'post' ? data : params)) console.log(`${name}=${value}`);
    return { statusCode: method === 'post' ? 201 : 200, body: { calls: [], uri: '/calls' } };
  },
};
const client = require('twilio')(`AC${'0'.repeat(32)}`, 'token', { httpClient });
(async () => {
  await client.taskrouter.v1.workspaces('WS').tasks.create({ virtualStartTime: then });
  await client.conversations.v1.services('IS').conversations('CH').messages.create({ dateCreated: then });
  await client.taskrouter.v1.workspaces('WS').statistics().fetch({ startDate: then });
  await client.calls.list({ startTime: then });
  await client.calls.list({ startTimeAfter: then });
})();
JS
berlin=$(java -cp 'lib/*' Moment.java Europe/Berlin 2>/dev/null)
utc=$(java -cp 'lib/*' Moment.java UTC 2>/dev/null)
node=$(TZ=Europe/Berlin node moment.js)
seen=$(paste -d= <(echo "$berlin") <(cut -d= -f2 <<<"$utc") <(cut -d= -f2 <<<"$node") | tr = ' ')
echo "$seen"
[ "$seen" = 'VirtualStartTime 2026-11-30T23:30:00 2026-11-30T22:30:00 2026-11-30T22:30:00Z
DateCreated 2026-11-30T23:30:00 2026-11-30T22:30:00 2026-11-30T22:30:00Z
StartDate 2026-11-30T23:30:00 2026-11-30T22:30:00 2026-11-30T22:30:00Z
StartTime 2026-11-30T23:30:00 2026-11-30T22:30:00 2026-11-30T22:30:00Z
StartTime> 2026-11-30T22:30:00 2026-11-30T22:30:00 2026-11-30T22:30:00Z' ]
