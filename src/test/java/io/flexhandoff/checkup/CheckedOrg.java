package io.flexhandoff.checkup;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.twilio.http.TwilioRestClient;
import io.flexhandoff.connect.Connect;
import io.flexhandoff.door.DoorUrls;
import io.flexhandoff.flex.Transfers;
import io.flexhandoff.org.AiWorker;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.sandbox.SandboxServer;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.sandbox.twilio.SandboxAccount;
import io.flexhandoff.thread.HandoffNote;
import io.flexhandoff.thread.ThreadMessages;
import io.flexhandoff.twilio.TwilioClients;
import io.flexhandoff.twilio.TwilioSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** The org acme, well connected to an account of a sandbox, with the org globex beside it. Each checkup reads the account anew. */
final class CheckedOrg implements AutoCloseable {

    static final SandboxAccount ACCOUNT = SandboxAccount.named("acme", "acme-token-8f3a");
    static final Org ACME = new Org(
            "acme",
            ACCOUNT.accountSid(),
            ACCOUNT.authToken(),
            ACCOUNT.workspaceSid(),
            ACCOUNT.workflowSid(),
            ACCOUNT.conversationsServiceSid(),
            ACCOUNT.aiQueueSid(),
            ACCOUNT.humanQueueSid(),
            List.of("acme-key"),
            "acme-webhook-5c1d",
            new AiWorker(ACCOUNT.aiWorkerSid(), null, null),
            null);

    private static final SandboxAccount OTHER = SandboxAccount.named("globex", "globex-token-2b7c");
    private static final Org GLOBEX = new Org(
            "globex",
            OTHER.accountSid(),
            OTHER.authToken(),
            OTHER.workspaceSid(),
            OTHER.workflowSid(),
            OTHER.conversationsServiceSid(),
            null,
            null,
            List.of("globex-key"),
            "globex-webhook",
            null,
            null);

    private final SandboxServer server = new SandboxServer(0, ACCOUNT, OTHER);
    private final TwilioClients clients = clients(ACME);
    final PublicServer publicServer = new PublicServer();

    CheckedOrg() throws IOException {
        publicServer.isTheApplicationOf(ACME);
        server.sandbox()
                .connect(ACME.accountSid(), urls(ACME, publicServer.url()).webhook("acme"));
    }

    Sandbox sandbox() {
        return server.sandbox();
    }

    /** The account's administrator, with Twilio's SDK. */
    TwilioRestClient admin() {
        return clients.forOrg("acme");
    }

    CheckupReport checkup() throws IOException {
        return checkup(ACME, publicServer.url());
    }

    CheckupReport checkup(UnaryOperator<Org> setting) throws IOException {
        return checkup(setting.apply(ACME), publicServer.url());
    }

    CheckupReport checkup(Org org, String publicUrl) throws IOException {
        return checkup(org, publicUrl, false);
    }

    CheckupReport checkup(Org org, String publicUrl, boolean realTwilio) throws IOException {
        Orgs orgs = orgs(org);
        try (TwilioClients fresh = clients(org)) {
            Transfers transfers = new Transfers(
                    orgs,
                    JsonMapper.builder().build(),
                    new ThreadMessages(new HandoffNote()),
                    Duration.ZERO,
                    Clock.systemUTC());
            return Checks.all(fresh, orgs, urls(org, publicUrl), transfers, realTwilio, null, Clock.systemUTC())
                    .run("acme");
        }
    }

    /** Connect, of the same org. */
    Connect connect(Supplier<DataSource> ledger, Clock clock) {
        return new Connect(clients, urls(ACME, publicServer.url()), ledger, clock, false);
    }

    private static Orgs orgs(Org org) {
        return new Orgs(Map.of("acme", org, "globex", GLOBEX));
    }

    private static DoorUrls urls(Org org, String publicUrl) {
        return new DoorUrls(orgs(org), () -> Optional.ofNullable(publicUrl));
    }

    private TwilioClients clients(Org org) {
        return new TwilioClients(orgs(org), TwilioSettings.at(URI.create(server.twilioUrl())));
    }

    @Override
    public void close() throws IOException {
        clients.close();
        server.close();
        publicServer.close();
    }
}
