package io.flexhandoff.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The folder {@code handoff.data-dir} while this process owns it. The lock is the operating system's: it ends with the
 * process, however that ends. Broker and database lock their own files too, but would let a second process wait.
 */
final class DataDir implements AutoCloseable {

    private final FileChannel lockFile;

    private DataDir(FileChannel lockFile) {
        this.lockFile = lockFile;
    }

    /**
     * Makes the folder if need be and owns it until {@link #close()}.
     *
     * @throws Taken naming the setting, when another process owns the folder
     * @throws IllegalStateException naming the setting, when it cannot be written
     */
    static DataDir own(Path folder) {
        try {
            FileChannel lockFile = FileChannel.open(
                    Files.createDirectories(folder).resolve("lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            if (isLocked(lockFile)) {
                return new DataDir(lockFile);
            }
            lockFile.close();
        } catch (IOException e) {
            throw new IllegalStateException("handoff.data-dir: cannot write to " + folder + ", " + e, e);
        }
        throw new Taken("handoff.data-dir: another process is running on " + folder
                + "; stop it, or give each process a folder of its own");
    }

    private static boolean isLocked(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }

    /** Another process owns the folder. */
    static final class Taken extends IllegalStateException {
        private Taken(String message) {
            super(message);
        }
    }
}
