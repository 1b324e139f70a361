package io.flexhandoff.runtime;

import io.flexhandoff.door.DoorUrls;
import io.flexhandoff.org.AiWorker;
import io.flexhandoff.org.KeyScope;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.org.TwilioLogin;
import io.flexhandoff.sandbox.SandboxServer;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.sandbox.twilio.SandboxAccount;
import io.flexhandoff.twilio.TwilioSettings;
import io.flexhandoff.twilio.WebhookSigning;
import io.flexhandoff.unanswered.Ladder;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where Twilio is: at Twilio, at {@code handoff.twilio.base-url}, or in the sandbox, which the application starts itself
 * while no org is configured.
 */
final class TwilioTarget implements AutoCloseable {

    private static final String DEMO_ORG = "demo";
    private static final String DEMO_KEY = "demo-key";

    /** How long a caller of the demo waits before each step, when nobody is to answer. */
    private static final Duration DEMO_PATIENCE = Duration.ofSeconds(10);
    /** Where the sandbox redirects a call that TaskRouter offers to the AI; it plays the AI phone itself. */
    private static final String DEMO_AI_PHONE = "https://ai-phone.example/voice";

    private static final Duration SANDBOX_TOKEN_LIFE = Duration.ofHours(1);

    private final Orgs orgs;
    private final URI baseUrl;
    private final SandboxServer sandbox;

    private TwilioTarget(Orgs orgs, URI baseUrl, SandboxServer sandbox) {
        this.orgs = orgs;
        this.baseUrl = baseUrl;
        this.sandbox = sandbox;
    }

    /** @throws IllegalArgumentException when there is neither an org nor a sandbox */
    static TwilioTarget of(Settings settings, Map<String, Org> configured) {
        Orgs orgs = orgs(settings, configured);
        if (!isSandbox(settings, configured)) {
            return new TwilioTarget(
                    orgs, settings.address("handoff.twilio.base-url").orElse(null), null);
        }
        SandboxServer server = new SandboxServer(
                0, orgs.all().stream().map(TwilioTarget::account).toArray(SandboxAccount[]::new));
        orgs.all().forEach(org -> allow(org, server.sandbox()));
        return new TwilioTarget(orgs, URI.create(server.twilioUrl()), server);
    }

    private static void allow(Org org, Sandbox sandbox) {
        TwilioLogin login = org.access().login();
        if (login.isApiKey()) {
            sandbox.logins().allow(org.accountSid(), login.apiKeySid(), login.apiKeySecret());
        }
        if (login.isOauthClient()) {
            sandbox.logins()
                    .allowClient(
                            org.accountSid(), login.oauthClientId(), login.oauthClientSecret(), SANDBOX_TOKEN_LIFE);
        }
    }

    /** Whether the application starts a sandbox and sends everything there. */
    static boolean isSandbox(Settings settings, Map<String, Org> configured) {
        String wish = settings.text("handoff.sandbox.enabled");
        return switch (wish) {
            case "auto" -> configured.isEmpty();
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new IllegalArgumentException(
                        "handoff.sandbox.enabled must be auto, true or false, not '" + wish + "'");
        };
    }

    /**
     * The configured orgs, or the one of the sandbox.
     *
     * @throws IllegalArgumentException when there is neither an org nor a sandbox
     */
    static Orgs orgs(Settings settings, Map<String, Org> configured) {
        if (configured.isEmpty() && !isSandbox(settings, configured)) {
            throw new IllegalArgumentException("handoff.sandbox.enabled is " + settings.text("handoff.sandbox.enabled")
                    + ", and no org is configured: set it to auto, or configure one as config/orgs.example.yaml shows");
        }
        return new Orgs(configured.isEmpty() ? Map.of(DEMO_ORG, demoOrg()) : configured);
    }

    private static Org demoOrg() {
        SandboxAccount account = SandboxAccount.demo();
        return new Org(
                DEMO_ORG,
                account.accountSid(),
                account.authToken(),
                account.workspaceSid(),
                account.workflowSid(),
                account.conversationsServiceSid(),
                account.aiQueueSid(),
                account.humanQueueSid(),
                List.of(DEMO_KEY),
                DEMO_ORG,
                new AiWorker(account.aiWorkerSid(), "redirect", DEMO_AI_PHONE),
                null);
    }

    private static SandboxAccount account(Org org) {
        return new SandboxAccount(
                org.accountSid(),
                org.authToken(),
                org.workspaceSid(),
                org.workflowSid(),
                org.conversationsServiceSid(),
                org.aiQueueSid(),
                org.humanQueueSid(),
                org.aiWorker().sid());
    }

    Orgs orgs() {
        return orgs;
    }

    /** Whether it is Twilio itself. */
    boolean isTwilio() {
        return baseUrl == null;
    }

    /** How Twilio is reached, wherever it is. */
    TwilioSettings twilio(Settings settings) {
        return twilio(settings, baseUrl);
    }

    private static TwilioSettings twilio(Settings settings, URI baseUrl) {
        return new TwilioSettings(
                baseUrl,
                settings.duration("handoff.twilio.connect-timeout"),
                settings.duration("handoff.twilio.read-timeout"),
                settings.number("handoff.twilio.max-connections"),
                settings.duration("handoff.twilio.breaker-wait"));
    }

    /** How Twilio is reached by the settings alone, sandbox or not. */
    static TwilioSettings outside(Settings settings) {
        return twilio(settings, settings.address("handoff.twilio.base-url").orElse(null));
    }

    Optional<SandboxServer> sandbox() {
        return Optional.ofNullable(sandbox);
    }

    /** What is done for a caller of the demo whom nobody is to answer, soon enough to be watched; nothing for any other. */
    Optional<Ladder> demoLadder(String callSid) {
        return sandbox != null && sandbox.sandbox().isUnanswered(callSid)
                ? Optional.of(new Ladder(
                        List.of(DEMO_PATIENCE),
                        List.of(Ladder.OTHER_QUEUE, Ladder.CALLBACK),
                        null,
                        "second level",
                        SandboxAccount.demo().workflowSid(),
                        "default"))
                : Optional.empty();
    }

    /**
     * Shows the sandbox's page on the API port; its demo calls go through the public API like those of anybody.
     *
     * @param port of the API, known once it is open
     */
    void mountSandbox(Router router, Supplier<Integer> port) {
        if (sandbox != null) {
            Org org = orgs.all().iterator().next();
            sandbox.mount(
                    router,
                    () -> URI.create("http://localhost:" + port.get() + "/api/v1"),
                    org.name(),
                    org.keysFor(KeyScope.EVENTS).get(0));
        }
    }

    /** Lets the sandbox, if there is one, post each org's events to the org's webhook URL, signed with the first of its signing keys if any. */
    void connectSandbox(DoorUrls urls) {
        if (sandbox != null) {
            orgs.all().stream().filter(org -> urls.isKnown(org.name())).forEach(org -> {
                sandbox.sandbox().connect(org.accountSid(), urls.webhook(org.name()));
                sandbox.sandbox().connectRelay(org.accountSid(), urls.voice(org.name(), "connect-action"));
                org.access().signingKeys().entrySet().stream().findFirst().ifPresent(key -> sandbox.sandbox()
                        .sign(org.accountSid(), WebhookSigning.withSharedKey(key.getKey(), key.getValue())));
            });
        }
    }

    @Override
    public void close() {
        if (sandbox != null) {
            sandbox.close();
        }
    }
}
