package io.flexhandoff.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexhandoff.FlexHandoffApplication;
import io.flexhandoff.support.ArtemisProcess;
import io.flexhandoff.support.SmallDisk;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * A node that cannot write any more ends with a plain word, and after a restart with room nothing is missing that was accepted.
 */
@Tag("heavy")
@EnabledOnOs(OS.LINUX)
class LostDiskTest {

    private static final int SEGMENTS = 6;
    private static final int CALLS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ENDS = "This process ends, with exit code 74";
    private static final String[] JVM = {"-XX:TieredStopAtLevel=1"};

    private final AtomicBoolean enough = new AtomicBoolean();

    /** The database alone is on it, and closes itself. */
    @Test
    @EnabledIf(value = SmallDisk.CONDITION, disabledReason = SmallDisk.MISSING)
    void aFullDiskUnderTheLedgerAlone() throws IOException {
        try (ArtemisProcess broker = new ArtemisProcess();
                SmallDisk disk = new SmallDisk(32);
                Plant plant = plant(disk, broker.settings());
                Load load = load(plant)) {
            await().atMost(PATIENCE).until(() -> load.escalated().size() >= CALLS);
            disk.fill();
            assertThat(plant.application().awaitEnd()).isEqualTo(74);
            assertThat(plant.application().log()).contains("The database in handoff.data-dir has closed itself", ENDS);
            disk.free();
            startsAgain(plant);
            keepsItsPromises(plant, load);
        }
    }

    @Test
    @EnabledIf(value = SmallDisk.CONDITION, disabledReason = SmallDisk.MISSING)
    void aDiskThatIsFullForGood() throws IOException {
        try (SmallDisk disk = new SmallDisk(96);
                Plant plant = plant(disk, Map.of());
                Load load = load(plant)) {
            await().atMost(PATIENCE).until(() -> load.escalated().size() >= CALLS);
            disk.fill();
            endsItself(plant);
            disk.free();
            startsAgain(plant);
            keepsItsPromises(plant, load);
        }
    }

    /** As on a disk that has become read-only: a limit below what the journal has reached refuses whole writes. */
    @Test
    void aJournalThatRefusesEveryWrite() throws IOException {
        try (Plant plant = new Plant(FlexHandoffApplication.class, Map.of(), JVM);
                Load load = load(plant)) {
            await().atMost(PATIENCE).until(() -> load.accepted() >= 1_000);
            limit(plant, "--fsize=400000");
            endsItself(plant);
            startsAgain(plant);
            keepsItsPromises(plant, load);
        }
    }

    /** Without the reserve that keeps a node from getting there. */
    private static Plant plant(SmallDisk disk, Map<String, String> settings) throws IOException {
        Map<String, String> all = new HashMap<>(settings);
        all.put("handoff.data-dir", disk.folder().toString());
        all.put("handoff.data-reserve-bytes", "0");
        return new Plant(disk.launcher(), FlexHandoffApplication.class, all, JVM);
    }

    private Load load(Plant plant) {
        return new Load(plant, SEGMENTS, Duration.ofMillis(100), enough::get);
    }

    private static void endsItself(Plant plant) {
        assertThat(plant.application().awaitEnd()).isEqualTo(74);
        assertThat(plant.application().log())
                .as("the broker's journal, or the database, whichever writes first")
                .contains("in handoff.data-dir", ENDS);
    }

    /** What it runs out of is there again. */
    private static void startsAgain(Plant plant) throws IOException {
        plant.application().start();
        plant.application().awaitReady();
    }

    private void keepsItsPromises(Plant plant, Load load) {
        int before = load.escalated().size();
        await().atMost(PATIENCE).until(() -> load.escalated().size() >= before + CALLS);
        enough.set(true);
        new Promises(plant).keptFor(load.calls());
    }

    private static void limit(Plant plant, String limit) throws IOException {
        Process prlimit = new ProcessBuilder(
                        "prlimit", "--pid", String.valueOf(plant.application().pid()), limit)
                .inheritIO()
                .start();
        try {
            assertThat(prlimit.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        assertThat(prlimit.exitValue()).isZero();
    }
}
