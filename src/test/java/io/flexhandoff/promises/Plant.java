package io.flexhandoff.promises;

import com.twilio.http.TwilioRestClient;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.sandbox.SandboxServer;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.sandbox.twilio.SandboxAccount;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffProcess;
import io.flexhandoff.support.SandboxOrg;
import io.flexhandoff.support.TestClassPath;
import io.flexhandoff.twilio.TwilioClients;
import io.flexhandoff.twilio.TwilioSettings;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Twilio with the orgs acme and globex that outlives the application, and the application's nodes, each in a process
 * beside it.
 */
final class Plant implements AutoCloseable {

    static final List<String> ORGS = List.of("acme", "globex");

    private final Map<String, SandboxAccount> accounts =
            ORGS.stream().collect(Collectors.toMap(name -> name, name -> SandboxAccount.named(name, name + "-token")));
    private final SandboxServer twilio =
            new SandboxServer(0, ORGS.stream().map(accounts::get).toArray(SandboxAccount[]::new));
    private final AtomicLong asked = new AtomicLong();
    private final AtomicInteger turn = new AtomicInteger();
    private final TwilioClients clients;
    private final List<HandoffProcess> nodes = new ArrayList<>();

    /** Of one node. @param program the class to run, under the test's class path */
    Plant(Class<?> program, Map<String, String> settings, String... jvm) throws IOException {
        this(List.of(program), settings, jvm);
    }

    /** Of one node. @param launcher a command that starts the node's in its own place */
    Plant(List<String> launcher, Class<?> program, Map<String, String> settings, String... jvm) throws IOException {
        this(launcher, List.of(program), settings, jvm);
    }

    /**
     * @param programs of each node the class to run, under the test's class path
     * @param jvm arguments of each JVM
     */
    Plant(List<Class<?>> programs, Map<String, String> settings, String... jvm) throws IOException {
        this(List.of(), programs, settings, jvm);
    }

    private Plant(List<String> launcher, List<Class<?>> programs, Map<String, String> settings, String... jvm)
            throws IOException {
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
        for (Class<?> program : programs) {
            nodes.add(new HandoffProcess(
                    launcher,
                    all,
                    Stream.concat(Stream.of(jvm), Stream.of("-cp", TestClassPath.absolute(), program.getName()))
                            .toArray(String[]::new)));
        }
    }

    private Org org(String name) {
        return SandboxOrg.of(accounts.get(name), name + "-key");
    }

    /** The only node. */
    HandoffProcess application() {
        return nodes.get(0);
    }

    List<HandoffProcess> nodes() {
        return nodes;
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

    /** The API at the next node, as behind a load balancer that knows nothing of their health. */
    ApiClient api(String org) {
        HandoffProcess node = nodes.get(Math.floorMod(turn.getAndIncrement(), nodes.size()));
        return new ApiClient(node.port(), org, org + "-key");
    }

    @Override
    public void close() throws IOException {
        for (HandoffProcess node : nodes) {
            node.close();
        }
        clients.close();
        twilio.close();
    }
}
