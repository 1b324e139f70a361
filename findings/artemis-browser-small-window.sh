#!/usr/bin/env bash
# Packages: org.apache.activemq:artemis-jakarta-server and artemis-jakarta-client 2.40.0 (Maven), an embedded broker without a disk.
# Expected: a QueueBrowser shows every message of a quiet queue; consumerWindowSize is about how much is sent ahead.
# Behaviour: as soon as the queue holds more than the window, which is 1 MiB by default, the enumeration ends before the queue
#   does, without an error, and what is left out is the newest. With 0 (nothing sent ahead) and -1 (no limit) all are shown.
# Seen (6,000 text messages of 300 characters, the fewest of 5 browses): window 1048576: 5063, 262144: 317, 0: 6000, -1: 6000
# Fails if that changes.
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
cat > Browse.java <<'JAVA'
import jakarta.jms.*;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

public class Browse {
    public static void main(String[] args) throws Exception {
        var server = new EmbeddedActiveMQ().setConfiguration(new ConfigurationImpl()
                .setPersistenceEnabled(false).setSecurityEnabled(false).addAcceptorConfiguration("vm", "vm://0"));
        server.start();
        try (var factory = new ActiveMQConnectionFactory("vm://0"); JMSContext jms = factory.createContext()) {
            for (int i = 0; i < 6000; i++) {
                jms.createProducer().send(jms.createQueue("q"), "x".repeat(300));
            }
        }
        for (int window : new int[] {1 << 20, 1 << 18, 0, -1}) {
            int fewest = Integer.MAX_VALUE;
            for (int run = 0; run < 5; run++) {
                try (var factory = new ActiveMQConnectionFactory("vm://0")) {
                    factory.setConsumerWindowSize(window);
                    try (JMSContext jms = factory.createContext(); QueueBrowser browser = jms.createBrowser(jms.createQueue("q"))) {
                        int shown = 0;
                        for (var all = browser.getEnumeration(); all.hasMoreElements(); all.nextElement()) {
                            shown++;
                        }
                        fewest = Math.min(fewest, shown);
                    }
                }
            }
            System.out.println("window " + window + ": " + fewest);
        }
        server.stop();
        System.exit(0);
    }
}
JAVA
out=$(java -cp "lib/*" Browse.java 2>/dev/null); echo "$out"
shown() { sed -n "s/^window $1: //p" <<<"$out"; }
[ "$(shown 0)" = 6000 ] && [ "$(shown -1)" = 6000 ] && [ "$(shown 1048576)" -lt 6000 ] && [ "$(shown 262144)" -lt 6000 ]
