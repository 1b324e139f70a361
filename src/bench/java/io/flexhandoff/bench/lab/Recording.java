package io.flexhandoff.bench.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Flight Recorder at work in a server. */
record Recording(Child process, Path file) {

    private static final String NAME = "bench";

    static Recording start(Child process, Path file) throws IOException {
        Recording recording = new Recording(process, file);
        recording.tell(
                "JFR.start",
                "name=" + NAME,
                "settings=profile",
                "filename=" + file,
                "jdk.ThreadPark#threshold=1ms",
                "jdk.JavaMonitorEnter#threshold=1ms",
                "jdk.JavaMonitorWait#threshold=1ms",
                "jdk.SocketRead#threshold=1ms",
                "jdk.FileForce#threshold=1ms",
                "jdk.FileWrite#threshold=1ms");
        return recording;
    }

    private void tell(String command, String... options) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        String[] words = new String[options.length + 3];
        words[0] = jcmd;
        words[1] = Long.toString(process.process().pid());
        words[2] = command;
        System.arraycopy(options, 0, words, 3, options.length);
        Process asked = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        file.resolveSibling("jcmd.log").toFile()))
                .start();
        try {
            if (!asked.waitFor(1, TimeUnit.MINUTES) || asked.exitValue() != 0) {
                throw new IOException(command + " fails, see " + file.resolveSibling("jcmd.log"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command + " was interrupted", e);
        }
    }

    void stop() throws IOException {
        tell("JFR.stop", "name=" + NAME);
    }
}
