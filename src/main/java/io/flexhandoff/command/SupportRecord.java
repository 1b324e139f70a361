package io.flexhandoff.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.twilio.Twilio;
import io.flexhandoff.org.Org;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;

/** A checkup for a support request: what was checked and found, whose, when, and with which versions. */
final class SupportRecord {

    /** Workflow expressions may name callers. */
    private static final Pattern PHONE_NUMBER =
            Pattern.compile("(?<![\\w.-])\\+?\\d{7,15}(?![\\w-])|\\+\\d[\\d ()-]{5,}\\d");

    private SupportRecord() {}

    /** @param report as the API answers it */
    static ObjectNode of(Org org, JsonNode report) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        record.put("org", org.name());
        record.set("healthy", report.path("healthy"));
        ObjectNode sids = record.putObject("sids");
        sids.put("account", org.accountSid());
        sids.put("workspace", org.workspaceSid());
        sids.put("workflow", org.workflowSid());
        sids.put("conversationsService", org.conversationsServiceSid());
        sids.put("aiQueue", org.aiQueueSid());
        sids.put("humanQueue", org.humanQueueSid());
        sids.put("aiWorker", org.aiWorker().sid());
        ObjectNode versions = record.putObject("versions");
        versions.put("flexHandoff", Versions.of(SupportRecord.class));
        versions.put("camel", Versions.of(CamelContext.class));
        versions.put("twilio", Versions.of(Twilio.class));
        versions.put("java", System.getProperty("java.version"));
        ArrayNode checks = record.putArray("checks");
        for (JsonNode check : report.path("checks")) {
            ObjectNode row = checks.addObject();
            row.put("id", requirement(check.path("name").asText()));
            row.set("status", check.path("status"));
            for (String part : List.of("found", "cause", "fix")) {
                if (check.hasNonNull(part)) {
                    row.put(part, withoutNumbers(check.path(part).asText()));
                }
            }
        }
        return record;
    }

    private static String requirement(String check) {
        return (check.equals("rejected-requests") ? "R20/" : "R18/") + check;
    }

    private static String withoutNumbers(String text) {
        return PHONE_NUMBER.matcher(text).replaceAll("(number)");
    }
}
