package io.flexhandoff.bench.standin;

/** Twilio's 2010-04-01 API: live calls and their recordings, of which there are none. */
final class Voice {

    private static final String CALLS = "/2010-04-01/Accounts/";

    private Voice() {}

    /** {@code /api/2010-04-01/Accounts/AC…/Calls/CA….json} and what is below it. */
    static Answer answer(State state, Asked asked, String[] path) {
        if (path.length < 6 || !path[4].equals("Calls") || asked.isDelete()) {
            return null;
        }
        String sid = path[5].replace(".json", "");
        if (path.length == 7 && path[6].equals("Recordings.json") && !asked.isPost()) {
            return recordings(path[3], sid);
        }
        if (path.length != 6) {
            return null;
        }
        Answer answer = Answer.ok(json(path[3], sid));
        return asked.isPost() ? updated(state, asked, sid, answer) : answer;
    }

    private static Answer updated(State state, Asked asked, String sid, Answer answer) {
        Seen call = state.call(sid);
        call.redirects++;
        String twiml = asked.field("Twiml", "");
        if (!twiml.contains("<Enqueue")) {
            return answer;
        }
        call.enqueues++;
        if (call.enqueues > 1) {
            return answer;
        }
        call.enqueueArrived = Now.micros();
        state.tasks.enqueue(sid, twiml);
        return answer.sent(() -> {
            call.enqueueAnswered = Now.micros();
            state.counts(asked.owner()).enqueued++;
        });
    }

    private static String json(String account, String sid) {
        String uri = CALLS + account + "/Calls/" + sid;
        String date = Now.rfc();
        return new Json()
                .put("sid", sid)
                .put("date_created", date)
                .put("date_updated", date)
                .put("parent_call_sid", null)
                .put("account_sid", account)
                .put("to", "+15550100002")
                .put("to_formatted", "+15550100002")
                .put("from", "+15550100001")
                .put("from_formatted", "+15550100001")
                .put("phone_number_sid", "PN" + "a".repeat(32))
                .put("status", "in-progress")
                .put("start_time", date)
                .put("end_time", null)
                .put("duration", null)
                .put("price", null)
                .put("price_unit", "USD")
                .put("direction", "inbound")
                .put("answered_by", null)
                .put("api_version", "2010-04-01")
                .put("forwarded_from", null)
                .put("group_sid", null)
                .put("caller_name", null)
                .put("queue_time", "0")
                .put("trunk_sid", null)
                .put("uri", uri + ".json")
                .raw(
                        "subresource_uris",
                        new Json()
                                .put("notifications", uri + "/Notifications.json")
                                .put("recordings", uri + "/Recordings.json")
                                .put("payments", uri + "/Payments.json")
                                .put("events", uri + "/Events.json")
                                .put("transcriptions", uri + "/Transcriptions.json")
                                .end())
                .end();
    }

    private static Answer recordings(String account, String sid) {
        String uri = CALLS + account + "/Calls/" + sid + "/Recordings.json?PageSize=50&Page=0";
        return Answer.ok(new Json()
                .raw("recordings", "[]")
                .put("uri", uri)
                .put("first_page_uri", uri)
                .put("previous_page_uri", null)
                .put("next_page_uri", null)
                .put("page", 0)
                .put("page_size", 50)
                .put("start", 0)
                .put("end", 0)
                .end());
    }
}
