package io.flexhandoff.component.taskrouter;

import static io.flexhandoff.twilio.StubTwilio.ACME;
import static io.flexhandoff.twilio.StubTwilio.error;
import static io.flexhandoff.twilio.StubTwilio.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.flexhandoff.component.TwilioCamel;
import io.flexhandoff.twilio.FailureKind;
import io.flexhandoff.twilio.StubTwilio;
import io.flexhandoff.twilio.StubTwilio.Asked;
import java.util.Map;
import org.apache.camel.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to tasks rarely. */
class AwkwardTasksTest {

    private static final String CALL = "CA" + "6".repeat(32);
    private static final String ENDED = "WT" + "8".repeat(32);
    private static final String TASK = "WT" + "7".repeat(32);

    private final StubTwilio twilio = new StubTwilio();
    private final TwilioCamel camel = new TwilioCamel(twilio.clients());

    @AfterEach
    void stop() {
        camel.close();
        twilio.close();
    }

    @Test
    void aListWithoutAttributesHasItsTasksFetched() {
        twilio.answering(exchange -> {
            String path = exchange.getRequestURI().getPath();
            if (path.endsWith("/Tasks")) {
                status(200, """
                                {"tasks": [{"sid": "%s", "attributes": null, "assignment_status": "pending"},
                                           {"sid": "%s", "attributes": null, "assignment_status": "pending"}],
                                 "meta": {"page_size": 50, "url": "x", "first_page_url": "x", "previous_page_url": null,
                                          "next_page_url": null, "key": "tasks"}}""".formatted(ENDED, TASK)).give(exchange);
            } else if (path.endsWith(ENDED)) {
                error(404, 20404).give(exchange);
            } else {
                status(200, "{\"attributes\":\"{\\\"call_sid\\\":\\\"" + CALL + "\\\"}\"}")
                        .give(exchange);
            }
        });

        Message found =
                camel.call("twilio-taskrouter:findTask?org=acme", null, Map.of(TaskRouterConstants.CALL_SID, CALL));

        assertThat(found.getBody(TaskView.class).sid()).isEqualTo(TASK);
        assertThat(found.getBody(TaskView.class).attributes()).containsEntry("call_sid", CALL);
        assertThat(twilio.asked().get(0).path())
                .contains("WorkflowSid=" + ACME.workflowSid(), "Ordering=DateCreated%3Adesc", "PageSize=50")
                .contains("AssignmentStatus=pending", "AssignmentStatus=wrapping")
                .doesNotContain("EvaluateTaskAttributes");
    }

    @Test
    void mergingGivesUpWhenOthersAlwaysWriteFirst() {
        twilio.answering(exchange -> {
            boolean read = exchange.getRequestMethod().equals("GET");
            (read ? status(200, "{\"attributes\":\"{}\"}", "etag", "W/\"3\"") : error(412, 20412)).give(exchange);
        });

        assertThat(FailureKind.of(catchThrowable(this::merge))).isEqualTo(FailureKind.NOT_DONE);
        assertThat(twilio.asked()).extracting(Asked::method).hasSize(20);
    }

    @Test
    void withoutAnETagNothingIsWritten() {
        twilio.answering(status(200, "{\"attributes\":\"{}\"}"));

        assertThat(catchThrowable(this::merge)).hasMessageContaining("ETag");
        assertThat(twilio.asked()).extracting(Asked::method).containsExactly("GET");
    }

    private void merge() {
        camel.call(
                "twilio-taskrouter:mergeAttributes?org=acme",
                Map.of("handedOff", true),
                Map.of(TaskRouterConstants.TASK_SID, TASK));
    }
}
