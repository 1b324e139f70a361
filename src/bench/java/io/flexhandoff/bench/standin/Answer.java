package io.flexhandoff.bench.standin;

/**
 * An answer on its way.
 *
 * @param etag the resource's version, or {@code null}
 * @param onSent what counts as done from the moment in which the asker learns of it
 */
record Answer(int status, String body, String etag, Runnable onSent) {

    private static final Runnable NOTHING = () -> {};

    static Answer of(int status, String body) {
        return new Answer(status, body, null, NOTHING);
    }

    static Answer ok(String body) {
        return of(200, body);
    }

    static Answer error(int status, int code, String message) {
        return of(
                status,
                new Json()
                        .put("code", code)
                        .put("message", message)
                        .put("more_info", "https://www.twilio.com/docs/errors/" + code)
                        .put("status", status)
                        .end());
    }

    static Answer notFound(Asked asked) {
        return error(404, 20404, "The requested resource " + asked.path() + " was not found");
    }

    Answer versioned(int version) {
        return new Answer(status, body, "\"" + version + "\"", onSent);
    }

    Answer sent(Runnable done) {
        return new Answer(status, body, etag, done);
    }
}
