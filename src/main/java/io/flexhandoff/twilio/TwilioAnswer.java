package io.flexhandoff.twilio;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What Twilio has answered to a request that it has carried out.
 *
 * @param json the body; a missing node when there is none
 * @param version of what is there now, as its ETag has it; {@code null} if Twilio gave none
 */
public record TwilioAnswer(TwilioRequest request, JsonNode json, String version) {

    /**
     * A text that Twilio always gives.
     *
     * @throws TwilioFailure if it is not there
     */
    public String text(String name) {
        JsonNode value = json.path(name);
        if (!value.isTextual()) {
            throw unreadable();
        }
        return value.textValue();
    }

    /**
     * A number that Twilio always gives.
     *
     * @throws TwilioFailure if it is not there
     */
    public int number(String name) {
        JsonNode value = json.path(name);
        if (!value.isInt()) {
            throw unreadable();
        }
        return value.intValue();
    }

    /**
     * What a page of a list holds.
     *
     * @throws TwilioFailure if it is not there
     */
    public Iterable<JsonNode> list(String key) {
        JsonNode values = json.path(key);
        if (!values.isArray()) {
            throw unreadable();
        }
        return values;
    }

    private TwilioFailure unreadable() {
        return TwilioFailure.unreadable(request.name());
    }
}
