package io.flexhandoff.component.taskrouter;

import com.twilio.rest.taskrouter.v1.Workspace;
import com.twilio.rest.taskrouter.v1.WorkspaceUpdater;
import io.flexhandoff.component.TwilioCall;
import java.util.List;

/**
 * What a workspace reports, and where. A workspace has one such URL: writing it displaces another system's.
 *
 * @param url its EventCallbackUrl, or {@code null}
 * @param events the events that are reported (its EventsFilter); none means all
 */
public record WorkspaceWebhook(String url, List<String> events) {

    static WorkspaceWebhook read(TwilioCall call) {
        return of(Workspace.fetcher(call.org().workspaceSid()).fetch(call.client()));
    }

    /** Writes what is given, and leaves the rest as it is. */
    static WorkspaceWebhook write(TwilioCall call) {
        WorkspaceUpdater updater = Workspace.updater(call.org().workspaceSid());
        String url = call.url(TaskRouterConstants.WEBHOOK_URL);
        if (url != null) {
            updater.setEventCallbackUrl(url);
        }
        List<String> events = call.list(TaskRouterConstants.WEBHOOK_EVENTS);
        if (events != null) {
            updater.setEventsFilter(String.join(",", events));
        }
        return of(updater.update(call.client()));
    }

    private static WorkspaceWebhook of(Workspace workspace) {
        String filter = workspace.getEventsFilter();
        return new WorkspaceWebhook(
                TwilioCall.text(workspace.getEventCallbackUrl()),
                filter == null || filter.isBlank() ? List.of() : List.of(filter.split(",")));
    }
}
