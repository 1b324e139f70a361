package io.flexhandoff.flex;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexhandoff.component.taskrouter.TaskView;
import io.flexhandoff.component.taskrouter.TaskView.ReservationView;
import io.flexhandoff.event.TaskChange;
import io.flexhandoff.org.AiWorker;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReconciliationTest {

    private static final String TASK = "WT" + "1".repeat(32);
    private static final String AI = "WK" + "2".repeat(32);
    private static final String REP = "WK" + "3".repeat(32);

    private final Orgs orgs = new Orgs(Map.of(
            "acme",
            new Org(
                    null,
                    "AC" + "4".repeat(32),
                    "token",
                    "WS" + "5".repeat(32),
                    "WW" + "6".repeat(32),
                    "IS" + "7".repeat(32),
                    null,
                    null,
                    List.of("key"),
                    null,
                    new AiWorker(AI, null, null),
                    null)));
    private final Reconciliation reconciliation = new Reconciliation(
            List.of("acme"),
            Duration.ofMinutes(1),
            new AiReservations(orgs),
            Clock.fixed(Instant.parse("2026-11-20T09:00:00Z"), ZoneOffset.UTC));

    private List<String> missed(String state, String knownTask, TaskView task) {
        Map<String, Object> open = new HashMap<>(Map.of("state", state));
        open.put("task_sid", knownTask);
        return reconciliation.missed("acme", open, task).stream()
                .map(TaskChange::change)
                .toList();
    }

    private static TaskView task(String status, String reason, ReservationView reservation) {
        return new TaskView(TASK, status, reason, Map.of(), null, null, reservation);
    }

    private static ReservationView by(String worker, String status) {
        return new ReservationView("WR1", status, worker);
    }

    @Test
    void nothingIsMissedWhileTheCallWaits() {
        assertThat(missed("transferred", TASK, task("pending", null, null))).isEmpty();
        assertThat(missed("transferred", TASK, task("reserved", null, by(REP, "pending"))))
                .isEmpty();
        assertThat(missed("accepted", TASK, task("assigned", null, by(REP, "accepted"))))
                .isEmpty();
        assertThat(missed("transferred", null, null)).isEmpty();
    }

    @Test
    void whatHappenedIsToldInOrder() {
        assertThat(missed("transferred", null, task("pending", null, null))).containsExactly("created");
        assertThat(missed("transferred", null, task("wrapping", null, by(REP, "wrapping"))))
                .containsExactly("created", "accepted", "completed");
        assertThat(missed("accepted", TASK, task("completed", null, null))).containsExactly("completed");
        assertThat(missed("transferred", TASK, task("canceled", "hangup", null)))
                .containsExactly("abandoned");
        assertThat(missed("transferred", TASK, task("canceled", "Workflow timeout", null)))
                .containsExactly("failed");
    }

    @Test
    void theAiIsNoRep() {
        assertThat(missed("transferred", TASK, task("assigned", null, by(AI, "accepted"))))
                .isEmpty();
    }

    @Test
    void aTaskThatIsForgottenHasEnded() {
        assertThat(missed("accepted", TASK, null)).containsExactly("completed");
        assertThat(missed("transferred", TASK, null)).containsExactly("abandoned");
    }

    @Test
    void callsWithARepAreLookedAtLessOften() {
        assertThat(reconciliation.due())
                .isEqualTo(
                        new Reconciliation.Due("2026-11-20T08:59:00Z", "2026-11-20T08:55:00Z", "2026-11-19T09:00:00Z"));
    }
}
