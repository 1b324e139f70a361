package io.flexhandoff.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Known requests. The one with HMAC-SHA1 is in the tests of Twilio's SDK; the other is the same request, signed by hand: {@code printf 'the URL
 * and the parameters' | openssl dgst -sha256 -hmac 12345 -binary | base64}.
 */
class RequestSignatureTest {

    private static final String SHA1 = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
    private static final String SHA256 = "033hgUJA9M/hXIZsYjwkerEP/DBm35nEri5FhCYjA5s=";
    private static final String CALLER = "+14158675309";

    private static boolean isSigned(String algorithm, String secret, String base, String from, String signature) {
        return new RequestSignature(algorithm, secret)
                .isOf(
                        base,
                        "/myapp.php?foo=1&bar=2",
                        Map.of(
                                "To",
                                "+18005551212",
                                "CallSid",
                                "CA1234567890ABCDE",
                                "From",
                                from,
                                "Digits",
                                "1234",
                                "Caller",
                                CALLER),
                        signature);
    }

    @ParameterizedTest
    @CsvSource({"HmacSHA1, " + SHA1, "HmacSHA256, " + SHA256})
    void aKnownRequestIsSigned(String algorithm, String signature) {
        assertThat(isSigned(algorithm, "12345", "https://mycompany.com", CALLER, signature))
                .isTrue();
        assertThat(isSigned(algorithm, "12345", "https://mycompany.com:443", CALLER, signature))
                .as("the port that goes without saying")
                .isTrue();
        assertThat(isSigned(algorithm, "12345", "https://mycompany.com", CALLER + "0", signature))
                .isFalse();
        assertThat(isSigned(algorithm, "1234", "https://mycompany.com", CALLER, signature))
                .isFalse();
        assertThat(isSigned(algorithm, "12345", "http://mycompany.com", CALLER, signature))
                .isFalse();
        assertThat(isSigned(algorithm, "12345", "https://mycompany.com/myapp", CALLER, signature))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"HmacSHA1, " + SHA256, "HmacSHA256, " + SHA1})
    void noAlgorithmStandsForAnother(String algorithm, String signature) {
        assertThat(isSigned(algorithm, "12345", "https://mycompany.com", CALLER, signature))
                .isFalse();
    }
}
