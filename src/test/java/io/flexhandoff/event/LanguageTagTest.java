package io.flexhandoff.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTagTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    en                        | en
                    EN_us                     | en-US
                    es-419                    | es-419
                    zh-Hans-CN                | zh-Hans-CN
                    cmn-Hans-CN               | zh-Hans-CN
                    yue-Hant-HK               | yue-Hant-HK
                    arb                       | ar
                    iw                        | he
                    en-UK                     | en
                    en_US.UTF-8               | en
                    spa                       | es
                    deu                       | de
                    ger                       | de
                    fre                       | fr
                    dut                       | nl
                    chi                       | zh
                    fil                       | fil
                    hmn                       | hmn
                    Spanish                   | es
                    PORTUGUESE                | pt
                    Brazilian Portuguese      | pt
                    Portuguese (Brazil)       | pt-BR
                    español                   | es
                    Español (México)          | es-MX
                    Spanisch                  | es
                    allemand                  | de
                    日本語                       | ja
                    US English                | en-US
                    english-us                | en-US
                    Mandarin Chinese          | zh
                    Haitian Creole            | ht
                    """)
    void whateverNamesALanguageBecomesItsTag(String given, String tag) {
        assertThat(LanguageTag.of(given)).isEqualTo(tag);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multi",
                "auto",
                "unknown",
                "und",
                "mul",
                "zxx",
                "mis",
                "none",
                "null",
                "default",
                "auto-detect",
                "multilingual",
                "n/a",
                "xx",
                "zz-ZZ",
                "x-private",
                "???",
                " ",
                "English/Spanish",
                "en,es",
                "not set",
                "Klingonese",
                "desconocido",
                "und-US"
            })
    void whatNamesNoLanguageOrTwoIsNoTag(String given) {
        assertThat(LanguageTag.of(given)).isNull();
    }

    @Test
    void everyLanguageOfTheJdkIsKnownByCodeAndEnglishName() {
        assertThat(Stream.of(Locale.getISOLanguages()).map(Locale::forLanguageTag))
                .allSatisfy(language -> {
                    String tag = language.toLanguageTag();
                    assertThat(LanguageTag.of(language.getLanguage())).isEqualTo(tag);
                    assertThat(LanguageTag.of(language.getISO3Language())).isEqualTo(tag);
                    assertThat(LanguageTag.of(language.getDisplayLanguage(Locale.ENGLISH)))
                            .isEqualTo(tag);
                });
    }
}
