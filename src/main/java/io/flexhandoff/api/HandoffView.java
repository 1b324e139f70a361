package io.flexhandoff.api;

import static java.util.stream.Collectors.groupingBy;

import io.flexhandoff.ledger.Ledger;
import io.flexhandoff.outcome.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Shows rows of the ledger as the contract's {@code Handoff}. Bound as {@code handoffView}. */
public final class HandoffView {

    private static final Set<String> STATES =
            Set.of("active", "escalated", "transferred", "accepted", "completed", "resolved", "abandoned", "failed");
    private static final Set<String> ENDED = Set.of("completed", "resolved", "abandoned", "failed");

    private final Function<Map<String, Object>, Optional<Map<String, Object>>> planned;

    /** @param planned what is done next for a caller who waits, by the handoff's row */
    public HandoffView(Function<Map<String, Object>, Optional<Map<String, Object>>> planned) {
        this.planned = planned;
    }

    /**
     * The filters of a search, a missing one {@code null}.
     *
     * @throws Problem 400 naming a filter that the contract does not allow
     */
    public Map<String, Object> filter(
            String callSid,
            String taskSid,
            String conversationSid,
            String reservationSid,
            String escalationId,
            String state,
            String limit) {
        if (state != null && !STATES.contains(state)) {
            throw new Problem(
                    400,
                    "Bad request",
                    "state: must be one of " + STATES.stream().sorted().toList());
        }
        if (limit != null && !limit.matches("[1-9]\\d{0,2}") || limit != null && Integer.parseInt(limit) > 500) {
            throw new Problem(400, "Bad request", "limit: must be a whole number from 1 to 500");
        }
        Map<String, Object> filter = new LinkedHashMap<>();
        filter.put("callSid", callSid);
        filter.put("taskSid", taskSid);
        filter.put("conversationSid", conversationSid);
        filter.put("reservationSid", reservationSid);
        filter.put("escalationId", escalationId);
        filter.put("state", state);
        filter.forEach((name, value) -> {
            if (value != null && ((String) value).indexOf('\0') >= 0) {
                throw new Problem(400, "Bad request", name + ": must not contain the character U+0000");
            }
        });
        filter.put("limit", limit == null ? 50 : Integer.valueOf(limit));
        return filter;
    }

    /**
     * @param call the row of {@code handoff}, or {@code null}
     * @param steps rows of {@code handoff_step}, in order
     * @param accepts rows of {@code handoff_accept}, in order, each with {@code over_at} of its task
     * @param segments rows of {@code segment}
     * @throws Problem 404 when there is no such call
     */
    public Map<String, Object> of(
            String callSid,
            Map<String, Object> call,
            List<Map<String, Object>> steps,
            List<Map<String, Object>> accepts,
            List<Map<String, Object>> segments) {
        if (call == null) {
            throw new Problem(404, "Not found", "callSid: nothing is known of call " + callSid);
        }
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("org", call.get("org"));
        view.put("callSid", callSid);
        view.put("decision", call.get("decision"));
        view.put("state", call.get("state"));
        put(view, "outcome", Outcome.view((String) call.get("outcome"), (String) call.get("language")));
        put(view, "escalationId", call.get("escalation_id"));
        put(view, "conversationSid", call.get("conversation_sid"));
        put(view, "earlierConversationSids", earlier(call));
        put(view, "taskSid", call.get("task_sid"));
        put(view, "reservationSid", call.get("reservation_sid"));
        put(view, "workerSid", call.get("worker_sid"));
        if (!accepts.isEmpty()) {
            view.put("accepts", accepts.stream().map(HandoffView::accept).toList());
            put(view, "heldBy", ENDED.contains(call.get("state")) ? null : heldBy(accepts));
        }
        put(view, "next", planned.apply(call).orElse(null));
        put(view, "reason", call.get("reason"));
        put(view, "sentiment", call.get("sentiment"));
        put(view, "language", call.get("language"));
        view.put("transcript", transcript(call, segments));
        view.put("steps", steps.stream().map(HandoffView::step).toList());
        return view;
    }

    /** The Call SIDs of rows of {@code handoff}. */
    public List<String> calls(List<Map<String, Object>> calls) {
        return calls.stream().map(HandoffView::callSid).distinct().toList();
    }

    /**
     * Many at once, in the order of their rows.
     *
     * @param calls rows of {@code handoff}
     * @param steps rows of {@code handoff_step} of all of them, in order, each with its {@code call_sid} and {@code decision}
     * @param accepts rows of {@code handoff_accept}, likewise
     * @param segments rows of {@code segment}, in order, each with its {@code call_sid}
     */
    public List<Map<String, Object>> all(
            List<Map<String, Object>> calls,
            List<Map<String, Object>> steps,
            List<Map<String, Object>> accepts,
            List<Map<String, Object>> segments) {
        Map<List<Object>, List<Map<String, Object>>> stepsOf = steps.stream().collect(groupingBy(HandoffView::handoff));
        Map<List<Object>, List<Map<String, Object>>> acceptsOf =
                accepts.stream().collect(groupingBy(HandoffView::handoff));
        Map<String, List<Map<String, Object>>> segmentsOf = segments.stream().collect(groupingBy(HandoffView::callSid));
        return calls.stream()
                .map(call -> of(
                        callSid(call),
                        call,
                        stepsOf.getOrDefault(handoff(call), List.of()),
                        acceptsOf.getOrDefault(handoff(call), List.of()),
                        segmentsOf.getOrDefault(callSid(call), List.of())))
                .toList();
    }

    private static List<Object> handoff(Map<String, Object> row) {
        return List.of(row.get("call_sid"), row.get("decision"));
    }

    private static String callSid(Map<String, Object> row) {
        return (String) row.get("call_sid");
    }

    private static Map<String, Object> transcript(Map<String, Object> call, List<Map<String, Object>> segments) {
        long appended = count(segments, "appended");
        Map<String, Object> transcript = new LinkedHashMap<>();
        transcript.put("received", segments.size());
        transcript.put("appended", appended);
        transcript.put(
                "late",
                segments.stream()
                        .filter(s -> Boolean.TRUE.equals(s.get("late")))
                        .count());
        long reusedIds = segments.stream()
                .filter(s -> Boolean.TRUE.equals(s.get("reused_id")))
                .count();
        if (reusedIds > 0) {
            transcript.put("reusedIds", reusedIds);
        }
        long dead = count(segments, "dead") + count(segments, "discarded");
        transcript.put("parked", segments.size() - appended - dead);
        putTries(transcript, segments);
        transcript.put("dead", dead);
        boolean over = call.get("ended_at") != null || ENDED.contains(call.get("state"));
        transcript.put("complete", over && appended == segments.size());
        List<Long> delays = tailDelays(call, segments);
        if (!delays.isEmpty()) {
            transcript.put("tailDelayMillis", percentiles(delays));
        }
        return transcript;
    }

    /** Of what waits for its thread after a failure: how often it was tried, and when it is again. */
    private static void putTries(Map<String, Object> transcript, List<Map<String, Object>> segments) {
        List<Map<String, Object>> failing = segments.stream()
                .filter(s -> "parked".equals(s.get("state")) && s.get("attempts") instanceof Number)
                .toList();
        failing.stream()
                .mapToInt(s -> ((Number) s.get("attempts")).intValue())
                .max()
                .ifPresent(tries -> transcript.put("tries", tries));
        failing.stream()
                .map(s -> Ledger.instant(s.get("next_try")))
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .ifPresent(next -> transcript.put("nextTryAt", next));
    }

    private static long count(List<Map<String, Object>> segments, String state) {
        return segments.stream().filter(s -> state.equals(s.get("state"))).count();
    }

    /** How long after the transfer each late segment reached the thread, shortest first; what came after a later decision is another's. */
    private static List<Long> tailDelays(Map<String, Object> call, List<Map<String, Object>> segments) {
        Instant transferred = Ledger.instant(call.get("transferred_at"));
        Instant over = Boolean.FALSE.equals(call.get("latest")) ? Ledger.instant(call.get("over_at")) : null;
        return segments.stream()
                .filter(s -> Boolean.TRUE.equals(s.get("late")) && s.get("appended_at") != null && transferred != null)
                .map(s -> Ledger.instant(s.get("appended_at")))
                .filter(appended -> appended.isAfter(transferred) && (over == null || appended.isBefore(over)))
                .map(appended -> Duration.between(transferred, appended).toMillis())
                .sorted()
                .toList();
    }

    private static Map<String, Object> percentiles(List<Long> sorted) {
        Map<String, Object> percentiles = new LinkedHashMap<>();
        percentiles.put("p50", sorted.get((sorted.size() - 1) / 2));
        percentiles.put("p95", sorted.get((int) Math.ceil(sorted.size() * 0.95) - 1));
        percentiles.put("max", sorted.get(sorted.size() - 1));
        return percentiles;
    }

    /** The threads that were closed before the handoff's own, in order; {@code null} for none. */
    private static List<String> earlier(Map<String, Object> call) {
        if (!(call.get("earlier_threads") instanceof String sids)) {
            return null;
        }
        List<String> earlier = Stream.of(sids.split(", "))
                .takeWhile(sid -> !sid.equals(call.get("conversation_sid")))
                .toList();
        return earlier.isEmpty() ? null : earlier;
    }

    private static Map<String, Object> accept(Map<String, Object> row) {
        Map<String, Object> accept = new LinkedHashMap<>();
        put(accept, "workerSid", row.get("worker_sid"));
        accept.put("reservationSid", row.get("reservation_sid"));
        accept.put("taskSid", row.get("task_sid"));
        accept.put("at", Ledger.instant(row.get("accepted_at")));
        return accept;
    }

    /** The worker of the last accept whose task is not over; {@code null} for none. */
    private static Object heldBy(List<Map<String, Object>> accepts) {
        return accepts.stream()
                .filter(accept -> accept.get("over_at") == null)
                .reduce((earlier, later) -> later)
                .map(accept -> accept.get("worker_sid"))
                .orElse(null);
    }

    private static Map<String, Object> step(Map<String, Object> row) {
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("step", row.get("step"));
        step.put("at", Ledger.instant(row.get("at")));
        step.put("attempts", row.get("attempts"));
        put(step, "cause", row.get("cause"));
        return step;
    }

    private static void put(Map<String, Object> view, String name, Object value) {
        if (value != null) {
            view.put(name, value);
        }
    }
}
