#!/usr/bin/env bash
# Packages: org.apache.activemq:artemis-jakarta-server and artemis-jakarta-client 2.40.0 (Maven), an embedded broker with an NIO journal.
# Expected: a durable message whose send() has returned is on the disk; a journal that cannot be written confirms nothing.
# Behaviour: NIOSequentialFile writes a batch by one FileChannel.write() and ignores how much of it was written, and TimedBuffer calls back
#   "done" after a write that threw, too. With a limit of the file's size (here by prlimit; a quota or a failing disk does the same) messages are
#   confirmed and are gone after the restart: of a batch that the limit cuts in two, and of one that is refused as a whole.
# Seen (confirmed, and found by the next process): refused as a whole: 201 200; cut in two: 440 438
# Fails if that changes. Needs prlimit (util-linux).
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
<dependencies>
<dependency><groupId>org.apache.activemq</groupId><artifactId>artemis-jakarta-server</artifactId><version>2.40.0</version></dependency>
<dependency><groupId>org.apache.activemq</groupId><artifactId>artemis-jakarta-client</artifactId><version>2.40.0</version></dependency>
</dependencies></project>
POM
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null
cat > Send.java <<'JAVA'
import jakarta.jms.*;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

public class Send {
    public static void main(String[] args) throws Exception {
        var server = new EmbeddedActiveMQ().setConfiguration(new ConfigurationImpl()
                .setPersistenceEnabled(true).setSecurityEnabled(false).setJournalType(JournalType.NIO).setMaxDiskUsage(-1)
                .setJournalDirectory(args[0] + "/journal").setBindingsDirectory(args[0] + "/bindings")
                .setPagingDirectory(args[0] + "/paging").setLargeMessagesDirectory(args[0] + "/large")
                .addAcceptorConfiguration("vm", "vm://0"));
        server.start();
        var factory = new ActiveMQConnectionFactory("vm://0");
        factory.setCallTimeout(3000);
        JMSContext jms = factory.createContext();
        Queue queue = jms.createQueue("q");
        if (args.length == 1) {
            int found = 0;
            try (QueueBrowser browser = jms.createBrowser(queue)) {
                for (var all = browser.getEnumeration(); all.hasMoreElements(); all.nextElement()) {
                    found++;
                }
            }
            System.out.println(found);
            Runtime.getRuntime().halt(0);
        }
        int confirmed = 0;
        try {
            while (true) {
                jms.createProducer().send(queue, "x".repeat(1000));
                confirmed++;
                if (confirmed == 200) {
                    new ProcessBuilder("prlimit", "--pid", "" + ProcessHandle.current().pid(), "--fsize=" + args[1]).start().waitFor();
                }
            }
        } catch (Exception refused) {
            System.out.println(confirmed);
            Runtime.getRuntime().halt(0);
        }
    }
}
JAVA
lost() {
  confirmed=$(java -cp "lib/*" Send.java "$1" "$2" 2>/dev/null)
  found=$(java -cp "lib/*" Send.java "$1" 2>/dev/null)
  echo "$3: $confirmed $found"
  [ "$found" -lt "$confirmed" ]
}
lost refused 100000 "refused as a whole"
lost cut 1000000 "cut in two"
