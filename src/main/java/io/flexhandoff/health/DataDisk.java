package io.flexhandoff.health;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether the disk of the embedded broker and database has room left. They end when it has none, so a node refuses requests before: those
 * that may wait first.
 */
public final class DataDisk implements HealthCheck {

    private static final long MEGABYTE = 1 << 20;

    /** Every request asks. */
    private static final long FRESH_NANOS = 500_000_000;

    private final Path folder;
    private final long reserve;
    private volatile long lookedAt;
    private volatile long free = Long.MAX_VALUE;

    /**
     * @param folder {@code handoff.data-dir}, or {@code null} when broker and ledger run elsewhere: then there is always room
     * @param reserve bytes that stay free
     */
    public DataDisk(Path folder, long reserve) {
        this.folder = folder;
        this.reserve = reserve;
        this.lookedAt = System.nanoTime() - FRESH_NANOS;
    }

    /** Bytes that this process could still write, as of half a second ago at most; {@link Long#MAX_VALUE} when nothing is written here. */
    public long free() {
        long now = System.nanoTime();
        if (folder != null && now - lookedAt >= FRESH_NANOS) {
            lookedAt = now;
            free = look();
        }
        return free;
    }

    private long look() {
        try {
            FileStore disk = Files.getFileStore(folder);
            return disk.isReadOnly() ? 0 : disk.getUsableSpace();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Whether the reserve is touched. */
    public boolean isLow() {
        return free() < reserve;
    }

    /** Whether half of the reserve is used up. */
    public boolean isNearlyFull() {
        return free() < reserve / 2;
    }

    @Override
    public String part() {
        return "disk";
    }

    @Override
    public Optional<String> trouble() {
        return isLow()
                ? Optional.of("The disk of handoff.data-dir has " + free() / MEGABYTE
                        + " MB left, of which handoff.data-reserve-bytes keeps " + reserve / MEGABYTE
                        + " free: requests are refused")
                : Optional.empty();
    }
}
