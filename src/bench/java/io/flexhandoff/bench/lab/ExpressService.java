package io.flexhandoff.bench.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a team would write instead: a small Express service with the official twilio-node client.
 *
 * @param source folder with its {@code baseline.mjs} and {@code package.json}
 * @param copy where it is installed, once
 */
record ExpressService(Path source, Path copy) {

    static final String READY = "baseline up";

    private static final String PROGRAM = "baseline.mjs";

    /** Why it cannot run here, if so. */
    Optional<String> missing() {
        if (!Files.isReadable(source.resolve(PROGRAM))) {
            return Optional.of(source + " has no " + PROGRAM);
        }
        try {
            return run(List.of("node", "--version")) ? Optional.empty() : Optional.of("node does not run");
        } catch (IOException e) {
            return Optional.of("node is not there");
        }
    }

    Child start(Path logs, String run, int port, String twilioUrl) throws IOException {
        Files.createDirectories(copy);
        for (String file : List.of(PROGRAM, "package.json")) {
            Files.copy(source.resolve(file), copy.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (Files.notExists(copy.resolve("node_modules"))
                && !run(List.of("npm", "install", "--no-fund", "--no-audit"))) {
            throw new IOException("npm install fails in " + copy);
        }
        return Child.start(
                run,
                logs,
                List.of(
                        "node",
                        copy.resolve(PROGRAM).toString(),
                        "--port",
                        Integer.toString(port),
                        "--twilio",
                        twilioUrl));
    }

    private boolean run(List<String> command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        if (Files.isDirectory(copy)) {
            builder.directory(copy.toFile());
        }
        Process process = builder.start();
        try {
            return process.waitFor(5, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
