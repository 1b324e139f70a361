package io.flexhandoff.runtime;

import io.flexhandoff.checkup.Checkup;
import io.flexhandoff.door.DoorUrls;
import io.flexhandoff.ledger.LedgerDatabase;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.twilio.TwilioClients;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What a command needs of the application, which may be running beside it: the settings, the orgs and their Twilio
 * clients, and the ledger once it is asked for. No broker, no routes, no port.
 */
public final class CommandRuntime implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CommandRuntime.class);

    /** One for the command, one for Flyway. */
    private static final int CONNECTIONS = 2;

    private final Settings settings;
    private final Map<String, Org> configured;
    private final Orgs orgs;
    private final boolean sandbox;
    private final Opened opened = new Opened(LOG, Level.DEBUG);
    private TwilioClients twilio;
    private boolean realTwilio;
    private LedgerDatabase ledger;

    /**
     * @param configured what is configured as {@code handoff.orgs.<name>.*}, by name
     * @throws IllegalArgumentException naming the setting that makes no sense
     */
    public CommandRuntime(Settings settings, Map<String, Org> configured) {
        this.settings = settings;
        this.configured = configured;
        settings.publicUrl();
        this.orgs = TwilioTarget.orgs(settings, configured);
        this.sandbox = TwilioTarget.isSandbox(settings, configured);
        if (!sandbox) {
            TwilioTarget target = opened.add(TwilioTarget.of(settings, configured));
            realTwilio = target.isTwilio();
            twilio = opened.add(new TwilioClients(orgs, target.twilio(settings)));
        }
    }

    /** Clients for orgs whose settings are still looked for. @throws IllegalArgumentException naming the setting that makes no sense */
    public static TwilioClients twilio(Settings settings, Orgs orgs) {
        return new TwilioClients(orgs, TwilioTarget.outside(settings));
    }

    public Settings settings() {
        return settings;
    }

    public Orgs orgs() {
        return orgs;
    }

    /**
     * The org of that name.
     *
     * @throws IllegalArgumentException naming the orgs that there are
     */
    public Org org(String name) {
        return orgs.find(name)
                .orElseThrow(() -> new IllegalArgumentException("There is no org " + name + "; configured: "
                        + orgs.all().stream().map(Org::name).collect(Collectors.joining(", "))));
    }

    /** Whether Twilio is played by the sandbox, which lives inside the running application and nowhere else. */
    public boolean isSandbox() {
        return sandbox;
    }

    /** @throws IllegalStateException in the sandbox, which only the application itself reaches */
    public TwilioClients twilio() {
        if (sandbox) {
            throw new IllegalStateException("The sandbox is inside the application");
        }
        return twilio;
    }

    /** Whether the accounts are Twilio's own. */
    public boolean isTwilio() {
        return realTwilio;
    }

    public DoorUrls doorUrls() {
        return new DoorUrls(orgs, settings::publicUrl);
    }

    /**
     * Looks for what would end a start, without one; see {@link Validation}.
     *
     * @param context neither started nor configured yet; it is closed
     * @throws Exception what would end it
     */
    public Validation validate(CamelContext context) throws Exception {
        return Validation.of(settings, configured, context);
    }

    /**
     * The checkup of an org, without what only the running application knows.
     *
     * @throws IllegalStateException in the sandbox, see {@link #twilio()}
     */
    public Checkup checkup() {
        return CheckupBeans.outside(twilio(), orgs, doorUrls(), realTwilio);
    }

    /**
     * The ledger; empty when it is the embedded one and another process, the application, has it.
     *
     * @throws IllegalStateException naming the setting, when it cannot be opened
     */
    public Optional<LedgerDatabase> ledger() {
        if (ledger == null) {
            try {
                if (LedgerSettings.isEmbedded(settings)) {
                    opened.add(DataDir.own(settings.dataDir()));
                }
            } catch (DataDir.Taken byTheApplication) {
                return Optional.empty();
            }
            ledger = opened.add(LedgerSettings.open(settings, CONNECTIONS));
        }
        return Optional.of(ledger);
    }

    @Override
    public void close() {
        opened.close();
    }
}
