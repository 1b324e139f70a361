package io.flexhandoff.bench.standin;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The time, in microseconds since 1970: load and stand-in run on one machine and share its clock. */
public final class Now {

    private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss Z", Locale.US)
            .withZone(ZoneOffset.UTC);

    private Now() {}

    public static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /** To the second, as Twilio's v1 APIs have it. */
    static String iso() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** As Twilio's 2010-04-01 API has it. */
    static String rfc() {
        return RFC_2822.format(Instant.now());
    }
}
