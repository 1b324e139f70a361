package io.flexhandoff.connect;

import com.twilio.exception.TwilioException;
import io.flexhandoff.api.Problem;
import io.flexhandoff.door.WebhookUrl;
import java.util.ArrayList;
import java.util.List;

/** Several changes, one after the other; when one fails it tells how far it came. */
final class Journey {

    private final String name;
    private final WebhookUrl url;
    private final List<String> ahead;
    private final List<String> done = new ArrayList<>();

    Journey(String name, WebhookUrl url, List<String> all) {
        this.name = name;
        this.url = url;
        this.ahead = new ArrayList<>(all);
    }

    void step(List<String> resources, Runnable change) {
        try {
            change.run();
        } catch (TwilioException failure) {
            throw stopped(resources, 502, url.quiet(failure.getMessage()));
        } catch (Problem problem) {
            throw stopped(resources, problem.getStatus(), problem.getMessage());
        }
        ahead.removeAll(resources);
        done.addAll(resources);
    }

    private Problem stopped(List<String> failed, int status, String words) {
        ahead.removeAll(failed);
        return new Problem(
                status,
                "Stopped half-way",
                "Stopped at " + String.join(", ", failed) + ": " + words + ". Done before: "
                        + (done.isEmpty() ? "nothing" : String.join(", ", done)) + ". Not tried: "
                        + (ahead.isEmpty() ? "nothing" : String.join(", ", ahead)) + ". To finish, " + name
                        + " again");
    }
}
