package io.flexhandoff.checkup;

import com.twilio.rest.taskrouter.v1.Workspace;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;

/** Where things are set, as Twilio's Console names the places. */
final class Places {

    static final String KEYS = "Twilio Console > Account > API keys & tokens";
    static final String WORKSPACES = "Flex Console > TaskRouter > Workspaces";
    static final String SERVICES = "Twilio Console > Conversations > Manage > Services";
    static final String DEFAULT_SERVICE = "Twilio Console > Conversations > Manage > Defaults";
    static final String WAIT_QUEUES = "Twilio Console > Voice > Manage > Queues";

    /** The product's own page that names the URLs which Twilio calls. */
    static final String URLS = "src/docs/connect.md, \"What Twilio calls\",";

    private Places() {}

    static String workspace(OrgInTwilio org) {
        return WORKSPACES + " > "
                + org.workspace().map(Workspace::getFriendlyName).orElse("…");
    }

    static String workflow(OrgInTwilio org) {
        return workspace(org) + " > Workflows > "
                + org.workflow().map(Workflow::getFriendlyName).orElse("…");
    }

    static String queue(OrgInTwilio org, String name) {
        return workspace(org) + " > TaskQueues > " + name;
    }

    static String worker(OrgInTwilio org, String name) {
        return workspace(org) + " > Workers > " + name;
    }

    static String eventCallbacks(OrgInTwilio org) {
        return workspace(org) + " > Settings > Event callbacks";
    }

    static String serviceWebhooks(OrgInTwilio org) {
        return SERVICES + " > "
                + org.service().map(service -> service.getFriendlyName()).orElse("…") + " > Webhooks";
    }

    /** What connect does of this. */
    static String orConnect(OrgInTwilio org) {
        return "; or let it be done: connect " + org.org().name() + " --apply";
    }
}
