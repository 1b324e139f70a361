package io.flexhandoff.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The paths of the contract, each with its methods. Camel answers any other without a word, or with the request's own. */
final class ApiPaths {

    private static final String CONTRACT = "/config/openapi/handoff.openapi.yaml";
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final Pattern PARAMETER = Pattern.compile("\\{[^/}]+}");

    private final Map<Pattern, Set<String>> methods = new LinkedHashMap<>();

    ApiPaths() {
        try (InputStream file = ApiPaths.class.getResourceAsStream(CONTRACT)) {
            JsonNode contract = new YAMLMapper().readTree(file);
            String base = contract.at("/servers/0/url").textValue();
            contract.path("paths").properties().forEach(path -> {
                Set<String> ofPath = new TreeSet<>();
                path.getValue().fieldNames().forEachRemaining(field -> {
                    if (METHODS.contains(field)) {
                        ofPath.add(field.toUpperCase(Locale.ROOT));
                    }
                });
                String pattern = base + PARAMETER.matcher(path.getKey()).replaceAll("[^/]+") + "/?";
                methods.put(Pattern.compile(pattern), ofPath);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The methods that the path takes, such as {@code GET}; empty when there is no such path. */
    Optional<Set<String>> methods(String path) {
        return methods.entrySet().stream()
                .filter(known -> known.getKey().matcher(path).matches())
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
