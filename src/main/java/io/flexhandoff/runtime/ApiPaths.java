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
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The paths of the contract, each with its methods and their query parameters. Camel answers any other path without a word, or with the
 * request's own, and takes any query parameter for a header.
 */
final class ApiPaths {

    private static final String CONTRACT = "/config/openapi/handoff.openapi.yaml";
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final Pattern PARAMETER = Pattern.compile("\\{[^/}]+}");

    /** Names of query parameters, by method, by path. */
    private final Map<Pattern, Map<String, Set<String>>> methods = new LinkedHashMap<>();

    ApiPaths() {
        try (InputStream file = ApiPaths.class.getResourceAsStream(CONTRACT)) {
            JsonNode contract = new YAMLMapper().readTree(file);
            String base = contract.at("/servers/0/url").textValue();
            contract.path("paths").properties().forEach(path -> {
                Map<String, Set<String>> ofPath = new TreeMap<>();
                path.getValue().properties().forEach(field -> {
                    if (METHODS.contains(field.getKey())) {
                        ofPath.put(field.getKey().toUpperCase(Locale.ROOT), queryParameters(field.getValue()));
                    }
                });
                String pattern = base + PARAMETER.matcher(path.getKey()).replaceAll("[^/]+") + "/?";
                methods.put(Pattern.compile(pattern), ofPath);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> queryParameters(JsonNode operation) {
        return operation
                .path("parameters")
                .valueStream()
                .filter(parameter -> "query".equals(parameter.path("in").textValue()))
                .map(parameter -> parameter.path("name").textValue())
                .collect(Collectors.toSet());
    }

    /** The methods that the path takes, such as {@code GET}, each with the names of its query parameters; empty when there is no such path. */
    Optional<Map<String, Set<String>>> methods(String path) {
        return methods.entrySet().stream()
                .filter(known -> known.getKey().matcher(path).matches())
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
