package io.flexhandoff.waiting;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How a TaskRouter queue stands, as its real-time statistics tell it.
 *
 * @param eligible workers of the queue, whatever their activity
 * @param available those whose activity is an available one; they may be on a call
 * @param byActivity workers of the queue, by the SID of their activity
 * @param waiting calls that no worker has been offered
 * @param offered calls that ring at a worker
 * @param busy calls that workers of the queue have, wrap-up included
 * @param longestWait seconds, of the call that has been longest in the queue; 0 for none
 * @param asOf when TaskRouter said so
 */
record QueueState(
        int eligible,
        int available,
        Map<String, Integer> byActivity,
        int waiting,
        int offered,
        int busy,
        int longestWait,
        Instant asOf) {

    /** Of {@code TaskQueues/{sid}/RealTimeStatistics}. */
    static QueueState of(JsonNode statistics, Instant asOf) {
        Map<String, Integer> byActivity = new HashMap<>();
        statistics
                .path("activity_statistics")
                .forEach(activity -> byActivity.put(
                        activity.path("sid").asText(), activity.path("workers").asInt()));
        JsonNode tasks = statistics.path("tasks_by_status");
        return new QueueState(
                statistics.path("total_eligible_workers").asInt(),
                statistics.path("total_available_workers").asInt(),
                byActivity,
                tasks.path("pending").asInt(),
                tasks.path("reserved").asInt(),
                tasks.path("assigned").asInt() + tasks.path("wrapping").asInt(),
                statistics
                        .path("longest_relative_task_age_in_queue")
                        .asInt(statistics.path("longest_task_waiting_age").asInt()),
                asOf);
    }
}
