package io.flexhandoff.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AttributesTest {

    @Test
    void objectsAreMergedAtEveryDepthAndAllElseIsReplaced() {
        Map<String, Object> present = Attributes.read("""
                        {"call_sid": "CA1", "amount": 1.10, "big": 12345678901234567890,
                         "conference": {"sid": "CF1", "participants": {"customer": "CA1"}}, "skills": ["a", "b"]}""");
        Map<String, Object> changes = Attributes.read("""
                        {"handedOff": true, "skills": ["c"], "amount": null,
                         "conference": {"participants": {"worker": "CA2"}}}""");

        assertThat(Attributes.write(Attributes.merge(present, changes)))
                .isEqualTo("{\"call_sid\":\"CA1\",\"amount\":null,\"big\":12345678901234567890,"
                        + "\"conference\":{\"sid\":\"CF1\",\"participants\":{\"customer\":\"CA1\",\"worker\":\"CA2\"}},"
                        + "\"skills\":[\"c\"],\"handedOff\":true}");
    }

    @Test
    void numbersStayAsTheyWereWritten() {
        String json = "{\"price\":1.10,\"long\":0.1234567890123456789}";
        assertThat(Attributes.write(Attributes.read(json))).isEqualTo(json);
    }

    @Test
    void nothingIsEmptyAndWhatIsNoObjectIsRefusedWithoutBeingRepeated() {
        assertThat(Attributes.read(null)).isEmpty();
        for (String bad : new String[] {"[1]", "null", "{\"card\": 4111", "card 4111"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Attributes.read(bad))
                    .withMessage("not a JSON object")
                    .withNoCause();
        }
    }
}
