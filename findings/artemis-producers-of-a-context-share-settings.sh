#!/usr/bin/env bash
# Packages: org.apache.activemq:artemis-jakarta-server and artemis-jakarta-client 2.40.0 (Maven), an embedded broker without a disk.
# Expected: JMSContext.createProducer() gives "a new JMSProducer object", with the defaults of JMS 2.0, whatever was set on another one; what
#   MessageProducers of one Session have been set to does not concern the next.
# Behaviour: all JMSProducers of a JMSContext are one MessageProducer. Delivery delay, priority, time to live, delivery mode and
#   "no message id" that are set on one are those of all, the earlier ones included; only headers and properties are its own. So after
#   createProducer().setDeliveryDelay(...).send(...), the pattern of JMS 2.0, every later message of that context is delayed as well, and
#   with a short time to live, or not persistent, every later one is lost in silence. Another context is not touched.
# Seen (delay, priority, time to live, delivery mode, without id, property):
#   an earlier one, before: 0 4 0 2 false null
#   an earlier one, after another was set: 700 9 60000 1 true null
#   a new one: 700 9 60000 1 true null
#   a new one of another context: 0 4 0 2 false null
#   a message by the new one: at once not there, then priority 9, persistent false, expires true, id null
#   MessageProducers of a session: 0 4 0 2 false
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
cat > Shared.java <<'JAVA'
import jakarta.jms.*;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

public class Shared {
    public static void main(String[] args) throws Exception {
        var server = new EmbeddedActiveMQ().setConfiguration(new ConfigurationImpl()
                .setPersistenceEnabled(false).setSecurityEnabled(false).addAcceptorConfiguration("vm", "vm://0"));
        server.start();
        try (var factory = new ActiveMQConnectionFactory("vm://0"); JMSContext jms = factory.createContext()) {
            JMSProducer earlier = jms.createProducer();
            System.out.println("an earlier one, before: " + settings(earlier));
            jms.createProducer().setDeliveryDelay(700).setPriority(9).setTimeToLive(60_000)
                    .setDeliveryMode(DeliveryMode.NON_PERSISTENT).setDisableMessageID(true).setProperty("own", "yes");
            System.out.println("an earlier one, after another was set: " + settings(earlier));
            JMSProducer next = jms.createProducer();
            System.out.println("a new one: " + settings(next));
            try (JMSContext other = jms.createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
                System.out.println("a new one of another context: " + settings(other.createProducer()));
            }
            Queue queue = jms.createQueue("q");
            JMSConsumer consumer = jms.createConsumer(queue);
            next.send(queue, "a turn");
            String atOnce = consumer.receiveNoWait() == null ? "not there" : "there";
            Message message = consumer.receive(20_000);
            System.out.println("a message by the new one: at once " + atOnce + ", then priority " + message.getJMSPriority()
                    + ", persistent " + (message.getJMSDeliveryMode() == DeliveryMode.PERSISTENT)
                    + ", expires " + (message.getJMSExpiration() > 0) + ", id " + message.getJMSMessageID());
            try (Connection connection = factory.createConnection(); Session session = connection.createSession()) {
                MessageProducer one = session.createProducer(null);
                one.setDeliveryDelay(700);
                one.setPriority(9);
                one.setTimeToLive(60_000);
                one.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
                one.setDisableMessageID(true);
                MessageProducer two = session.createProducer(null);
                System.out.println("MessageProducers of a session: " + two.getDeliveryDelay() + " " + two.getPriority() + " "
                        + two.getTimeToLive() + " " + two.getDeliveryMode() + " " + two.getDisableMessageID());
            }
        }
        server.stop();
        System.exit(0);
    }

    static String settings(JMSProducer producer) {
        return producer.getDeliveryDelay() + " " + producer.getPriority() + " " + producer.getTimeToLive() + " "
                + producer.getDeliveryMode() + " " + producer.getDisableMessageID() + " "
                + (producer.propertyExists("own") ? producer.getStringProperty("own") : null);
    }
}
JAVA
seen=$(java -cp 'lib/*' Shared.java 2>/dev/null)
echo "$seen"
[ "$seen" = 'an earlier one, before: 0 4 0 2 false null
an earlier one, after another was set: 700 9 60000 1 true null
a new one: 700 9 60000 1 true null
a new one of another context: 0 4 0 2 false null
a message by the new one: at once not there, then priority 9, persistent false, expires true, id null
MessageProducers of a session: 0 4 0 2 false' ]
