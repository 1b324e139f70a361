package io.flexhandoff.support;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real nginx, of Debian's package {@code nginx}, before the application. Where there is none its tests are skipped, or fail when
 * {@code HANDOFF_NGINX_REQUIRED} is {@code true} (environment or system property).
 */
public final class Nginx implements AutoCloseable {

    /** For {@code @EnabledIf}. */
    public static final String CONDITION = "io.flexhandoff.support.Nginx#isThereOrRequired";

    public static final String MISSING = "There is no nginx in /usr/sbin";

    private static final Path PROGRAM = Path.of("/usr/sbin/nginx");
    private static final Logger LOG = LoggerFactory.getLogger(Nginx.class);

    private final Process process;
    private final int port;

    /** Whether the test is to run: condition of JUnit's {@code @EnabledIf}. */
    static boolean isThereOrRequired() {
        String name = "HANDOFF_NGINX_REQUIRED";
        boolean runs =
                Boolean.parseBoolean(System.getProperty(name, System.getenv(name))) || Files.isExecutable(PROGRAM);
        if (!runs) {
            LOG.warn("{}: tests behind it are skipped", MISSING);
        }
        return runs;
    }

    /**
     * @param folder for its files
     * @param locations the {@code location} blocks of its one server
     */
    public Nginx(Path folder, String locations) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path configuration = Files.writeString(
                folder.resolve("nginx.conf"), """
                daemon off;
                pid %1$s/nginx.pid;
                error_log stderr;
                events {}
                http {
                  access_log off;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  server {
                    listen 127.0.0.1:%2$d;
                    %3$s
                  }
                }
                """.formatted(folder.toAbsolutePath(), port, locations));
        process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "-p",
                        folder.toString(),
                        "-c",
                        configuration.toAbsolutePath().toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.log").toFile())
                .start();
        await().until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException(Files.readString(folder.resolve("nginx.log")));
            }
            return listens();
        });
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
