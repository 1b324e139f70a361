package io.flexhandoff.door;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.security.RequestValidator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What of a form is signed. */
class FormTest {

    private static final String URL = "https://mycompany.com/myapp.php?foo=1&bar=2";
    private static final RequestValidator VALIDATOR = new RequestValidator("12345");

    /** The known vector of Twilio's own libraries. */
    @Test
    void aFormThatTwilioSignedIsValid() {
        Form form = new Form(List.of(
                entry("To", "+18005551212"),
                entry("Digits", "1234"),
                entry("From", "+14158675309"),
                entry("CallSid", "CA1234567890ABCDE"),
                entry("Caller", "+14158675309")));

        assertThat(VALIDATOR.validate(URL, form.signed(), "RSOYDt4T1cUTdK1PDd93/VVr8B8="))
                .isTrue();
        assertThat(VALIDATOR.validate(URL.replace("https", "http"), form.signed(), "RSOYDt4T1cUTdK1PDd93/VVr8B8="))
                .isFalse();
    }

    /** As Twilio's libraries for Python and Node.js have it in their tests. */
    @Test
    void aNameThatComesTwiceIsSignedWithEachOfItsValuesInOrder() {
        Form form = new Form(List.of(entry("MediaUrl", "b"), entry("MediaUrl", "a"), entry("MediaUrl", "b")));

        assertThat(form.signed()).isEqualTo(Map.of("MediaUrl", "aMediaUrlb"));
        assertThat(form.parameters()).isEqualTo(Map.of("MediaUrl", "b"));
    }

    @Test
    void blankValuesAndTheCaseOfNamesAreKept() {
        Form form = new Form(List.of(entry("TaskCanceledReason", ""), entry("a", "1"), entry("A", "2")));

        assertThat(form.signed())
                .isEqualTo(Map.of("TaskCanceledReason", "", "a", "1", "A", "2"))
                .isEqualTo(form.parameters());
    }
}
