package io.flexhandoff.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerNumberTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "+14155550100|+14155550100",
                " 14155550100|+14155550100",
                " 491711234567 |+491711234567",
                "+1 (415) 555-0100|+14155550100",
                "tel:+44-20-7946-0018|+442079460018",
                "+14155550100 |+14155550100",
                "client:alice|client:alice",
                "sip:bob@example.com|sip:bob@example.com",
                "Anonymous|Anonymous",
                "+266696687|+266696687"
            })
    void isMendedWhereThatIsCertain(String text, String meant) {
        assertThat(CallerNumber.read(text)).hasValue(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "+",
                "14155550100",
                "0014155550100",
                "+0171123456",
                "+49 (0) 171 1234567",
                "+1415555010012345",
                " 911",
                "+1415555x100",
                "the caller",
                "client:",
                "null"
            })
    void isNothingWhereItIsNot(String text) {
        assertThat(CallerNumber.read(text)).isEmpty();
    }

    /** Numbers as Twilio's customers report them. */
    @ParameterizedTest
    @CsvSource({
        "+266696687, anonymous",
        "+1266696687, anonymous",
        "+7378742833, restricted",
        "+2562533, blocked",
        "+8656696, unknown",
        "+86282452253, unavailable",
        "ANONYMOUS, anonymous",
        "sip:anonymous@anonymous.invalid, anonymous"
    })
    void whatTwilioSaysOfACallerWithoutANumber(String number, String word) {
        assertThat(CallerNumber.withheld(number)).isEqualTo(word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+14155550100", "+2666966870", "+73787428", "client:anonymous1", "sip:bob@unknown.example"})
    void othersHaveANumber(String number) {
        assertThat(CallerNumber.withheld(number)).isNull();
    }
}
