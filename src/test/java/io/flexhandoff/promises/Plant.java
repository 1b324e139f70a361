package io.flexhandoff.promises;

import com.twilio.http.TwilioRestClient;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.sandbox.Sandbox;
import io.flexhandoff.sandbox.SandboxAccount;
import io.flexhandoff.sandbox.SandboxServer;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffProcess;
import io.flexhandoff.support.SandboxOrg;
import io.flexhandoff.twilio.TwilioClients;
import io.flexhandoff.twilio.TwilioSettings;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** A Twilio with the orgs acme and globex that outlives the application, and the application in a process beside it. */
final class Plant implements AutoCloseable {

    static final List<String> ORGS = List.of("acme", "globex");

    private final Map<String, SandboxAccount> accounts =
            ORGS.stream().collect(Collectors.toMap(name -> name, name -> SandboxAccount.named(name, name + "-token")));
    private final SandboxServer twilio =
            new SandboxServer(0, ORGS.stream().map(accounts::get).toArray(SandboxAccount[]::new));
    private final AtomicLong asked = new AtomicLong();
    private final TwilioClients clients;
    private final HandoffProcess application;

    /** @param program the class to run, under the test's class path */
    Plant(Class<?> program, Map<String, String> settings) throws IOException {
        twilio.sandbox().filter(request -> {
            asked.incrementAndGet();
            request.next();
        });
        clients = new TwilioClients(
                new Orgs(ORGS.stream().collect(Collectors.toMap(name -> name, this::org))),
                TwilioSettings.at(URI.create(twilio.twilioUrl())));
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("handoff.twilio.base-url", twilio.twilioUrl());
        for (String name : ORGS) {
            SandboxAccount account = accounts.get(name);
            String prefix = "handoff.orgs." + name + ".";
            all.put(prefix + "account-sid", account.accountSid());
            all.put(prefix + "auth-token", account.authToken());
            all.put(prefix + "workspace-sid", account.workspaceSid());
            all.put(prefix + "workflow-sid", account.workflowSid());
            all.put(prefix + "conversations-service-sid", account.conversationsServiceSid());
            all.put(prefix + "api-keys", name + "-key");
        }
        application = new HandoffProcess(all, "-cp", classPath(), program.getName());
    }

    private Org org(String name) {
        return SandboxOrg.of(accounts.get(name), name + "-key");
    }

    /** As absolute paths: the process runs in a folder of its own. */
    private static String classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    HandoffProcess application() {
        return application;
    }

    Sandbox twilio() {
        return twilio.sandbox();
    }

    /** How many requests Twilio has got so far. */
    long asked() {
        return asked.get();
    }

    SandboxAccount account(String org) {
        return accounts.get(org);
    }

    TwilioRestClient client(String org) {
        return clients.forOrg(org);
    }

    ApiClient api(String org) {
        return new ApiClient(application.port(), org, org + "-key");
    }

    @Override
    public void close() throws IOException {
        application.close();
        clients.close();
        twilio.close();
    }
}
