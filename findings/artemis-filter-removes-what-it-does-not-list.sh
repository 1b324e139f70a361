#!/usr/bin/env bash
# Packages: org.apache.activemq:artemis-jakarta-server and artemis-jakarta-client 2.40.0 (Maven), an embedded broker without a disk.
# Expected: the operations of a queue's MBean that take a filter mean the same messages by it, so that one counts or lists first what one
#   then moves or removes. Messages with a delay either belong to the queue for all of them or for none.
# Behaviour: countMessages(filter), listMessages(filter) and browse(filter) leave out messages that wait for their delivery time, and so does a
#   QueueBrowser; expireMessages and changeMessagesPriority do as well. removeMessages and moveMessages with the same filter take them.
#   Without a filter countMessages counts them, too. So who lists one message of a customer and then removes "it" removes all that are
#   parked for a later try, and nothing had shown them.
# Seen (a queue with 5 messages, 3 of acme; 2 of these with a delay):
#   of acme: countMessages 1, listMessages 1, browse 1, QueueBrowser 1; countMessages() 5
#   expireMessages 1, changeMessagesPriority 1, removeMessages 3, moveMessages 3
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
cat > Filtered.java <<'JAVA'
import jakarta.jms.JMSContext;
import jakarta.jms.QueueBrowser;
import java.util.Collections;
import org.apache.activemq.artemis.api.core.management.QueueControl;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

public class Filtered {
    static final String ACME = "org = 'acme'";

    interface Taking {
        int by(QueueControl queue) throws Exception;
    }

    static EmbeddedActiveMQ server;
    static JMSContext jms;

    public static void main(String[] args) throws Exception {
        server = new EmbeddedActiveMQ().setConfiguration(new ConfigurationImpl()
                .setPersistenceEnabled(false).setSecurityEnabled(false).addAcceptorConfiguration("vm", "vm://0"));
        server.start();
        try (var factory = new ActiveMQConnectionFactory("vm://0"); JMSContext context = factory.createContext()) {
            jms = context;
            jms.createConsumer(jms.createQueue("other")).close();
            QueueControl queue = filled("listed");
            int browsed;
            try (QueueBrowser browser = jms.createBrowser(jms.createQueue("listed"), ACME)) {
                browsed = Collections.list(browser.getEnumeration()).size();
            }
            System.out.println("of acme: countMessages " + queue.countMessages(ACME) + ", listMessages "
                    + queue.listMessages(ACME).length + ", browse " + queue.browse(ACME).length + ", QueueBrowser " + browsed
                    + "; countMessages() " + queue.countMessages());
            System.out.println("expireMessages " + taken("expired", it -> it.expireMessages(ACME))
                    + ", changeMessagesPriority " + taken("changed", it -> it.changeMessagesPriority(ACME, 9))
                    + ", removeMessages " + taken("removed", it -> it.removeMessages(ACME))
                    + ", moveMessages " + taken("moved", it -> it.moveMessages(ACME, "other")));
        }
        server.stop();
        System.exit(0);
    }

    static int taken(String name, Taking operation) throws Exception {
        return operation.by(filled(name));
    }

    static QueueControl filled(String name) throws Exception {
        for (int i = 0; i < 5; i++) {
            var message = jms.createTextMessage("turn " + i);
            message.setStringProperty("org", i < 3 ? "acme" : "another");
            jms.createProducer().setDeliveryDelay(i < 2 ? 600_000 : 0).send(jms.createQueue(name), message);
        }
        var queue = (QueueControl) server.getActiveMQServer().getManagementService().getResource(ResourceNames.QUEUE + name);
        while (queue.getMessageCount() < 5) {
            Thread.onSpinWait();
        }
        return queue;
    }
}
JAVA
seen=$(java -cp 'lib/*' Filtered.java 2>/dev/null)
echo "$seen"
[ "$seen" = 'of acme: countMessages 1, listMessages 1, browse 1, QueueBrowser 1; countMessages() 5
expireMessages 1, changeMessagesPriority 1, removeMessages 3, moveMessages 3' ]
