package io.flexhandoff.flex;

import io.flexhandoff.component.taskrouter.TaskView;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.HandoffContext;
import java.util.Map;
import org.apache.camel.Processor;

/** The parameters of camel-twilio's requests about a live call, as headers of the message. */
public final class CallRequests {

    private static final String ACCOUNT = "CamelTwilio.pathAccountSid";

    private final Transfers transfers;
    private final AiReservations reservations;

    public CallRequests(Transfers transfers, AiReservations reservations) {
        this.transfers = transfers;
        this.reservations = reservations;
    }

    /** Bound as {@code transferRequest}: its new TwiML, with six attributes and the links, within Twilio's limits. */
    public Processor transfer() {
        return exchange -> {
            String org = exchange.getVariable("org", String.class);
            String callSid = exchange.getVariable("callSid", String.class);
            TaskView flexTask = exchange.getVariable("flexTask", TaskView.class);
            exchange.getMessage().setHeader(ACCOUNT, transfers.accountSid(org));
            exchange.getMessage().setHeader("CamelTwilio.pathSid", reservations.callOf(flexTask, callSid));
            exchange.getMessage()
                    .setHeader(
                            "CamelTwilio.twiml",
                            transfers.twiml(
                                    org,
                                    callSid,
                                    exchange.getVariable("escalation", Escalation.class),
                                    exchange.getVariable("context", HandoffContext.class),
                                    exchange.getVariable("conversationSid", String.class),
                                    exchange.getVariable("recordingLink", RecordingLink.class),
                                    flexTask));
        };
    }

    /** Bound as {@code recordingsRequest}: all of it that is recorded; no other header is left. */
    public Processor recordings() {
        return exchange -> {
            exchange.getMessage().removeHeaders("*");
            exchange.getMessage().setHeader(ACCOUNT, transfers.accountSid(exchange.getVariable("org", String.class)));
            exchange.getMessage()
                    .setHeader(
                            "CamelTwilio.pathCallSid",
                            reservations.callOf(
                                    exchange.getVariable("flexTask", TaskView.class),
                                    exchange.getVariable("callSid", String.class)));
        };
    }

    /** Bound as {@code callRequest}: the call itself; no other header is left. */
    public Processor call() {
        return exchange -> {
            exchange.getMessage().removeHeaders("*");
            exchange.getMessage().setHeader(ACCOUNT, transfers.accountSid(exchange.getVariable("org", String.class)));
            exchange.getMessage().setHeader("CamelTwilio.pathSid", exchange.getVariable("callSid"));
        };
    }

    /** Bound as {@code conferenceRequest}: the conference that TaskRouter has named after the task of the handoff, variable {@code known}. */
    public Processor conference() {
        return exchange -> {
            exchange.getMessage().removeHeaders("*");
            exchange.getMessage().setHeader(ACCOUNT, transfers.accountSid(exchange.getVariable("org", String.class)));
            exchange.getMessage()
                    .setHeader(
                            "CamelTwilio.friendlyName",
                            exchange.getVariable("known", Map.class).get("task_sid"));
        };
    }
}
