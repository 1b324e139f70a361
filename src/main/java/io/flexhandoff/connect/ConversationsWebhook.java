package io.flexhandoff.connect;

import com.fasterxml.jackson.databind.JsonNode;
import io.flexhandoff.connect.ConnectPlan.Change;
import io.flexhandoff.door.WebhookUrl;
import io.flexhandoff.trace.UrlWords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The URL to which a Conversations service reports what happened (its post-webhook). Its state: the URL, the method, the
 * filters, each on a line. Method and filters are shared with its pre-webhook, which is somebody else's: filters are only added.
 */
final class ConversationsWebhook implements Part {

    private static final String POST = "POST";

    private final TwilioAccount account;
    private final WebhookUrl own;

    ConversationsWebhook(TwilioAccount account, WebhookUrl own) {
        this.account = account;
        this.own = own;
    }

    @Override
    public String name() {
        return "conversations-webhook";
    }

    @Override
    public String resource() {
        return "Conversations webhook";
    }

    @Override
    public String state() {
        return state(account.webhooks());
    }

    private static String state(JsonNode webhooks) {
        List<String> filters = new ArrayList<>();
        webhooks.path("filters").forEach(filter -> filters.add(filter.asText()));
        filters.removeAll(Set.of(""));
        String method = TaskRouterWebhook.text(webhooks, "method");
        return TaskRouterWebhook.text(webhooks, "post_webhook_url") + "\n" + (method.isEmpty() ? POST : method) + "\n"
                + String.join(",", filters);
    }

    private record Read(String url, String method, List<String> filters) {

        static Read of(String state) {
            String[] lines = state.split("\n", -1);
            return new Read(
                    lines[0],
                    lines[1],
                    Arrays.stream(lines[2].split(","))
                            .filter(filter -> !filter.isEmpty())
                            .toList());
        }
    }

    @Override
    public Wish wish(boolean replace) {
        JsonNode webhooks = account.webhooks();
        String present = state(webhooks);
        Read read = Read.of(present);
        if (own.problem() != null) {
            return new Wish(
                    present,
                    present,
                    List.of(new Change(resource(), "set", own.shown(read.url()), null, own.problem())),
                    List.of());
        }
        Set<String> filters = new LinkedHashSet<>(read.filters());
        filters.addAll(RequiredEvents.CONVERSATIONS);
        String state = own.plain() + "\n" + POST + "\n" + String.join(",", filters);
        boolean stands = own.is(read.url())
                && read.method().equalsIgnoreCase(POST)
                && read.filters().containsAll(RequiredEvents.CONVERSATIONS);
        if (stands) {
            return Wish.nothing(present);
        }
        boolean foreign = own.isForeign(read.url());
        String problem = foreign ? Change.displaces(read.url()) : null;
        String preWebhook = TaskRouterWebhook.text(webhooks, "pre_webhook_url");
        if (!preWebhook.isEmpty() && !read.method().equalsIgnoreCase(POST)) {
            problem = "the method " + read.method() + " would become POST for the pre-webhook of "
                    + UrlWords.host(preWebhook).orElse("another system") + " too; say replace to do so";
        }
        return new Wish(
                present,
                state,
                List.of(new Change(
                        resource(),
                        problem != null ? "replace" : read.url().isEmpty() ? "set" : "update",
                        shown(present),
                        shown(state),
                        replace ? null : problem)),
                List.of());
    }

    @Override
    public void write(String state) {
        Read read = Read.of(state);
        account.writeWebhooks(Map.of("PostWebhookUrl", read.url(), "Method", read.method()), read.filters());
    }

    @Override
    public String shown(String state) {
        Read read = Read.of(state);
        return read.url().isEmpty() ? null : own.shown(read.url()) + ", " + String.join(" ", read.filters());
    }
}
