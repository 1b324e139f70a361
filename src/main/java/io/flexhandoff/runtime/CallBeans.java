package io.flexhandoff.runtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flexhandoff.api.Admission;
import io.flexhandoff.api.ApiKeys;
import io.flexhandoff.api.Contract;
import io.flexhandoff.api.Decisions;
import io.flexhandoff.api.TakeIn;
import io.flexhandoff.call.EscalationAnswers;
import io.flexhandoff.call.EscalationSteps;
import io.flexhandoff.call.LiveCalls;
import io.flexhandoff.call.SegmentSteps;
import io.flexhandoff.call.WithoutLedger;
import io.flexhandoff.component.callevents.Backlog;
import io.flexhandoff.event.CallEvents;
import io.flexhandoff.event.EventReader;
import io.flexhandoff.flex.AiReservations;
import io.flexhandoff.flex.CallRequests;
import io.flexhandoff.flex.HandoffOfTask;
import io.flexhandoff.flex.Recordings;
import io.flexhandoff.flex.Transfers;
import io.flexhandoff.handoff.Targets;
import io.flexhandoff.health.DataDisk;
import io.flexhandoff.ledger.Ledger;
import io.flexhandoff.ledger.LedgerDatabase;
import io.flexhandoff.metrics.HandoffMetrics;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.thread.ThreadMessages;
import io.flexhandoff.trace.Traces;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.spi.Registry;

/** What the routes do at each event of a call. */
final class CallBeans {

    private CallBeans() {}

    static void bind(
            Registry registry,
            Orgs orgs,
            Settings settings,
            MeterRegistry meters,
            LedgerDatabase ledger,
            ObjectMapper json,
            ThreadMessages messages,
            AiReservations reservations,
            DataDisk disk,
            Clock clock) {
        HandoffMetrics metrics = registry.lookupByNameAndType("handoffMetrics", HandoffMetrics.class);
        Backlog backlog = new Backlog();
        registry.bind("backlog", backlog);
        Gauge.builder("handoff.events.lag", backlog, late -> late.lag().toNanos() / 1e9)
                .description(
                        "How long the event that could be handled and has waited longest waits for a worker, on this node")
                .baseUnit("seconds")
                .register(meters);
        Recordings recordings = registry.lookupByNameAndType("recordings", Recordings.class);
        LiveCalls calls = new LiveCalls(ledger);
        registry.bind("liveCalls", calls);
        registry.bind(
                "eventReader",
                new EventReader(
                        json,
                        registry.lookupByNameAndType("traces", Traces.class),
                        registry.lookupByNameAndType("targets", Targets.class)::of));
        TakeIn takeIn = new TakeIn(
                orgs,
                registry.lookupByNameAndType("contract", Contract.class),
                registry.lookupByNameAndType("callEvents", CallEvents.class),
                settings.number("handoff.http.max-body-bytes"));
        registry.bind(
                "admission",
                new Admission(
                        registry.lookupByNameAndType("apiKeys", ApiKeys.class),
                        backlog,
                        settings.duration("handoff.events.max-lag"),
                        disk));
        Gauge.builder("handoff.data.free", disk, DataDisk::free)
                .description("Room on the disk of handoff.data-dir, when broker or ledger are in it")
                .baseUnit("bytes")
                .register(meters);
        registry.bind("takeTranscript", takeIn.transcript());
        registry.bind("takeEscalation", takeIn.escalation());
        registry.bind("takeEnd", takeIn.end());
        Decisions decisions = registry.lookupByNameAndType("decisions", Decisions.class);
        registry.bind("decideEscalation", decisions.decide());
        registry.bind("escalationTaken", decisions.remember());
        registry.bind("handoffOfTask", new HandoffOfTask());
        SegmentSteps segments = new SegmentSteps(calls, messages, metrics, recordings);
        registry.bind("lookAtSegment", segments.look());
        registry.bind("lookAtParked", segments.lookAtParked());
        registry.bind("segmentParked", segments.parked());
        registry.bind("segmentWaits", segments.waits());
        registry.bind("segmentTaken", segments.taken());
        registry.bind("segmentRenamed", segments.renamed());
        registry.bind("segmentAppended", segments.appended());
        registry.bind("threadOpened", segments.opened());
        registry.bind("threadContinued", segments.continued());
        registry.bind("recordingOfCall", segments.recording());
        CallRequests requests =
                new CallRequests(registry.lookupByNameAndType("transfers", Transfers.class), reservations);
        registry.bind("transferRequest", requests.transfer());
        registry.bind("recordingsRequest", requests.recordings());
        registry.bind("callRequest", requests.call());
        registry.bind("conferenceRequest", requests.conference());
        Duration inFlight = Duration.ofSeconds(
                registry.lookupByNameAndType("ledger", Ledger.class).inFlight());
        EscalationSteps escalations = new EscalationSteps(calls, reservations, recordings, metrics, inFlight, clock);
        registry.bind("lookWhetherToWait", escalations.whetherToWait());
        registry.bind("escalationClaimed", escalations.claimed());
        registry.bind("escalationSettled", escalations.settled());
        registry.bind("handoffIsOver", escalations.over());
        registry.bind("recordingOfHandoff", escalations.recording());
        registry.bind("firstToMove", escalations.firstToMove());
        registry.bind("callTransferred", escalations.transferred());
        registry.bind("turnsHeard", escalations.heard());
        registry.bind("foundOfHandoff", escalations.found());
        WithoutLedger without = new WithoutLedger(calls, reservations, clock);
        registry.bind("movableWithoutLedger", without.movable());
        registry.bind("claimOfTry", without.claim());
        registry.bind("claimHandedOut", without.handedOut());
        registry.bind("callMoved", without.moved());
        registry.bind("eventWaited", escalations.waited());
        registry.bind("measureStep", escalations.measured());
        EscalationAnswers answers = new EscalationAnswers(
                registry.lookupByNameAndType("callEvents", CallEvents.class),
                registry.lookupByNameAndType("ledger", Ledger.class));
        registry.bind("noteOfEscalation", answers.note());
        registry.bind("reasonForLedger", answers.reason());
    }
}
