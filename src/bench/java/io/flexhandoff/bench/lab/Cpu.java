package io.flexhandoff.bench.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Processor time used so far, user and system, seconds.
 *
 * @param server the system under test, 0 when it is none
 * @param twilio the stand-in
 * @param load this process
 * @param machine everything on the machine, as Linux counts it; 0 on other systems
 */
public record Cpu(double server, double twilio, double load, double machine) {

    private static final Path STAT = Path.of("/proc/stat");
    /** {@code USER_HZ}, the same on all of Linux's usual architectures. */
    private static final double TICKS = 100;
    /** Columns of {@code /proc/stat} that are idle time, or contained in another column. */
    private static final int IDLE = 4;

    private static final int IO_WAIT = 5;
    private static final int GUEST = 9;

    static Cpu now(Server server, Twilio twilio) {
        return new Cpu(
                server.process() == null ? 0 : server.process().cpuSeconds(),
                twilio.process().cpuSeconds(),
                Child.cpuSeconds(ProcessHandle.current()),
                machineSeconds());
    }

    Cpu since(Cpu before) {
        return new Cpu(server - before.server, twilio - before.twilio, load - before.load, machine - before.machine);
    }

    /** What nobody here has used: processes that disturb the measurement, the system under test's database or broker. */
    public double others() {
        return Math.max(0, machine - server - twilio - load);
    }

    private static double machineSeconds() {
        if (Files.notExists(STAT)) {
            return 0;
        }
        try {
            String[] columns = Files.readAllLines(STAT).get(0).split("\\s+");
            double ticks = 0;
            for (int column = 1; column < Math.min(columns.length, GUEST); column++) {
                ticks += column == IDLE || column == IO_WAIT ? 0 : Double.parseDouble(columns[column]);
            }
            return ticks / TICKS;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
