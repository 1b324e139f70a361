package io.flexhandoff.thread;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextPartsTest {

    @Test
    void losesNoCharacterOfALongText() {
        String text = "word after word, ".repeat(1000) + "x".repeat(5000);

        var parts = TextParts.split(text, 1600);

        assertThat(String.join("", parts)).isEqualTo(text);
        assertThat(parts).allSatisfy(part -> assertThat(part.length()).isBetween(1, 1600));
    }

    @Test
    void splitsBetweenWordsWhereItCan() {
        assertThat(TextParts.split("alpha beta gamma", 12)).containsExactly("alpha beta ", "gamma");
    }

    @Test
    void keepsACharacterOfTwoUnitsWhole() {
        assertThat(TextParts.split("🙂".repeat(5), 5)).containsExactly("🙂🙂", "🙂🙂", "🙂");
        assertThat(TextParts.cut("🙂".repeat(5), 4)).isEqualTo("🙂…");
    }

    @Test
    void cutsOnlyWhatIsTooLong() {
        assertThat(TextParts.cut("exactly", 7)).isEqualTo("exactly");
        assertThat(TextParts.cut("exactly so", 8)).isEqualTo("exactly…");
        assertThat(TextParts.cut("anything", 0)).isEmpty();
    }
}
