package io.flexhandoff.runtime;

import io.flexhandoff.event.LanguageTag;
import io.flexhandoff.org.Secret;
import io.flexhandoff.trace.UrlWords;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.camel.util.TimeUtils;

/**
 * The product's settings, whatever runtime they come from; names and defaults are in {@code config/application.yaml}.
 */
public final class Settings {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,12} ?(ms|[dhms])? ?)+");

    private static final int LAST_PORT = 65535;

    private final Function<String, String> source;

    /** @param source answers a property's value, or {@code null} */
    public Settings(Function<String, String> source) {
        this.source = source;
    }

    /**
     * The value, without white space around it, if it is set and not blank.
     *
     * @throws IllegalArgumentException naming the property when it refers to something that is not set
     */
    public Optional<String> find(String name) {
        return given(name).map(String::strip);
    }

    /**
     * A secret key, if it is set, itself or by the file that holds it.
     *
     * @throws IllegalArgumentException naming the property, see {@link Secret#token}
     */
    public Optional<String> key(String name) {
        return secret(name).map(value -> Secret.token(name, value)).filter(value -> !value.isEmpty());
    }

    /**
     * A password, or the name that goes with it, if it is set, itself or by the file that holds it.
     *
     * @throws IllegalArgumentException naming the property, see {@link Secret#password}
     */
    public Optional<String> password(String name) {
        return secret(name).map(value -> Secret.password(name, value)).filter(value -> !value.isEmpty());
    }

    private Optional<String> secret(String name) {
        return Optional.ofNullable(SecretFile.choose(
                name, given(name).orElse(null), given(name + SecretFile.SUFFIX).orElse(null)));
    }

    /** As the source has it, or {@code null}. */
    String raw(String name) {
        return source.apply(name);
    }

    private Optional<String> given(String name) {
        try {
            return Optional.ofNullable(source.apply(name)).filter(value -> !value.isBlank());
        } catch (IllegalArgumentException e) {
            // what follows in the source's own words is the value
            String words = String.valueOf(e.getMessage()).replaceFirst("(?s)\\s+in value.*", "");
            throw new IllegalArgumentException(name + ": " + words);
        }
    }

    /** @throws IllegalArgumentException naming the property when it is not set */
    public String text(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException(name + " is not set"));
    }

    /** @throws IllegalArgumentException naming the property when it is not a whole number */
    public int number(String name) {
        String value = text(name);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a whole number, not '" + value + "'");
        }
    }

    /** @throws IllegalArgumentException naming the property when it is not a port, or 0 for any that is free */
    public int port(String name) {
        int port = number(name);
        if (port < 0 || port > LAST_PORT) {
            throw new IllegalArgumentException(name + " must be a port, 0 to " + LAST_PORT + ", not " + port);
        }
        return port;
    }

    /** @throws IllegalArgumentException naming the property when it is not a number of bytes */
    long bytes(String name) {
        String value = text(name);
        if (!value.matches("\\d{1,18}")) {
            throw new IllegalArgumentException(name + " must be a number of bytes, not '" + value + "'");
        }
        return Long.parseLong(value);
    }

    /**
     * The BCP-47 tag of a language, empty when it is not set.
     *
     * @throws IllegalArgumentException naming the property when it names no language
     */
    Optional<String> language(String name) {
        return find(name).map(value -> {
            String tag = LanguageTag.of(value);
            if (tag == null) {
                throw new IllegalArgumentException(
                        name + " must be a language such as de or pt-BR, not '" + value + "'");
            }
            return tag;
        });
    }

    /** @throws IllegalArgumentException naming the property when it is neither {@code true} nor {@code false} */
    public boolean flag(String name) {
        String value = text(name);
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException(name + " must be true or false, not '" + value + "'");
        }
        return value.equals("true");
    }

    /** What stands between commas, or the items of a YAML list. */
    public List<String> list(String name) {
        List<String> items = items(name);
        if (!items.isEmpty()) {
            return items.stream().map(String::strip).toList();
        }
        return Arrays.stream(text(name).split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** The items of a YAML list, named {@code name[0]}, {@code name[1]} and so on; none when it is not set. */
    public List<String> items(String name) {
        List<String> items = new ArrayList<>();
        for (Optional<String> item = given(name + "[0]"); item.isPresent(); ) {
            items.add(item.get());
            item = given(name + "[" + items.size() + "]");
        }
        return items;
    }

    /** A duration in Camel's notation: {@code 500}, {@code 2s}, {@code 10m}. */
    public Duration duration(String name) {
        return duration(name, text(name));
    }

    /** Durations between commas. */
    List<Duration> durations(String name) {
        return list(name).stream().map(value -> duration(name, value)).toList();
    }

    private static Duration duration(String name, String value) {
        // Camel takes a word without a number for no time at all
        if (!DURATION.matcher(value.trim()).matches()) {
            throw new IllegalArgumentException(
                    name + " must be a duration such as 500, 2s or 10m, not '" + value + "'");
        }
        return Duration.ofMillis(TimeUtils.toMilliSeconds(value.trim()));
    }

    /**
     * An address of HTTP below which paths are asked, if it is set.
     *
     * @throws IllegalArgumentException naming the property when it is none, or has more than that
     */
    Optional<URI> address(String name) {
        Optional<URI> address = url(name);
        address.ifPresent(url -> requireBare(name, url));
        return address;
    }

    /**
     * A URL of HTTP, if it is set.
     *
     * @throws IllegalArgumentException naming the property when it is none
     */
    Optional<URI> url(String name) {
        return find(name).map(value -> {
            UrlWords.flaw(value).ifPresent(flaw -> {
                throw new IllegalArgumentException(name + " " + flaw);
            });
            URI address = URI.create(value);
            if (!String.valueOf(address.getScheme()).matches("https?") || address.getHost() == null) {
                throw new IllegalArgumentException(
                        name + " must begin with https:// or http:// and the name of a host");
            }
            return address;
        });
    }

    private static void requireBare(String name, URI address) {
        List<String> more = new ArrayList<>();
        if (address.getRawUserInfo() != null) {
            more.add("user and password");
        }
        if (address.getRawQuery() != null) {
            more.add("a query (?)");
        }
        if (address.getRawFragment() != null) {
            more.add("a fragment (#)");
        }
        if (!more.isEmpty()) {
            throw new IllegalArgumentException(name + " must end with the host, its port or a path, and has "
                    + String.join(" and ", more) + ": take that out");
        }
    }

    /** The address under which Twilio reaches the application, without a slash at the end. */
    public Optional<String> publicUrl() {
        return address("handoff.public-url").map(url -> url.toString().replaceFirst("/+$", ""));
    }

    /** Where the embedded broker and database keep their files. */
    public Path dataDir() {
        return Path.of(text("handoff.data-dir")).toAbsolutePath().normalize();
    }
}
