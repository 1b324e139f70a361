package io.flexhandoff.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexhandoff.FlexHandoffApplication;
import io.flexhandoff.runtime.PlainMain;
import io.flexhandoff.sandbox.faults.Fault;
import io.vertx.core.AsyncResult;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The process gets SIGTERM in the middle of a load of calls, while Twilio is slow, and is started again. */
@Tag("heavy")
class ShutdownTest {

    private static final int SEGMENTS = 4;
    /** A pod has 60 s, 5 of them before the signal; see k8s/spring-boot/base/deployment.yaml. */
    private static final Duration GRACE = Duration.ofSeconds(55);
    /** The exit code of a JVM that ended in order after SIGTERM. */
    private static final int TERMINATED = 143;

    @Test
    void finishesWhatIsInHandAndLosesNothing() throws IOException {
        stop(FlexHandoffApplication.class);
    }

    @Test
    void finishesWhatIsInHandAndLosesNothingUnderCamelMain() throws IOException {
        stop(PlainMain.class);
    }

    private static void stop(Class<?> program) throws IOException {
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger inHand = new AtomicInteger();
        AtomicInteger cut = new AtomicInteger();
        try (Plant plant = new Plant(program, Map.of())) {
            plant.twilio().filter(request -> {
                inHand.incrementAndGet();
                request.addEndHandler((AsyncResult<Void> end) -> {
                    inHand.decrementAndGet();
                    if (end.failed()) {
                        cut.incrementAndGet();
                    }
                });
                request.next();
            });
            plant.twilio().faults().add(Fault.slow(Duration.ofMillis(700)));
            try (Load load = new Load(plant, SEGMENTS, Duration.ZERO, enough::get)) {
                await().atMost(Duration.ofMinutes(1)).until(() -> load.accepted() > 20 && inHand.get() > 5);

                int exit = plant.application().stop(GRACE);

                assertThat(exit).as(plant.application()::log).isEqualTo(TERMINATED);
                assertThat(cut).as("requests that Twilio could not answer").hasValue(0);
                assertThat(plant.application().log()).doesNotContain(" ERROR ", "Timeout occurred", "did not close");
                plant.application().start();
                plant.application().awaitReady();
                plant.twilio().faults().clear();
                enough.set(true);
                Collection<SpokenCall> calls = load.calls();

                assertThat(calls).hasSizeGreaterThan(5);
                new Promises(plant).keptFor(calls);
            }
        }
    }
}
