package io.flexhandoff.command;

import io.flexhandoff.FlexHandoffApplication;
import io.flexhandoff.runtime.CommandRuntime;
import io.flexhandoff.runtime.HandoffRuntime;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/**
 * {@code train}: what a JVM has to see that writes an archive for faster starts ({@code -XX:ArchiveClassesAtExit}, or {@code
 * -XX:AOTCacheOutput} since Java 25). It needs no network, and keeps nothing.
 */
@Command(
        name = "train",
        description = "Starts the application with its sandbox on free ports, hands calls over, and ends.",
        footer = {"", "For a JVM that writes an archive for faster starts: see \"Start faster\" in src/docs/run.md."})
final class TrainCommand implements Callable<Integer> {

    /** A call has ten segments: enough of them for Java 25 to learn which methods are hot. */
    private static final int SEGMENTS = 10;

    private static final int AT_ONCE = 8;

    @ParentCommand
    private Commands commands;

    @Option(
            names = "--calls",
            defaultValue = "20",
            paramLabel = "NUMBER",
            description = "How many calls are handed over, of ${DEFAULT-VALUE} by default.")
    private int calls;

    @Override
    public Integer call() throws Exception {
        try (CommandRuntime runtime = commands.runtime()) {
            if (!runtime.isSandbox() || !runtime.orgs().find("demo").isPresent()) {
                throw new IllegalStateException(
                        "handoff.orgs: an org is configured here, and what is rehearsed is the sandbox's");
            }
        }
        Path folder = Files.createTempDirectory("flex-handoff-train");
        try (ConfigurableApplicationContext application = SpringApplication.run(
                FlexHandoffApplication.class,
                "--handoff.data-dir=" + folder,
                "--handoff.http.host=127.0.0.1",
                "--handoff.http.port=0",
                "--handoff.management.port=0")) {
            int port = application.getBean(HandoffRuntime.class).port();
            new Rehearsal(URI.create("http://localhost:" + port)).handOver(calls, SEGMENTS, AT_ONCE);
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
        return 0;
    }
}
