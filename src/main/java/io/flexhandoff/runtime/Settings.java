package io.flexhandoff.runtime;

import java.net.URI;
import java.net.URISyntaxException;
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

    private final Function<String, String> source;

    /** @param source answers a property's value, or {@code null} */
    public Settings(Function<String, String> source) {
        this.source = source;
    }

    /**
     * The value, if it is set and not blank.
     *
     * @throws IllegalArgumentException naming the property when it refers to something that is not set
     */
    public Optional<String> find(String name) {
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
            return Integer.parseInt(value.trim());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a whole number, not '" + value + "'");
        }
    }

    /** @throws IllegalArgumentException naming the property when it is neither {@code true} nor {@code false} */
    public boolean flag(String name) {
        String value = text(name).trim();
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException(name + " must be true or false, not '" + value + "'");
        }
        return value.equals("true");
    }

    /** What stands between commas. */
    public List<String> list(String name) {
        return Arrays.stream(text(name).split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** The items of a YAML list, named {@code name[0]}, {@code name[1]} and so on; none when it is not set. */
    public List<String> items(String name) {
        List<String> items = new ArrayList<>();
        for (Optional<String> item = find(name + "[0]"); item.isPresent(); ) {
            items.add(item.get());
            item = find(name + "[" + items.size() + "]");
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
     * An address of HTTP, if it is set.
     *
     * @throws IllegalArgumentException naming the property when it is none
     */
    Optional<URI> address(String name) {
        return find(name).map(value -> {
            try {
                URI address = new URI(value.strip());
                if (address.getHost() != null
                        && String.valueOf(address.getScheme()).matches("https?")) {
                    return address;
                }
            } catch (URISyntaxException e) {
                // it may hold a password: its words are not passed on
            }
            throw new IllegalArgumentException(name + " must begin with https:// or http:// and the name of a host");
        });
    }

    /** The address under which Twilio reaches the application, without a slash at the end. */
    Optional<String> publicUrl() {
        return address("handoff.public-url").map(url -> url.toString().replaceFirst("/+$", ""));
    }

    /** Where the embedded broker and database keep their files. */
    public Path dataDir() {
        return Path.of(text("handoff.data-dir")).toAbsolutePath().normalize();
    }
}
