package io.flexhandoff.connect;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.flexhandoff.trace.UrlWords;
import java.util.List;

/**
 * What connect would change in an org's Twilio account, or has changed.
 *
 * @param applied whether the account is now as the plan wants it
 * @param changes in the order in which they are made; none when everything stands already
 * @param notes what a person should know or do besides
 */
public record ConnectPlan(boolean applied, List<Change> changes, List<String> notes) {

    /**
     * One change. No secret is in it: of another system's URL only the host is shown, of the org's own the token is not.
     *
     * @param resource what is changed, in words
     * @param change {@code create}, {@code set}, {@code add}, {@code update}, {@code move}, {@code replace}; after a
     *     rollback {@code restore}, {@code remove} or {@code leave}
     * @param from what stands there, {@code null} for nothing
     * @param to what will stand there, {@code null} for nothing
     * @param problem why it is not made, {@code null} when nothing keeps it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Change(String resource, String change, String from, String to, String problem) {

        static Change of(String resource, String change, String from, String to) {
            return new Change(resource, change, from, to, null);
        }

        /** The problem of a change that takes another system's URL away. */
        static String displaces(String url) {
            return UrlWords.host(url).map(host -> "the URL of " + host).orElse("another system's URL")
                    + " stands there and would be displaced; say replace to take its place";
        }
    }

    public ConnectPlan {
        changes = List.copyOf(changes);
        notes = notes == null ? List.of() : List.copyOf(notes);
    }

    /** Why the changes cannot be made as they are; empty when they can. */
    public List<String> problems() {
        return changes.stream()
                .filter(change -> change.problem() != null)
                .map(change -> change.resource() + ": " + change.problem())
                .toList();
    }
}
