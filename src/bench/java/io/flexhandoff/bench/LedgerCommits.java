package io.flexhandoff.bench;

import com.sun.management.OperatingSystemMXBean;
import io.flexhandoff.bench.load.Times;
import io.flexhandoff.ledger.LedgerDatabase;
import io.flexhandoff.ledger.LedgerWork;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/**
 * How many segments callers can have counted in the ledger, each waiting until it is on the disk: every one with a commit
 * of its own, and as {@code ledger:write} does it, whose commits are those of many. Both for some seconds with 1, 8 and 64
 * callers, after a warm-up.
 */
final class LedgerCommits {

    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final String INSERT = """
            insert into segment (org, call_sid, segment_id, sequence, state, spoken_at, received_at, overheard) \
            values (%s, %s, %s, %s, 'received', %s, %s, false) on conflict do nothing\
            """;
    private static final String BY_JDBC = INSERT.formatted("?", "?", "?", "?", "?", "?");
    private static final String BY_ROUTE = "ledger:write?query="
            + INSERT.formatted(":#org", ":#callSid", ":#spoken.id", ":#spoken.sequence", ":#spoken.at", ":#spoken.at");

    /** A caller does not meet another one's rows. */
    private final AtomicInteger caller = new AtomicInteger();

    private LedgerCommits() {}

    /** What a caller says. */
    public record Spoken(String id, int sequence, Instant at) {}

    @FunctionalInterface
    private interface Insert {
        void one(String call, Spoken spoken) throws Exception;
    }

    /** @param args {@code h2} or {@code postgres}, and for how many seconds each */
    public static void main(String[] args) throws Exception {
        Duration duration = Duration.ofSeconds(Long.parseLong(args[1]));
        try (LedgerDatabase ledger = open(args[0])) {
            DefaultCamelContext context = new DefaultCamelContext();
            context.getRegistry().bind("ledgerDatabase", ledger);
            context.start();
            Producer producer = context.getEndpoint(BY_ROUTE).createProducer();
            producer.start();
            LedgerCommits commits = new LedgerCommits();
            commits.measure("a commit each", duration, (call, spoken) -> {
                try (Connection connection = ledger.dataSource().getConnection()) {
                    byJdbc(call, spoken).run(connection);
                }
            });
            commits.measure("ledger:write", duration, (call, spoken) -> {
                Exchange exchange = new DefaultExchange(context);
                exchange.setVariable("org", "demo");
                exchange.setVariable("callSid", call);
                exchange.setVariable("spoken", spoken);
                producer.process(exchange);
            });
            context.stop();
        }
        System.exit(0);
    }

    private static LedgerDatabase open(String kind) throws IOException {
        Duration timeout = Duration.ofSeconds(10);
        Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "commits");
        if (!kind.equals("postgres")) {
            return LedgerDatabase.open(LedgerDatabase.embeddedUrl(folder), null, null, 16, timeout);
        }
        // as it runs anywhere but in tests
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder.toFile())
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
        String url = "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
        return LedgerDatabase.open(url, "postgres", "postgres", 16, timeout);
    }

    private static LedgerWork<Integer> byJdbc(String call, Spoken spoken) {
        return connection -> {
            try (PreparedStatement insert = connection.prepareStatement(BY_JDBC)) {
                insert.setString(1, "demo");
                insert.setString(2, call);
                insert.setString(3, spoken.id());
                insert.setInt(4, spoken.sequence());
                insert.setObject(5, spoken.at().atOffset(ZoneOffset.UTC));
                insert.setObject(6, spoken.at().atOffset(ZoneOffset.UTC));
                return insert.executeUpdate();
            }
        };
    }

    private void measure(String name, Duration duration, Insert insert) throws InterruptedException {
        run(16, WARM_UP, insert);
        for (int callers : new int[] {1, 8, 64}) {
            long cpu = cpuNanos();
            long begin = System.nanoTime();
            Times times = run(callers, duration, insert);
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf(
                    "%-14s %2d callers  %,7.0f/s  p50 %5.2f ms  p99 %6.2f ms  %4.0f µs of CPU each%n",
                    name,
                    callers,
                    times.histogram().getTotalCount() / seconds,
                    times.millis(50),
                    times.millis(99),
                    (cpuNanos() - cpu) / 1e3 / times.histogram().getTotalCount());
        }
    }

    private Times run(int callers, Duration duration, Insert insert) throws InterruptedException {
        Instant end = Instant.now().plus(duration);
        List<Thread> threads = new ArrayList<>();
        List<Times> each = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            Times times = new Times();
            Thread thread = new Thread(() -> speak("CA" + caller.incrementAndGet(), end, times, insert));
            thread.start();
            threads.add(thread);
            each.add(times);
        }
        Times all = new Times();
        for (int i = 0; i < callers; i++) {
            threads.get(i).join();
            all.addAll(each.get(i));
        }
        return all;
    }

    private static void speak(String caller, Instant end, Times times, Insert insert) {
        for (int i = 0; Instant.now().isBefore(end); i++) {
            String call = caller + "-" + i / 20;
            Spoken spoken = new Spoken("s" + i, i, Instant.now());
            long begin = System.nanoTime();
            try {
                insert.one(call, spoken);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            times.add((System.nanoTime() - begin) / 1_000);
        }
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
