package io.flexhandoff.late;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flexhandoff.broker.Broker;
import io.flexhandoff.support.TemporaryDataDir;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dead letters on a real broker that pages to disk early. */
class DeadLettersTest {

    private static final int MANY = 3_000;

    private Broker broker;
    private DeadLetters deadLetters;

    @BeforeEach
    void start() throws Exception {
        Path folder = TemporaryDataDir.create();
        String shipped = Files.readString(Path.of("config/broker.xml"));
        Path paging = Files.writeString(
                folder.resolve("broker.xml"),
                shipped.replace(
                        "<max-size-bytes>64M</max-size-bytes>",
                        "<max-size-bytes>200K</max-size-bytes><page-size-bytes>20K</page-size-bytes>"));
        broker = Broker.embedded(Files.newInputStream(paging), folder, 2);
        deadLetters = new DeadLetters(broker.producers(), JsonMapper.builder().build());
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void listsTheNewestThousandOldestFirst() throws JMSException {
        die(MANY, "acme");

        List<DeadLetter> listed = deadLetters.list("acme");

        assertThat(listed).hasSize(DeadLetters.LISTED);
        assertThat(listed.get(0).segmentId()).isEqualTo("s" + (MANY - DeadLetters.LISTED));
        assertThat(listed.get(DeadLetters.LISTED - 1).segmentId()).isEqualTo("s" + (MANY - 1));
        assertThat(deadLetters.all()).hasSize(DeadLetters.LISTED);
        assertThat(deadLetters.list("globex")).isEmpty();
    }

    @Test
    void findsOneBehindThousandsOnDisk() throws JMSException {
        die(MANY, "acme");
        die(1, "globex");
        DeadLetter last = deadLetters.list("globex").get(0);

        TakenLetters taken = deadLetters.take(deadLetters.one("globex", last.id()));
        assertThat(deadLetters.replay(taken)).isEqualTo(1);
        deadLetters.release(taken);

        assertThat(deadLetters.list("globex")).isEmpty();
        assertThat(events()).isEqualTo(1);
    }

    @Test
    void whatIsTakenAndNotMovedStaysForTheNext() throws JMSException {
        die(2, "acme");
        List<DeadLetter> before = deadLetters.list("acme");
        for (int time = 0; time < 15; time++) {
            TakenLetters taken = deadLetters.take(deadLetters.ofCall("acme", "CA1"));
            assertThat(taken.letters()).isEqualTo(before);
            TakenLetters meanwhile = deadLetters.take(deadLetters.ofCall("acme", "CA1"));
            assertThat(meanwhile.letters()).isEmpty();
            deadLetters.release(meanwhile);
            deadLetters.release(taken);
            await().untilAsserted(() -> assertThat(deadLetters.list("acme")).isEqualTo(before));
        }

        assertThat(events()).isZero();
    }

    @Test
    void theFirstThatFailedIsTakenFirst() throws JMSException {
        try (JMSContext jms = broker.producers().createContext()) {
            for (String failed : List.of("10:00:00.5", "10:00:01", "10:00:00")) {
                Message message = letter(jms, "acme", 1, "Turn");
                message.setStringProperty("HandoffFirstFailure", "2026-11-20T" + failed + "Z");
                jms.createProducer().send(jms.createQueue("handoff.dead"), message);
            }
        }

        TakenLetters taken = deadLetters.take(deadLetters.ofCall("acme", "CA1"));

        assertThat(taken.letters())
                .extracting(letter -> letter.firstFailure().toString())
                .containsExactly("2026-11-20T10:00:00Z", "2026-11-20T10:00:00.500Z", "2026-11-20T10:00:01Z");
        deadLetters.release(taken);
    }

    @Test
    void twoHandsTakeTwoLettersOfACallAtOnce() throws JMSException {
        die(2, "acme");
        List<DeadLetter> letters = deadLetters.list("acme");

        TakenLetters first =
                deadLetters.take(deadLetters.one("acme", letters.get(0).id()));
        TakenLetters second =
                deadLetters.take(deadLetters.one("acme", letters.get(1).id()));

        assertThat(first.letters()).containsExactly(letters.get(0));
        assertThat(second.letters()).containsExactly(letters.get(1));
        deadLetters.release(first);
        deadLetters.release(second);
    }

    /** More than Artemis sends a consumer ahead, where its browser would end. */
    @Test
    void manyLongLettersAreAllListed() throws JMSException {
        for (int sequence = 1; sequence <= 900; sequence++) {
            send("acme", sequence, "long ".repeat(500));
        }
        assertThat(deadLetters.list("acme"))
                .hasSize(900)
                .last()
                .extracting(DeadLetter::segmentId)
                .isEqualTo("s900");
    }

    @Test
    void aLetterOfMegabytesIsListedWithoutItsEventAndReplayedWhole() throws JMSException {
        String text = "long ".repeat(400_000);
        send("acme", 1, text);

        DeadLetter listed = deadLetters.list("acme").get(0);
        assertThat(listed.event()).isNull();
        assertThat(listed.segmentId()).isEqualTo("s1");
        TakenLetters taken = deadLetters.take(deadLetters.one("acme", listed.id()));
        deadLetters.replay(taken);
        deadLetters.release(taken);

        try (JMSContext jms = broker.consumers().createContext()) {
            Message event =
                    jms.createConsumer(jms.createQueue("handoff.events")).receive(5_000);
            assertThat(event.getBody(String.class)).isEqualTo(json("acme", 1, text));
            assertThat(event.getStringProperty("JMSXGroupID")).isEqualTo("acme/CA1");
            assertThat(event.getStringProperty("_AMQ_DUPL_ID")).isEqualTo("replay/" + listed.id());
            assertThat(event.propertyExists("HandoffAttempt")).isFalse();
            assertThat(event.getIntProperty("HandoffReplays")).isEqualTo(1);
        }
    }

    @Test
    void aMessageOfNobodysMakingIsShownAndCannotBeReplayedButDiscarded() throws JMSException {
        try (JMSContext jms = broker.producers().createContext()) {
            jms.createProducer().send(jms.createQueue("handoff.dead"), jms.createMapMessage());
        }
        DeadLetter listed = deadLetters.all().get(0);
        assertThat(listed.kind()).isEqualTo("event");
        assertThat(listed.cause()).isEqualTo("The broker gave it up: it could be neither handled nor parked");
        assertThat(deadLetters.text(listed.id())).isEmpty();

        TakenLetters taken = deadLetters.take(deadLetters.one(listed.id()));
        assertThatIllegalStateException()
                .isThrownBy(() -> deadLetters.replay(taken))
                .withMessageContaining(listed.id());
        deadLetters.release(taken);
        assertThat(deadLetters.all()).containsExactly(listed);

        TakenLetters again = deadLetters.take(deadLetters.one(listed.id()));
        assertThat(deadLetters.discard(again)).isEqualTo(1);
        deadLetters.release(again);
        assertThat(deadLetters.all()).isEmpty();
    }

    private void die(int count, String org) throws JMSException {
        try (JMSContext jms = broker.producers().createContext(JMSContext.SESSION_TRANSACTED)) {
            Queue dead = jms.createQueue("handoff.dead");
            JMSProducer producer = jms.createProducer();
            for (int i = 0; i < count; i++) {
                producer.send(dead, letter(jms, org, i, "Turn " + i));
            }
            jms.commit();
        }
    }

    private void send(String org, int number, String text) throws JMSException {
        try (JMSContext jms = broker.producers().createContext()) {
            jms.createProducer().send(jms.createQueue("handoff.dead"), letter(jms, org, number, text));
        }
    }

    private static Message letter(JMSContext jms, String org, int number, String text) throws JMSException {
        Message message = jms.createTextMessage(json(org, number, text));
        message.setStringProperty("HandoffOrg", org);
        message.setStringProperty("HandoffCallSid", "CA1");
        message.setStringProperty("JMSXGroupID", org + "/CA1");
        message.setIntProperty("HandoffAttempt", 6);
        return message;
    }

    private static String json(String org, int number, String text) {
        return "{\"kind\":\"segment\",\"org\":\"" + org + "\",\"callSid\":\"CA1\",\"segment\":{\"id\":\"s" + number
                + "\",\"text\":\"" + text + "\"}}";
    }

    private int events() throws JMSException {
        try (JMSContext jms = broker.producers().createContext()) {
            var messages = jms.createBrowser(jms.createQueue("handoff.events")).getEnumeration();
            int count = 0;
            for (; messages.hasMoreElements(); messages.nextElement()) {
                count++;
            }
            return count;
        }
    }
}
