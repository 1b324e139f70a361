package io.flexhandoff.bench.engines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** One engine in a JVM of its own, with a data directory of its own. */
record ServerProcess(String engine, Process process, URI address) {

    static ServerProcess start(String engine) throws IOException {
        int port = freePort();
        Path home = Files.createDirectories(Path.of("target", "engines", engine));
        Path data = Files.createTempDirectory(home, "data");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dengine.port=" + port,
                        "-Dspring.profiles.active=" + engine,
                        "-Dengine.data=" + data,
                        "-classpath",
                        System.getProperty("java.class.path"),
                        EngineServer.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("server.log").toFile())
                .start();
        return new ServerProcess(engine, process, URI.create("http://localhost:" + port));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Processor time used so far, user and system, in seconds. */
    double cpuSeconds() {
        return process.info().totalCpuDuration().orElseThrow().toMillis() / 1000.0;
    }

    /** {@code VmRSS} (resident now) or {@code VmHWM} (its peak) in MiB, as Linux counts it; 0 on other systems. */
    long memory(String field) {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (Files.notExists(status)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith(field + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
