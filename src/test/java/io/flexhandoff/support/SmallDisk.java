package io.flexhandoff.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small file system in memory that can be filled up, which only the commands see that are started by its launcher. It lasts until it is closed. On
 * Linux, where a user may have a namespace of their own.
 */
public final class SmallDisk implements AutoCloseable {

    /** For {@code @EnabledIf}. */
    public static final String CONDITION = "io.flexhandoff.support.SmallDisk#canBeHad";

    public static final String MISSING = "no user namespace can be made";

    private static final Logger LOG = LoggerFactory.getLogger(SmallDisk.class);
    private static final String READY = "ready";

    private final Path folder = TemporaryDataDir.create().toAbsolutePath();
    private final Process keeper;

    /** @param megabytes of the whole of it */
    public SmallDisk(int megabytes) throws IOException {
        keeper = new ProcessBuilder(
                        "unshare",
                        "-Urm",
                        "sh",
                        "-c",
                        "mount -t tmpfs -o size=" + megabytes + "m tmpfs " + folder + " && echo " + READY
                                + " && exec sleep 3600")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(keeper.inputReader().readLine()).isEqualTo(READY);
    }

    static boolean canBeHad() {
        try {
            boolean here = ends(List.of("unshare", "-Urm", "true")) == 0;
            if (!here) {
                LOG.warn("{}: tests with a full disk are skipped", MISSING);
            }
            return here;
        } catch (IOException e) {
            return false;
        }
    }

    /** What stands before a command that is to see it. */
    public List<String> launcher() {
        return List.of(
                "nsenter",
                "--target",
                String.valueOf(keeper.pid()),
                "--user",
                "--mount",
                "--preserve-credentials",
                "--wd=.");
    }

    /** Where it is, for the commands of the launcher. */
    public Path folder() {
        return folder;
    }

    /** Takes all the room that is left. */
    public void fill() throws IOException {
        run("dd", "if=/dev/zero", "of=" + ballast(), "bs=4k", "status=none");
    }

    /** Gives that room back. */
    public void free() throws IOException {
        assertThat(run("rm", ballast().toString())).isZero();
    }

    private Path ballast() {
        return folder.resolve("ballast");
    }

    private int run(String... command) throws IOException {
        List<String> whole = new ArrayList<>(launcher());
        whole.addAll(List.of(command));
        return ends(whole);
    }

    private static int ends(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        keeper.destroyForcibly();
        Files.deleteIfExists(folder);
    }
}
