package io.flexhandoff.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** What {@code connect --discover} is told, and then does not ask for. */
final class DiscoverOptions {

    @Option(names = "--account", paramLabel = "AC...", description = "SID of the account.")
    String account;

    @Option(
            names = "--api-key",
            paramLabel = "SK...",
            description = "SID of an API key that requests are made with, in place of the auth token.")
    String apiKey;

    @Option(
            names = "--oauth-client",
            paramLabel = "ID",
            description = "Client of an OAuth app that requests are made with, in place of the auth token.")
    String oauthClient;

    @Option(
            names = "--signing-key",
            paramLabel = "NAME",
            description = "Name of the shared key that signs what Twilio calls, where there is no auth token.")
    String signingKey;

    @Option(names = "--region", paramLabel = "REGION", description = "Region of the account, such as ie1.")
    String region;

    @Option(names = "--edge", paramLabel = "EDGE", description = "Edge by which the region is reached, such as dublin.")
    String edge;

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = "Address under which Twilio will reach the application.")
    String publicUrl;

    @Option(names = "--workspace", paramLabel = "WS...", description = "TaskRouter workspace.")
    private String workspace;

    @Option(names = "--workflow", paramLabel = "WW...", description = "Workflow that takes the calls.")
    private String workflow;

    @Option(names = "--human-queue", paramLabel = "WQ...", description = "Task queue of the reps.")
    private String humanQueue;

    @Option(
            names = "--ai-queue",
            paramLabel = "WQ...",
            description = "Task queue of the AI, when calls come through Flex, or none.")
    private String aiQueue;

    @Option(names = "--service", paramLabel = "IS...", description = "Conversations service.")
    private String service;

    @Option(
            names = "--secrets-dir",
            paramLabel = "FOLDER",
            description =
                    "Where secrets stand, a file for each; keys of the org's own are made there. Without it they are"
                            + " environment variables.")
    Path secretsDir;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            defaultValue = DEFAULT_FILE,
            description = "File that is written, ${DEFAULT-VALUE} by default.")
    Path file = Path.of(DEFAULT_FILE);

    private static final String DEFAULT_FILE = "config/application-orgs.yaml";

    /** SIDs by the name of the option. */
    Map<String, String> sids() {
        Map<String, String> given = new LinkedHashMap<>();
        put(given, "--workspace", workspace);
        put(given, "--workflow", workflow);
        put(given, "--human-queue", humanQueue);
        put(given, "--ai-queue", aiQueue);
        put(given, "--service", service);
        return given;
    }

    private static void put(Map<String, String> given, String option, String value) {
        if (value != null) {
            given.put(option, value.strip());
        }
    }
}
