package io.flexhandoff.sandbox.twilio;

import io.vertx.core.json.JsonObject;

/**
 * What a Twilio request is answered with.
 *
 * @param body {@code null} with 204
 * @param etag version of the resource, {@code null} for resources without one
 */
record Answer(int status, JsonObject body, String etag) {

    static Answer ok(JsonObject body) {
        return new Answer(200, body, null);
    }

    static Answer created(JsonObject body) {
        return new Answer(201, body, null);
    }

    static Answer noContent() {
        return new Answer(204, null, null);
    }

    Answer withVersion(int version) {
        return new Answer(status, body, "\"" + version + "\"");
    }
}
