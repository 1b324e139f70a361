package io.flexhandoff.bench.lab;

import io.flexhandoff.support.ArtemisProcess;
import io.flexhandoff.support.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/**
 * What a product has for itself: a folder, and where it is asked for a database on a PostgreSQL and a broker, both in processes
 * beside it.
 */
final class Beside implements AutoCloseable {

    private static int databases;

    private final Map<String, String> settings = new HashMap<>();
    private final Path folder;
    private ArtemisProcess artemis;

    Beside(Settings.Product product, Path folder) throws IOException {
        this.folder = folder;
        settings.put("handoff.data-dir", folder.toString());
        if (product.postgres()) {
            settings.putAll(PostgresServer.settings("bench" + ++databases));
        }
        if (product.artemis()) {
            artemis = new ArtemisProcess();
            settings.putAll(artemis.settings());
        }
    }

    /** What makes the product use them. */
    Map<String, String> settings() {
        return settings;
    }

    @Override
    public void close() {
        if (artemis != null) {
            artemis.close();
        }
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
