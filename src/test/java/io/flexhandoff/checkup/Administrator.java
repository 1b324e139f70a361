package io.flexhandoff.checkup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import io.flexhandoff.org.Org;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Follows the advice about a workflow to the letter, and does nothing that it does not say. */
final class Administrator {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NAMED = Pattern.compile("filter '([^']+)' \\(");

    private final Org org;
    private final TwilioRestClient twilio;

    Administrator(Org org, TwilioRestClient twilio) {
        this.org = org;
        this.twilio = twilio;
    }

    void follow(Finding finding) throws Exception {
        ObjectNode configuration = (ObjectNode) JSON.readTree(Workflow.fetcher(org.workspaceSid(), org.workflowSid())
                .fetch(twilio)
                .getConfiguration());
        ObjectNode routing = (ObjectNode) configuration.get("task_routing");
        ArrayNode filters = (ArrayNode) routing.get("filters");
        String fix = finding.fix();
        if (fix.startsWith("Add the filter handedOff == true, to the queue of your reps,")) {
            filters.insert(place(fix, finding, filters), filter());
        } else if (fix.startsWith("Drag ") || fix.startsWith("If that is not meant, drag ")) {
            drag(named(fix), index(filters, last(named(finding.found()))), filters);
        } else if (fix.startsWith("Change the expression to handedOff == true in ")) {
            ((ObjectNode) filters.get(index(filters, last(named(finding.found())))))
                    .put("expression", "handedOff == true");
        } else if (fix.startsWith("Choose the queue of your reps in ")) {
            ObjectNode filter = (ObjectNode) filters.get(index(filters, fix.substring(fix.lastIndexOf("> ") + 2)));
            filter.putArray("targets").addObject().put("queue", org.humanQueueSid());
        } else if (fix.startsWith("Choose a queue of humans under Default filter")) {
            routing.putObject("default_filter").put("queue", org.humanQueueSid());
        } else if (fix.contains("or change the expression in ")) {
            TaskQueue.updater(org.workspaceSid(), org.humanQueueSid())
                    .setTargetWorkers("roles HAS 'rep'")
                    .update(twilio);
        } else {
            assertThat(fix).startsWith("If there are such calls: add a target without an expression below this one");
            ArrayNode targets = (ArrayNode) filters.get(0).get("targets");
            ((ObjectNode) targets.get(0)).put("timeout", 30);
            targets.addObject().put("queue", targets.get(0).get("queue").asText());
        }
        Workflow.updater(org.workspaceSid(), org.workflowSid())
                .setConfiguration(configuration.toString())
                .update(twilio);
    }

    private ObjectNode filter() {
        ObjectNode filter = JSON.createObjectNode()
                .put("filter_friendly_name", "From the AI")
                .put("expression", "handedOff == true");
        filter.putArray("targets").addObject().put("queue", org.humanQueueSid());
        return filter;
    }

    private static int place(String fix, Finding finding, ArrayNode filters) {
        if (fix.contains(" as the first one ")) {
            return 0;
        }
        if (fix.contains(" as the last one ")) {
            return filters.size();
        }
        return fix.contains(" right above ")
                ? index(filters, named(fix).get(0))
                : index(filters, last(named(finding.found()))) + 1;
    }

    private static void drag(List<String> names, int place, ArrayNode filters) {
        List<ObjectNode> dragged = new ArrayList<>();
        names.forEach(name -> dragged.add((ObjectNode) filters.remove(index(filters, name))));
        for (int i = 0; i < dragged.size(); i++) {
            filters.insert(place + i, dragged.get(i));
        }
    }

    private static int index(ArrayNode filters, String name) {
        List<String> names = StreamSupport.stream(filters.spliterator(), false)
                .map(filter -> filter.get("filter_friendly_name").asText())
                .toList();
        assertThat(names).contains(name);
        return names.indexOf(name);
    }

    private static List<String> named(String text) {
        List<String> names = new ArrayList<>();
        Matcher matcher = NAMED.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    private static String last(List<String> names) {
        return names.get(names.size() - 1);
    }
}
