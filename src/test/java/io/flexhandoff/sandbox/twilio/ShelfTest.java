package io.flexhandoff.sandbox.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShelfTest {

    private final Shelf<String> shelf = new Shelf<>(sid -> sid);

    @Test
    void openOnesComeFirstAndTheNewestOfThem() {
        IntStream.range(0, 5).mapToObj(i -> "s" + i).forEach(shelf::add);
        shelf.finish("s1");
        shelf.finish("s4");

        assertThat(shelf.newest(4)).containsExactly("s3", "s2", "s0", "s4");
        assertThat(shelf.newest(2)).containsExactly("s3", "s2");
        assertThat(shelf.open()).containsExactly("s0", "s2", "s3");
    }

    @Test
    void whatFinishedFirstIsForgottenFirstAndOpenOnesNever() {
        shelf.add("open");
        IntStream.range(0, 5003).mapToObj(i -> "s" + i).forEach(sid -> {
            shelf.add(sid);
            assertThat(shelf.finish(sid))
                    .isEqualTo(
                            sid.length() == 5 && sid.compareTo("s5000") >= 0
                                    ? Optional.of("s" + (Integer.parseInt(sid.substring(1)) - 5000))
                                    : Optional.empty());
        });

        assertThat(shelf.get("s2")).isNull();
        assertThat(shelf.get("s3")).isEqualTo("s3");
        assertThat(shelf.get("open")).isEqualTo("open");
        assertThat(shelf.all()).hasSize(5001);
    }
}
