#!/usr/bin/env bash
# Packages: com.twilio.sdk:twilio 13.0.1 (Maven; the same in 11.3.0, which camel-twilio 4.17.0 brings) and twilio 6.3.1 (npm), each with a
#   stand-in for the network that answers a list of workers page by page; Node.js 20.
# Expected: a list is over when a page names no next page, in both SDKs. A page may hold fewer records than page_size, or none, as a
#   list does that is filtered after it was cut into pages; limit(4) is up to four records; a page that cannot be read fails after the last
#   record before it.
# Behaviour: ResourceSet of Java ends at the first page without records, though it names a next one. It turns the limit into a number of
#   pages as if all were full, and reads no more. And it asks for the next page before it hands out the last record of a page, so that
#   when this fails the record is lost: next() throws in its place. twilio for Node.js goes by the next page alone and gives all of them.
# Seen (the limit, or 0 for none, and the pages, each with page_size 2, - without records, 503 not to be read | Java | Node.js):
#   0 a,b - c | a,b | a,b,c
#   0 - c | | c
#   4 a b c d | a,b | a,b,c,d
#   0 a,b 503 | a ApiException | a,b RestException
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
cat > Lists.java <<'JAVA'
import com.twilio.http.*;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import java.util.*;

public class Lists {
    /** Each argument is a list: its limit, or 0, and its pages, with a blank between; a page is - when it has no records. */
    public static void main(String[] lists) {
        for (String list : lists) {
            String[] pages = list.split(" ");
            var client = new TwilioRestClient.Builder("AC", "token").httpClient(new HttpClient() {
                @Override public Response makeRequest(Request request) {
                    String url = request.constructURL().toString();
                    int page = url.contains("Page=") ? Integer.parseInt(url.replaceAll(".*Page=", "")) : 1;
                    return pages[page].equals("503") ? new Response("{\"code\":20503,\"message\":\"busy\",\"status\":503}", 503)
                            : new Response(page(pages, page), 200);
                }
            }).build();
            var workers = Worker.reader("WS");
            if (!pages[0].equals("0")) {
                workers.limit(Long.parseLong(pages[0]));
            }
            List<String> read = new ArrayList<>();
            String failed = "";
            try {
                for (Worker worker : workers.read(client)) {
                    read.add(worker.getSid());
                }
            } catch (RuntimeException e) {
                failed = " " + e.getClass().getSimpleName();
            }
            System.out.println(String.join(",", read) + failed);
        }
    }

    static String page(String[] pages, int number) {
        var workers = new StringJoiner(",", "[", "]").setEmptyValue("[]");
        for (String sid : pages[number].equals("-") ? new String[0] : pages[number].split(",")) {
            workers.add("{\"sid\":\"" + sid + "\"}");
        }
        String url = "\"https://taskrouter.twilio.com/v1/Workspaces/WS/Workers?Page=";
        return "{\"workers\":" + workers + ",\"meta\":{\"key\":\"workers\",\"page\":" + (number - 1) + ",\"page_size\":2"
                + ",\"url\":" + url + number + "\",\"first_page_url\":" + url + "1\",\"previous_page_url\":null"
                + ",\"next_page_url\":" + (number + 1 < pages.length ? url + (number + 1) + '"' : "null") + "}}";
    }
}
JAVA
cat > lists.js <<'JS'
const twilio = require('twilio');
const address = 'https://taskrouter.twilio.com/v1/Workspaces/WS/Workers?Page=';
(async () => {
  for (const list of process.argv.slice(2)) {
    const [limit, ...pages] = list.split(' ');
    const httpClient = {
      async request({ uri }) {
        const page = Number(new URL(uri).searchParams.get('Page') || 1);
        if (pages[page - 1] === '503') return { statusCode: 503, body: { code: 20503, message: 'busy', status: 503 } };
        const sids = pages[page - 1] === '-' ? [] : pages[page - 1].split(',');
        return { statusCode: 200, body: { workers: sids.map((sid) => ({ sid })), meta: { key: 'workers', page: page - 1, page_size: 2,
          url: address + page, first_page_url: `${address}1`, previous_page_url: null,
          next_page_url: page < pages.length ? address + (page + 1) : null } } };
      },
    };
    const workers = twilio(`AC${'0'.repeat(32)}`, 'token', { httpClient }).taskrouter.v1.workspaces('WS').workers;
    const read = [];
    let failed = '';
    await workers.each(limit === '0' ? {} : { limit: Number(limit) }, (worker) => read.push(worker.sid))
      .catch((error) => { failed = ` ${error.constructor.name}`; });
    console.log(read.join() + failed);
  }
})();
JS
lists=('0 a,b - c' '0 - c' '4 a b c d' '0 a,b 503')
java=$(java -cp 'lib/*' Lists.java "${lists[@]}" 2>/dev/null)
node=$(node lists.js "${lists[@]}")
seen=$(paste -d'|' <(printf '%s\n' "${lists[@]}") <(echo "$java") <(echo "$node"))
echo "$seen"
[ "$seen" = '0 a,b - c|a,b|a,b,c
0 - c||c
4 a b c d|a,b|a,b,c,d
0 a,b 503|a ApiException|a,b RestException' ]
