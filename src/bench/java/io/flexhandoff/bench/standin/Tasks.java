package io.flexhandoff.bench.standin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tasks that wait in workflows: one for each enqueued call. No worker ever takes one. */
final class Tasks {

    private static final Pattern WORKFLOW = Pattern.compile("workflowSid=\"(WW[0-9a-f]{32})\"");
    private static final Pattern TASK = Pattern.compile("<Task[^>]*>(.*?)</Task>", Pattern.DOTALL);

    private final Map<String, List<Task>> byWorkflow = new HashMap<>();
    private final Map<String, Task> bySid = new HashMap<>();
    private int last;

    /** A task; {@link #json} is kept, since lists of thousands are asked for. */
    static final class Task {

        final String sid;
        final String workflow;
        final String created = Now.iso();
        String attributes;
        int version;
        String json;

        private Task(String sid, String workflow, String attributes) {
            this.sid = sid;
            this.workflow = workflow;
            this.attributes = attributes;
        }
    }

    void enqueue(String callSid, String twiml) {
        Matcher workflow = WORKFLOW.matcher(twiml);
        Matcher task = TASK.matcher(twiml);
        String given = task.find() ? unescaped(task.group(1)) : "{}";
        add(workflow.find() ? workflow.group(1) : "", callSid, given);
    }

    /** @param given JSON object, to which Twilio's own attributes are added */
    void add(String workflow, String callSid, String given) {
        String attributes = """
                {"from_country":"US","called":"+15550100002","to_country":"US","to_city":"SAN FRANCISCO","to_state":"CA",\
                "caller_country":"US","call_status":"in-progress","call_sid":"%s","account_sid":"%s","from_zip":"94107",\
                "from":"+15550100001","direction":"inbound","called_zip":"94105","caller_state":"CA","to_zip":"94105",\
                "called_country":"US","from_city":"SAN FRANCISCO","called_city":"SAN FRANCISCO","caller_zip":"94107",\
                "api_version":"2010-04-01","called_state":"CA","from_state":"CA","caller":"+15550100001",\
                "caller_city":"SAN FRANCISCO","to":"+15550100002"%s""".formatted(
                        callSid,
                        Products.ACCOUNT,
                        given.strip().equals("{}") ? "}" : "," + given.strip().substring(1));
        Task task = new Task("WT%032x".formatted(++last), workflow, attributes);
        byWorkflow.computeIfAbsent(workflow, none -> new ArrayList<>()).add(task);
        bySid.put(task.sid, task);
    }

    List<Task> in(String workflow) {
        return byWorkflow.getOrDefault(workflow, List.of());
    }

    Task find(String sid) {
        return bySid.get(sid);
    }

    void clear() {
        byWorkflow.clear();
        bySid.clear();
    }

    private static String unescaped(String xml) {
        return xml.replace("<![CDATA[", "")
                .replace("]]>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }
}
