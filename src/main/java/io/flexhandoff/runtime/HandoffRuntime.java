package io.flexhandoff.runtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flexhandoff.api.Admission;
import io.flexhandoff.api.ApiKeys;
import io.flexhandoff.api.Contract;
import io.flexhandoff.api.HandoffView;
import io.flexhandoff.api.Problems;
import io.flexhandoff.broker.Broker;
import io.flexhandoff.door.MissedDoors;
import io.flexhandoff.door.WaitingRoom;
import io.flexhandoff.enrichment.Budget;
import io.flexhandoff.event.CallEvents;
import io.flexhandoff.flex.AiReservations;
import io.flexhandoff.flex.FlexAttributes;
import io.flexhandoff.flex.Reconciliation;
import io.flexhandoff.flex.Recordings;
import io.flexhandoff.flex.Transfers;
import io.flexhandoff.handoff.StateHooks;
import io.flexhandoff.handoff.Targets;
import io.flexhandoff.health.DataDisk;
import io.flexhandoff.health.HealthCheck;
import io.flexhandoff.late.DeadLetters;
import io.flexhandoff.ledger.Ledger;
import io.flexhandoff.ledger.LedgerDatabase;
import io.flexhandoff.management.OperatorObjects;
import io.flexhandoff.metrics.HandoffMetrics;
import io.flexhandoff.operate.Intake;
import io.flexhandoff.operate.OrgStates;
import io.flexhandoff.org.KeyScope;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.sandbox.SandboxServer;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.thread.HandoffNote;
import io.flexhandoff.thread.ThreadMessages;
import io.flexhandoff.twilio.Failures;
import io.flexhandoff.twilio.TwilioClients;
import io.flexhandoff.unanswered.UnansweredSteps;
import io.flexhandoff.unanswered.UnansweredTwiml;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * All that the routes need, in any runtime: broker, ledger, Twilio, the API port, and the beans that they call by name.
 */
public final class HandoffRuntime implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HandoffRuntime.class);

    private final Settings settings;
    private final Opened opened = new Opened(LOG, Level.WARN);
    private final CompositeMeterRegistry meters = new CompositeMeterRegistry();
    private final TwilioTarget target;
    private final Orgs orgs;
    private final OrgSecrets secrets;
    private final Broker broker;
    private final LedgerDatabase ledger;
    private final TwilioClients twilio;
    private final DataDisk disk;
    private ApiServer server;
    private List<HealthCheck> checks = List.of();

    /** Like the other one, with orgs whose secrets stay as they are. */
    public HandoffRuntime(Settings settings, Map<String, Org> orgs) throws Exception {
        this(settings, () -> orgs);
    }

    /**
     * Opens broker and ledger.
     *
     * @param configured reads what is configured as {@code handoff.orgs.<name>.*}, by name
     * @throws IllegalArgumentException naming the setting that makes no sense
     * @throws IllegalStateException naming the setting whose folder, broker or database cannot be used; nothing is left
     *     open
     */
    public HandoffRuntime(Settings settings, Supplier<Map<String, Org>> configured) throws Exception {
        this.settings = settings;
        try {
            check(settings);
            Map<String, Org> orgs = configured.get();
            this.target = opened.add(TwilioTarget.of(settings, orgs));
            this.orgs = target.orgs();
            this.secrets = new OrgSecrets(this.orgs, configured, Clock.systemUTC());
            warnOfMasterKeys(orgs);
            boolean embedded = BrokerSettings.isEmbedded(settings) || LedgerSettings.isEmbedded(settings);
            this.disk =
                    new DataDisk(embedded ? settings.dataDir() : null, settings.bytes("handoff.data-reserve-bytes"));
            if (embedded) {
                opened.add(DataDir.own(settings.dataDir()));
            }
            ApiServer.requireFree(settings.text("handoff.http.host"), settings.number("handoff.http.port"));
            this.ledger = opened.add(LedgerSettings.open(settings, settings.number("handoff.ledger.connections")));
            this.broker = opened.add(BrokerSettings.open(settings));
            broker.whenLost(Ending::of);
            // without room there is nothing to start for, and callers move without the ledger
            ledger.whenLost(why -> {
                if (!disk.isNearlyFull()) {
                    Ending.of(why);
                }
            });
            this.twilio = opened.add(new TwilioClients(this.orgs, target.twilio(settings), meters, secrets::readAgain));
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    private static void warnOfMasterKeys(Map<String, Org> configured) {
        configured.forEach((name, org) -> {
            if (!org.apiKeys().isEmpty()) {
                LOG.warn(
                        "handoff.orgs.{}.api-keys: a key in it opens everything, connect and dead letters too. Put the AI phone"
                                + " platform's into api-keys.events, and your own into api-keys.operate",
                        name);
            }
        });
    }

    /** What is read when all is open, or by a route, which would name itself and not the setting. */
    private static void check(Settings settings) {
        settings.duration("handoff.secrets.period");
        settings.durations("handoff.late.delays");
        settings.durations("handoff.transfer.delays");
        settings.duration("handoff.transfer.answer-budget");
        settings.duration("handoff.metrics.period");
        settings.number("handoff.events.workers");
        settings.address("handoff.enrichment.llm.base-url");
        settings.publicUrl();
        settings.flag("handoff.routes-reload");
        RouteReload.refuseCamels(settings);
    }

    /** Whether a runtime with these settings and orgs has the sandbox stand in for Twilio. */
    public static boolean isSandbox(Settings settings, Map<String, Org> orgs) {
        return TwilioTarget.isSandbox(settings, orgs);
    }

    public Broker broker() {
        return broker;
    }

    public LedgerDatabase ledger() {
        return ledger;
    }

    public TwilioClients twilio() {
        return twilio;
    }

    /** The stand-in for Twilio, when there is one. */
    public Optional<Sandbox> sandbox() {
        return target.sandbox().map(SandboxServer::sandbox);
    }

    /** What this node needs to do its work; none before it is configured. */
    public List<HealthCheck> checks() {
        return checks;
    }

    /** The API's port, once the routes are up. */
    public int port() {
        return server.getPort();
    }

    /** The address that Twilio calls: the sandbox, which is on this machine, finds it without being told. */
    private Optional<String> publicUrl() {
        return settings.publicUrl().or(() -> target.sandbox().map(sandbox -> "http://localhost:" + port()));
    }

    /** Gives a Camel context that is not started yet everything that the routes need, and the routes themselves. */
    public void configure(CamelContext context) {
        prepare(context);
        RouteFiles.load(context, settings.text("handoff.routes-dir"));
        Map<String, List<String>> needed = new HashMap<>(RouteReferences.ofSettings(settings));
        needed.putAll(UnansweredBeans.routes(orgs, settings));
        needed.putAll(TargetBeans.routes(orgs, settings));
        RouteFiles.requireReferences(context, needed);
        if (settings.flag("handoff.routes-reload")) {
            RouteReload.watch(context, settings.text("handoff.routes-dir"));
        }
    }

    /** Gives a Camel context that is not started yet everything that the routes need. */
    void prepare(CamelContext context) {
        checks = ObservabilityBeans.checks(context, broker, ledger, disk, () -> server != null && server.isListening());
        OperatorObjects.show(context);
        addBeans(context.getRegistry(), name -> StateHooks.isRoute(context, name));
        context.getRegistry().bind("stateIsAwaited", new StateHooks(context));
        CamelComponents.add(context, settings, twilio);
        HttpSettings http = HttpSettings.of(settings);
        server = new ApiServer(
                http,
                new Entrance(
                        http,
                        BodyRoom.ofHeap(http.maxBodyBytes()),
                        context.getRegistry().lookupByNameAndType("admission", Admission.class),
                        context.getRegistry().lookupByNameAndType("missedDoors", MissedDoors.class),
                        context.getRegistry().lookupByNameAndType("handoffMetrics", HandoffMetrics.class)));
        try {
            context.addService(server);
            target.mountSandbox(server.router(), server::getPort);
            EntryPages.mount(server.router(), target.sandbox().isPresent() ? "sandbox" : "api/v1", () -> settings.find(
                            "local.server.port")
                    .or(() -> settings.find("handoff.management.port")));
            context.addStartupListener(new Opening(settings, orgs, target, server, this::publicUrl));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param routes whether there is a route {@code direct:<name>} */
    private void addBeans(Registry registry, Predicate<String> routes) {
        Clock clock = Clock.systemUTC();
        ObjectMapper json = Json.mapper();
        ThreadMessages thread = new ThreadMessages(new HandoffNote());
        registry.bind("json", json);
        registry.bind("twilioClients", twilio);
        registry.bind("ledgerDatabase", ledger);
        registry.bind("broker", broker);
        registry.bind("orgSecrets", secrets);
        registry.bind("apiKeys", new ApiKeys(orgs, KeyScope.EVENTS));
        registry.bind("operatorKeys", new ApiKeys(orgs, KeyScope.OPERATE));
        Contract contract = new Contract(json);
        registry.bind("contract", contract);
        registry.bind("problems", new Problems());
        CallEvents events = new CallEvents(clock);
        registry.bind("callEvents", events);
        DeadLetters deadLetters = LateBeans.bind(registry, settings, broker, twilio, json, clock);
        Intake intake = new Intake();
        registry.bind("intake", intake);
        registry.bind("orgStates", new OrgStates(orgs, intake, deadLetters, twilio));
        registry.bind("failures", new Failures());
        registry.bind(
                "ledger",
                new Ledger(
                        settings.duration("handoff.ledger.retention"),
                        settings.duration("handoff.twilio.connect-timeout")
                                .plus(settings.duration("handoff.twilio.read-timeout")),
                        clock));
        Targets targets = TargetBeans.bind(registry, orgs, settings, routes);
        AiReservations aiReservations = new AiReservations(orgs);
        registry.bind("aiReservations", aiReservations);
        registry.bind(
                "reconciliation",
                new Reconciliation(
                        orgs.all().stream()
                                .map(Org::name)
                                .filter(targets::isFlex)
                                .toList(),
                        settings.duration("handoff.reconcile.period"),
                        aiReservations,
                        clock));
        DoorBeans.bind(registry, orgs, this::publicUrl, json, contract, events, aiReservations, clock);
        DialBeans.bind(registry, orgs, settings, targets, target.sandbox().isPresent());
        ConnectBeans.bind(registry, twilio, ledger, target.isTwilio(), clock);
        registry.bind("threadMessages", thread);
        registry.bind("flexAttributes", new FlexAttributes(json));
        registry.bind("circuits", ObservabilityBeans.circuits());
        EnrichmentBeans.bind(registry, settings, orgs, json, clock);
        ObservabilityBeans.bind(registry, meters, orgs, broker, checks, json, clock);
        UnansweredTwiml unanswered = UnansweredBeans.bind(
                registry, orgs, settings, targets::isFlex, target.sandbox().isPresent(), target::demoLadder, clock);
        registry.bind(
                "handoffView",
                new HandoffView(registry.lookupByNameAndType("unanswered", UnansweredSteps.class)::planned));
        WaitingRoom waitingRoom =
                WaitingBeans.room(registry, orgs, settings, target.sandbox().isPresent());
        Transfers transfers = new Transfers(
                orgs,
                json,
                thread,
                settings.duration("handoff.transfer.patience"),
                clock,
                waitingRoom::url,
                unanswered::leftUrl);
        registry.bind("transfers", transfers);
        registry.bind(
                "recordings",
                new Recordings(
                        registry.lookupByNameAndType("budget", Budget.class),
                        settings.duration("handoff.transfer.answer-budget"),
                        clock));
        CallBeans.bind(registry, orgs, settings, meters, ledger, json, thread, aiReservations, disk, clock);
        OutcomeBeans.bind(registry, orgs, settings, json, clock);
        WaitingBeans.bind(registry, orgs, settings, twilio, transfers, targets::isFlex, clock);
        CheckupBeans.bind(registry, orgs, twilio, transfers, target.isTwilio(), clock);
    }

    /** Closes what was opened, the last first. */
    @Override
    public void close() {
        opened.close();
    }
}
