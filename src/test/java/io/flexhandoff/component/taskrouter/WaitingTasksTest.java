package io.flexhandoff.component.taskrouter;

import static io.flexhandoff.twilio.StubTwilio.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.flexhandoff.component.TwilioCamel;
import io.flexhandoff.twilio.StubTwilio;
import io.flexhandoff.twilio.StubTwilio.Asked;
import io.flexhandoff.twilio.TwilioSettings;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ten thousand tasks wait in the workflow, one for each second: how much of their list is read. */
class WaitingTasksTest {

    private static final int WAITING = 10_000;
    private static final Instant NEWEST = Instant.parse("2026-11-27T09:00:00Z");
    private static final Pattern PAGE = Pattern.compile("PageSize=(\\d+)(?:&Page=(\\d+))?");

    private final StubTwilio twilio = new StubTwilio();
    private final TwilioCamel camel = new TwilioCamel(StubTwilio.clients(TwilioSettings.at(twilio.url())));

    @BeforeEach
    void manyWait() {
        twilio.answering((HttpExchange exchange) -> list(exchange));
    }

    @AfterEach
    void stop() {
        camel.close();
        twilio.close();
    }

    @Test
    void whatIsAmongTheNewestIsFoundOnASmallPage() {
        assertThat(find(call(7), NEWEST.minusSeconds(60)).sid()).isEqualTo("WT7");
        assertThat(asked()).singleElement().asString().contains("PageSize=50");
    }

    @Test
    void aListIsReadNoFurtherBackThanItsTaskCanBe() {
        assertThat(find(call(420), NEWEST.minusSeconds(120))).isNull();
        assertThat(asked()).extracting(WaitingTasksTest::pageSize).containsExactly(50, 200, 200);
        assertThat(find(call(300), NEWEST.minusSeconds(120)).sid()).isEqualTo("WT300");
    }

    @Test
    void aListIsReadNoFurtherThanItsLimit() {
        assertThat(find(call(1000), NEWEST.minusSeconds(WAITING))).isNull();
        assertThat(asked()).extracting(WaitingTasksTest::pageSize).containsExactly(50, 200, 200, 200, 200, 200);
        assertThat(find(call(999), NEWEST.minusSeconds(WAITING)).sid()).isEqualTo("WT999");
    }

    @Test
    void theTasksOfManyCallsAreFoundInOneList() {
        List<String> calls = IntStream.range(0, 100).mapToObj(n -> call(9 * n)).toList();

        Map<?, ?> found = findAll(calls);

        assertThat(found).hasSize(100);
        assertThat(((TaskView) found.get(call(891))).sid()).isEqualTo("WT891");
        assertThat(asked()).hasSize(5);
    }

    @Test
    void whoseTaskIsNotThereIsNotInTheAnswer() {
        assertThat(findAll(List.of(call(3), call(WAITING))).keySet()).isEqualTo(Set.of(call(3)));
        assertThat(asked()).hasSize(5);
        assertThat(findAll(List.of())).isEmpty();
        assertThat(asked()).hasSize(5);
    }

    private TaskView find(String callSid, Instant since) {
        return camel.call(
                        "twilio-taskrouter:findTask?org=acme",
                        null,
                        Map.of(
                                TaskRouterConstants.CALL_SID,
                                callSid,
                                TaskRouterConstants.SINCE,
                                since.toString(),
                                TaskRouterConstants.LIMIT,
                                1000))
                .getBody(TaskView.class);
    }

    private Map<?, ?> findAll(List<String> callSids) {
        return camel.call(
                        "twilio-taskrouter:findTasks?org=acme&limit=1000",
                        null,
                        Map.of(TaskRouterConstants.CALL_SIDS, callSids))
                .getBody(Map.class);
    }

    private List<String> asked() {
        return twilio.asked().stream().map(Asked::path).toList();
    }

    private static int pageSize(String uri) {
        Matcher page = PAGE.matcher(uri);
        return page.find() ? Integer.parseInt(page.group(1)) : 0;
    }

    private static String call(int task) {
        return "CA%032x".formatted(task);
    }

    private static void list(HttpExchange exchange) throws IOException, InterruptedException {
        String uri = exchange.getRequestURI().toString();
        Matcher page = PAGE.matcher(uri);
        int number = page.find() && page.group(2) != null ? Integer.parseInt(page.group(2)) : 0;
        int size = pageSize(uri);
        int first = size * number;
        String tasks = IntStream.range(first, Math.min(first + size, WAITING))
                .mapToObj(n -> """
                        {"sid": "WT%d", "assignment_status": "pending", "date_created": "%s",
                         "attributes": "{\\"call_sid\\":\\"%s\\"}"}""".formatted(n, NEWEST.minusSeconds(n), call(n)))
                .collect(Collectors.joining(","));
        String next = first + size < WAITING
                ? "\"https://taskrouter.twilio.com/v1/Workspaces/WS/Tasks?PageSize=" + size + "&Page=" + (number + 1)
                        + "&PageToken=PT\""
                : "null";
        status(200, "{\"tasks\": [" + tasks + "], \"meta\": {\"key\": \"tasks\", \"next_page_url\": " + next + "}}")
                .give(exchange);
    }
}
