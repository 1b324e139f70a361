package io.flexhandoff.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.base.Reader;
import com.twilio.rest.conversations.v1.service.Conversation;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import com.twilio.rest.conversations.v1.service.conversation.Participant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ConversationsApiTest extends SandboxTest {

    private final String service = account.conversationsServiceSid();

    @Test
    void aConversationIsFoundByItsSidAndItsUniqueName() {
        Conversation created = Conversation.creator(service)
                .setUniqueName("handoff-1:x")
                .setFriendlyName("Call")
                .setAttributes("{\"callSid\":\"CA1\"}")
                .create(twilio);

        assertThat(created.getSid()).matches("CH[0-9a-f]{32}");
        assertThat(created.getState()).isEqualTo(Conversation.State.ACTIVE);
        for (String key : List.of(created.getSid(), "handoff-1:x")) {
            Conversation fetched = Conversation.fetcher(service, key).fetch(twilio);
            assertThat(fetched.getSid()).isEqualTo(created.getSid());
            assertThat(fetched.getUniqueName()).isEqualTo("handoff-1:x");
            assertThat(fetched.getAttributes()).isEqualTo("{\"callSid\":\"CA1\"}");
            assertThat(fetched.getDateCreated()).isNotNull();
        }
        assertThat(Conversation.reader(service).read(twilio))
                .extracting(Conversation::getSid)
                .containsExactly(created.getSid());
    }

    @Test
    void uniqueNamesAreUnique() {
        Conversation first = create("one");
        assertRefused(() -> create("one"), 409, 50353);
        assertRefused(() -> create("CH" + "0".repeat(32)), 400, 50390);
        Conversation second = create("two");
        assertRefused(
                () -> Conversation.updater(service, second.getSid())
                        .setUniqueName("one")
                        .update(twilio),
                409,
                50353);

        Conversation.deleter(service, first.getSid()).delete(twilio);
        assertThat(create("one").getSid()).isNotEqualTo(first.getSid());
        assertRefused(() -> Conversation.fetcher(service, first.getSid()).fetch(twilio), 404, 20404);
    }

    @Test
    void closedIsFinal() {
        assertRefused(
                () -> Conversation.creator(service)
                        .setState(Conversation.State.CLOSED)
                        .create(twilio),
                400,
                50384);
        Conversation conversation = create("closing");
        Conversation closed = Conversation.updater(service, "closing")
                .setState(Conversation.State.CLOSED)
                .update(twilio);
        assertThat(closed.getState()).isEqualTo(Conversation.State.CLOSED);
        assertRefused(
                () -> Conversation.updater(service, conversation.getSid())
                        .setState(Conversation.State.ACTIVE)
                        .update(twilio),
                400,
                50377);
        assertRefused(() -> append(conversation.getSid(), "too late"), 400, 50377);
    }

    @Test
    void messagesAreNumberedInOrderOfArrivalAndReadInPages() {
        String sid = create("paged").getSid();
        List<String> bodies = IntStream.range(0, 23).mapToObj(i -> "turn " + i).toList();
        bodies.forEach(body -> append(sid, body));

        assertThat(bodies(Message.reader(service, sid).pageSize(5))).containsExactlyElementsOf(bodies);
        assertThat(Message.reader(service, sid).pageSize(10).read(twilio))
                .extracting(Message::getIndex)
                .containsExactlyElementsOf(IntStream.range(0, 23).boxed().toList());
        assertThat(bodies(Message.reader(service, sid)
                        .setOrder(Message.OrderType.DESC)
                        .limit(3)))
                .containsExactly("turn 22", "turn 21", "turn 20");
    }

    @Test
    void pagesNeitherRepeatNorSkipWhileTheConversationGrows() {
        String sid = create("growing").getSid();
        IntStream.range(0, 6).forEach(i -> append(sid, "turn " + i));
        var reader = Message.reader(service, sid).setOrder(Message.OrderType.DESC);
        reader.pageSize(3);
        var first = reader.firstPage(twilio);
        append(sid, "meanwhile");
        var second = reader.nextPage(first, twilio);

        assertThat(second.getRecords()).extracting(Message::getBody).containsExactly("turn 2", "turn 1", "turn 0");
        assertThat(second.hasNextPage()).isFalse();
    }

    @Test
    void aMessageKeepsWhatWasPosted() {
        String sid = create("kept").getSid();
        Message plain = append(sid, "Straße & co = 100 % \"quoted\" 😀\n+1");
        assertThat(plain.getAuthor()).isEqualTo("system");
        assertThat(plain.getBody()).isEqualTo("Straße & co = 100 % \"quoted\" 😀\n+1");

        Message updated = Message.updater(service, sid, plain.getSid())
                .setBody("the note")
                .setAttributes("{\"segmentId\":\"s1\"}")
                .update(twilio);
        assertThat(updated.getIndex()).isZero();
        Message fetched = Message.fetcher(service, sid, plain.getSid()).fetch(twilio);
        assertThat(fetched.getBody()).isEqualTo("the note");
        assertThat(fetched.getAttributes()).isEqualTo("{\"segmentId\":\"s1\"}");
        assertThat(fetched.getConversationSid()).isEqualTo(sid);
        assertRefused(() -> Message.fetcher(service, sid, "IM" + "0".repeat(32)).fetch(twilio), 404, 20404);
    }

    @Test
    void aMessageMayBeDatedButItsPlaceIsTheOrderOfArrival() {
        String sid = create("dated").getSid();
        append(sid, "now");
        ZonedDateTime spoken = ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC);
        Message dated = Message.creator(service, sid)
                .setBody("before")
                .setDateCreated(spoken)
                .create(twilio);

        assertThat(dated.getIndex()).isEqualTo(1);
        assertThat(dated.getDateCreated()).isEqualTo(spoken);
    }

    @Test
    void sizesAreLimited() {
        String sid = create("limits").getSid();
        append(sid, "x".repeat(1600));
        assertRefused(() -> append(sid, "x".repeat(1601)), 400, 20001);
        assertRefused(() -> attributed(sid, "{not json"), 400, 20001);
        assertRefused(() -> attributed(sid, "{\"a\":\"" + "x".repeat(4096) + "\"}"), 400, 20001);
        attributed(sid, "{\"a\":\"" + "x".repeat(4088) + "\"}");
        Conversation.updater(service, sid)
                .setAttributes("{\"a\":\"" + "x".repeat(16376) + "\"}")
                .update(twilio);
        assertRefused(
                () -> Conversation.updater(service, sid)
                        .setAttributes("{\"a\":\"" + "x".repeat(16377) + "\"}")
                        .update(twilio),
                400,
                20001);
    }

    @Test
    void participantsAreListed() {
        String sid = create("people").getSid();
        Participant.creator(service, sid).setIdentity("riley").create(twilio);

        assertThat(Participant.reader(service, sid).read(twilio))
                .extracting(Participant::getIdentity)
                .containsExactly("riley");
        assertRefused(() -> Participant.creator(service, sid).create(twilio), 400, 20001);
    }

    private Conversation create(String uniqueName) {
        return Conversation.creator(service).setUniqueName(uniqueName).create(twilio);
    }

    private Message append(String sid, String body) {
        return Message.creator(service, sid).setBody(body).create(twilio);
    }

    private void attributed(String sid, String attributes) {
        Message.creator(service, sid).setBody("x").setAttributes(attributes).create(twilio);
    }

    private List<String> bodies(Reader<Message> reader) {
        return StreamSupport.stream(reader.read(twilio).spliterator(), false)
                .map(Message::getBody)
                .toList();
    }
}
