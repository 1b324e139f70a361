package io.flexhandoff.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.oas.OpenApi30;
import io.flexhandoff.event.CallEnded;
import io.flexhandoff.event.CallerNumber;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.TranscriptBatch;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Holds requests against the OpenAPI contract's own schemas. Bound as {@code contract}. */
public final class Contract {

    private static final String DOCUMENT = "classpath:config/openapi/handoff.openapi.yaml";
    private static final Pattern CALL_SID = Pattern.compile("CA[0-9a-fA-F]{32}");
    private static final String CUSTOM_DATA = "customData";

    /** What routing may ask of a call before it is escalated. */
    private static final List<String> ASKED =
            List.of("reason", "sentiment", "language", "from", "to", "workflowSid", CUSTOM_DATA);

    private static final int SHOWN_ERRORS = 5;
    private static final int MOST_ZEROES = 400;

    private final ObjectMapper json;
    private final JsonSchema transcriptBatch = schema("TranscriptBatch");
    private final JsonSchema escalation = schema("Escalation");
    private final JsonSchema segment = schema("Segment");
    private final JsonSchema callEnded = schema("CallEnded");
    private final KnownFields ofTranscript = known(transcriptBatch);
    private final KnownFields ofEscalation = known(escalation);
    private final KnownFields ofEnd = known(callEnded);

    public Contract(ObjectMapper json) {
        this.json = json;
    }

    /**
     * The segments of a transcript request. As in any other, {@code null} counts as not given, and a field that the contract does
     * not have is a warning.
     *
     * @throws Problem 400 naming what is wrong
     */
    public Taken<TranscriptBatch> transcript(String callSid, String body) {
        return read(callSid, body, transcriptBatch, ofTranscript, TranscriptBatch.class);
    }

    /** Like {@link #transcript} for an escalation. */
    public Taken<Escalation> escalation(String callSid, String body) {
        Taken<Escalation> read = read(callSid, body, escalation, ofEscalation, Escalation.class);
        Escalation.FlexTask task = read.value().task();
        if (task != null) {
            expectSid("task.taskSid", "WT", task.taskSid());
            if (task.reservationSid() != null) {
                expectSid("task.reservationSid", "WR", task.reservationSid());
            }
        }
        return read;
    }

    /**
     * What the parameters of a request say about a call that may be escalated, held against the fields of an escalation.
     *
     * @param parameters by name; others among them say nothing, empty ones are not given
     * @throws Problem 400 naming what is wrong
     */
    public Escalation asked(Map<String, Object> parameters) {
        ObjectNode fields = json.createObjectNode().put("id", "asked").put("occurredAt", Instant.EPOCH.toString());
        for (String name : ASKED) {
            if (parameters.get(name) instanceof String text && !text.isBlank()) {
                fields.put(name, text);
            }
        }
        if (fields.has(CUSTOM_DATA)) {
            try {
                fields.set(CUSTOM_DATA, json.readTree(fields.get(CUSTOM_DATA).textValue()));
            } catch (JsonProcessingException e) {
                throw new Problem(400, "Bad request", CUSTOM_DATA + ": must be a JSON object" + where(e));
            }
        }
        return held(fields, escalation, Escalation.class);
    }

    /**
     * An escalation by somebody who cannot be told what is wrong while a caller waits: what the contract does not allow is cut or
     * left out, and a warning names it.
     *
     * @param defaults for fields that it does not bring, or not so that they can be taken
     */
    public Taken<Escalation> salvaged(ObjectNode fields, ObjectNode defaults) {
        return new Salvage(json, escalation, segment, ofEscalation).escalation(fields, defaults);
    }

    /** @throws Problem 400 naming the field */
    private static void expectSid(String field, String prefix, String sid) {
        if (!sid.matches(prefix + "[0-9a-fA-F]{32}")) {
            throw new Problem(400, "Bad request", field + ": must be " + prefix + " and 32 hexadecimal digits");
        }
    }

    /** Like {@link #transcript} for the end of a call. */
    public Taken<CallEnded> end(String callSid, String body) {
        return read(callSid, body, callEnded, ofEnd, CallEnded.class);
    }

    /** @throws Problem 400 unless it is a Call SID */
    public void expectCall(String callSid) {
        if (callSid == null || !CALL_SID.matcher(callSid).matches()) {
            throw new Problem(400, "Bad request", "callSid: must be CA and 32 hexadecimal digits");
        }
    }

    private <T> Taken<T> read(String callSid, String body, JsonSchema schema, KnownFields known, Class<T> type) {
        expectCall(callSid);
        try {
            JsonNode tree = json.readTree(body == null ? "" : body);
            if (tree == null || tree.isMissingNode()) {
                throw new Problem(400, "Bad request", "body: a JSON object is required");
            }
            List<String> warnings = known.keepIn(tree);
            return new Taken<>(held(tree, schema, type), warnings);
        } catch (JsonProcessingException e) {
            throw new Problem(400, "Bad request", "body: is not valid JSON" + where(e));
        }
    }

    private <T> T held(JsonNode tree, JsonSchema schema, Class<T> type) {
        checkValues("", tree);
        Set<ValidationMessage> errors = schema.validate(tree);
        if (!errors.isEmpty()) {
            throw new Problem(400, "Bad request", describe(errors));
        }
        mendNumbers(tree);
        try {
            return json.treeToValue(WholeText.of(tree), type);
        } catch (JsonMappingException e) {
            throw new Problem(400, "Bad request", describe(e));
        } catch (JsonProcessingException e) {
            throw new Problem(400, "Bad request", "body: is not valid JSON" + where(e));
        }
    }

    /** @throws Problem 400 naming the field of a number that is none, and does not show what is meant */
    static void mendNumbers(JsonNode request) {
        for (String field : List.of("from", "to")) {
            if (request instanceof ObjectNode object && object.has(field)) {
                object.put(
                        field,
                        CallerNumber.read(object.get(field).textValue())
                                .orElseThrow(
                                        () -> new Problem(
                                                400,
                                                "Bad request",
                                                field
                                                        + ": must be a number in E.164 such as +14155550100, client:, sip:, or anonymous")));
            }
        }
    }

    /** U+0000 is a character in JSON; PostgreSQL and XML have no place for it. Nobody has one for 1e400. */
    static void checkValues(String path, JsonNode node) {
        if (node.isTextual() && node.textValue().indexOf('\0') >= 0) {
            throw new Problem(400, "Bad request", path + ": must not contain the character U+0000");
        }
        if (node.isBigDecimal() && !isWritable(node.decimalValue())) {
            throw new Problem(400, "Bad request", (path.isEmpty() ? "body" : path) + ": is out of range");
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            checkValues(path + "[" + i + "]", node.get(i));
        }
        node.properties()
                .forEach(field ->
                        checkValues(path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue()));
    }

    /** Numbers are passed on digit for digit, without an exponent. */
    private static boolean isWritable(BigDecimal number) {
        return Math.abs((long) number.scale()) <= MOST_ZEROES && Double.isFinite(number.doubleValue());
    }

    private static String describe(Set<ValidationMessage> errors) {
        String shown =
                errors.stream().limit(SHOWN_ERRORS).map(Contract::describe).collect(Collectors.joining("; "));
        int more = errors.size() - SHOWN_ERRORS;
        return more > 0 ? shown + "; and " + more + " more" : shown;
    }

    /** {@code $.segments[0].text: must be …} becomes {@code segments[0].text: must be …}. */
    static String describe(ValidationMessage error) {
        String path = error.getInstanceLocation().toString().replaceFirst("^\\$\\.?", "");
        String text = error.getMessage().replaceFirst("^\\$[^:]*: ", "");
        String field = error.getProperty() == null
                ? path
                : path.isEmpty() ? error.getProperty() : path + "." + error.getProperty();
        return (field.isEmpty() ? "body" : field) + ": " + text;
    }

    static String describe(JsonMappingException e) {
        return path(e) + ": is out of range or of a form that is not understood";
    }

    private static String path(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining());
        return path.isEmpty() ? "body" : path.substring(1);
    }

    private static String where(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }

    private KnownFields known(JsonSchema schema) {
        return new KnownFields(
                schema.getSchemaNode(),
                node -> node.path("$ref").asText().endsWith("/Segment") ? segment.getSchemaNode() : node);
    }

    private static JsonSchema schema(String name) {
        // the document around the schemas is no schema: its keywords mean nothing to the validator
        JsonMetaSchema dialect = JsonMetaSchema.builder(OpenApi30.getInstance())
                .unknownKeywordFactory((keyword, context) -> new NonValidationKeyword(keyword))
                .build();
        JsonSchemaFactory factory =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4, builder -> builder.metaSchema(dialect)
                        .defaultMetaSchemaIri(dialect.getIri()));
        SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
                .formatAssertionsEnabled(true)
                .pathType(PathType.JSON_PATH)
                .build();
        return factory.getSchema(SchemaLocation.of(DOCUMENT + "#/components/schemas/" + name), config);
    }
}
