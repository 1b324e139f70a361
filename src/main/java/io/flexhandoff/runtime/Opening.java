package io.flexhandoff.runtime;

import io.flexhandoff.checkup.CheckupConsole;
import io.flexhandoff.door.DoorUrls;
import io.flexhandoff.door.RejectedRequests;
import io.flexhandoff.door.RejectedRequestsConsole;
import io.flexhandoff.late.DeadLetterConsole;
import io.flexhandoff.late.DeadLetters;
import io.flexhandoff.operate.Consoles;
import io.flexhandoff.org.Orgs;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows operators what they can do, and opens the API port when every route is up; nothing when none is to be. */
final class Opening implements StartupListener {

    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    private final Settings settings;
    private final Orgs orgs;
    private final TwilioTarget target;
    private final ApiServer server;
    private final Supplier<Optional<String>> publicUrl;

    /** @param publicUrl asked for when the port is open */
    Opening(Settings settings, Orgs orgs, TwilioTarget target, ApiServer server, Supplier<Optional<String>> publicUrl) {
        this.settings = settings;
        this.orgs = orgs;
        this.target = target;
        this.server = server;
        this.publicUrl = publicUrl;
    }

    @Override
    public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) throws Exception {
        if (!context.isAutoStartup()) {
            return;
        }
        DeadLetters deadLetters = context.getRegistry().lookupByNameAndType("deadLetters", DeadLetters.class);
        DeadLetterConsole.register(context, deadLetters);
        ConnectBeans.show(context);
        CheckupConsole.register(context);
        RejectedRequestsConsole.register(
                context, context.getRegistry().lookupByNameAndType("rejectedRequests", RejectedRequests.class));
        Consoles.show(context, orgs);
    }

    @Override
    public void onCamelContextFullyStarted(CamelContext context, boolean alreadyStarted) {
        if (!context.isAutoStartup()) {
            return;
        }
        Consoles.loadPauses(context);
        server.listen();
        if (publicUrl.get().isEmpty()) {
            LOG.warn("handoff.public-url is not set: every request of Twilio will be refused");
        }
        OpenFiles.limit()
                .flatMap(limit -> OpenFiles.warning(
                        limit,
                        settings.number("handoff.http.max-connections"),
                        settings.number("handoff.twilio.max-connections")))
                .ifPresent(LOG::warn);
        target.connectSandbox(context.getRegistry().lookupByNameAndType("doorUrls", DoorUrls.class));
        LOG.info("The API is at http://localhost:{}/api/v1", server.getPort());
        target.sandbox()
                .ifPresent(sandbox -> LOG.info(
                        "No Twilio account is connected: a sandbox stands in for it. Open http://localhost:{}/sandbox",
                        server.getPort()));
    }
}
