package io.flexhandoff.runtime;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.util.TimeUtils;

/**
 * The product's settings, whatever runtime they come from; names and defaults are in {@code config/application.yaml}.
 */
public final class Settings {

    private final Function<String, String> source;

    /** @param source answers a property's value, or {@code null} */
    public Settings(Function<String, String> source) {
        this.source = source;
    }

    /** The value, if it is set and not blank. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(source.apply(name)).filter(value -> !value.isBlank());
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
        String value = text(name);
        try {
            return Duration.ofMillis(TimeUtils.toMilliSeconds(value.trim()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    name + " must be a duration such as 500, 2s or 10m, not '" + value + "'");
        }
    }

    /** The address under which Twilio reaches the application, without a slash at the end. */
    Optional<String> publicUrl() {
        return find("handoff.public-url").map(url -> url.strip().replaceFirst("/+$", ""));
    }

    /** Where the embedded broker and database keep their files. */
    public Path dataDir() {
        return Path.of(text("handoff.data-dir")).toAbsolutePath().normalize();
    }
}
