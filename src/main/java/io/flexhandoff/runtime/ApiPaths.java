package io.flexhandoff.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The paths of the contract, each with its operations. Camel answers any other path without a word, or with the request's own, and takes
 * any query parameter for a header.
 */
final class ApiPaths {

    private static final String CONTRACT = "/config/openapi/handoff.openapi.yaml";
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final String ORG = "{org}";

    private final List<Template> templates = new ArrayList<>();

    ApiPaths() {
        try (InputStream file = ApiPaths.class.getResourceAsStream(CONTRACT)) {
            JsonNode contract = new YAMLMapper().readTree(file);
            String base = contract.at("/servers/0/url").textValue();
            contract.path("paths").properties().forEach(path -> {
                Map<String, Operation> operations = new TreeMap<>();
                path.getValue().properties().forEach(field -> {
                    if (METHODS.contains(field.getKey())) {
                        operations.put(field.getKey().toUpperCase(Locale.ROOT), Operation.of(field.getValue()));
                    }
                });
                templates.add(new Template((base + path.getKey()).split("/"), operations));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What a request asks for.
     *
     * @param id {@code operationId} of the contract
     * @param parameters names of its query parameters
     */
    record Operation(String id, Set<String> parameters) {

        private static Operation of(JsonNode operation) {
            return new Operation(
                    operation.path("operationId").textValue(),
                    operation
                            .path("parameters")
                            .valueStream()
                            .filter(parameter ->
                                    "query".equals(parameter.path("in").textValue()))
                            .map(parameter -> parameter.path("name").textValue())
                            .collect(Collectors.toSet()));
        }
    }

    /**
     * A path that a request names.
     *
     * @param org whose it is
     * @param operations by the method that asks for each, such as {@code GET}
     */
    record ApiPath(String org, Map<String, Operation> operations) {}

    /** A path of the contract, with names in braces for what differs. */
    private record Template(String[] parts, Map<String, Operation> operations) {

        private ApiPath match(String[] asked) {
            if (asked.length != parts.length) {
                return null;
            }
            String org = null;
            for (int i = 0; i < parts.length; i++) {
                if (!parts[i].startsWith("{")) {
                    if (!parts[i].equals(asked[i])) {
                        return null;
                    }
                } else if (asked[i].isEmpty()) {
                    return null;
                } else if (parts[i].equals(ORG)) {
                    org = asked[i];
                }
            }
            return new ApiPath(org, operations);
        }
    }

    /** The path of the contract that this one is, with a slash at its end or without; {@code null} when it is none. */
    ApiPath find(String path) {
        String[] asked = path.split("/");
        for (Template template : templates) {
            ApiPath found = template.match(asked);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
