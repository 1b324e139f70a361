package io.flexhandoff.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each component of ours has its page, whose options are those that it has. {@code -Dhandoff.write=true} writes them. */
class ComponentPagesTest {

    private static final Path METADATA = Path.of("src/generated/resources/META-INF/io/flexhandoff/component");
    private static final Path PAGES = Path.of("src/docs/components");
    private static final String BEGIN = "<!-- options -->\n";
    private static final String END = "<!-- /options -->";

    /** Every producer and consumer of Camel has them. */
    private static final Set<String> CAMELS = Set.of(
            "bridgeErrorHandler", "exceptionHandler", "exchangePattern", "lazyStartProducer", "operation", "queue");

    static Stream<Path> components() throws IOException {
        return Files.walk(METADATA).filter(file -> file.toString().endsWith(".json"));
    }

    @ParameterizedTest
    @MethodSource("components")
    void thePageKnowsEveryOption(Path metadata) throws IOException {
        JsonNode component = new ObjectMapper().readTree(metadata.toFile());
        Path file = PAGES.resolve(component.at("/component/scheme").textValue() + ".md");
        String page = Files.readString(file);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        String written =
                page.substring(0, begin) + table(component.get("properties")) + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("handoff.write")) {
            Files.writeString(file, written);
        }

        assertThat(file).hasContent(written);
        component.at("/properties/operation/enum").forEach(operation -> assertThat(page)
                .contains(operation.textValue()));
    }

    @Test
    void thereIsNoPageOfAComponentThatIsGone() throws IOException {
        Set<String> there = components()
                .map(file -> file.getFileName().toString().replace(".json", ".md"))
                .collect(Collectors.toSet());
        try (Stream<Path> pages = Files.list(PAGES)) {
            assertThat(pages.map(page -> page.getFileName().toString())).containsExactlyInAnyOrderElementsOf(there);
        }
    }

    private static String table(JsonNode options) {
        StringBuilder table = new StringBuilder("| option | what it is | default |\n| --- | --- | --- |\n");
        options.properties().stream()
                .filter(option -> !CAMELS.contains(option.getKey()))
                .forEach(option -> table.append("| `%s` | %s | %s |\n"
                        .formatted(
                                option.getKey(),
                                option.getValue().get("description").textValue().replace("|", "\\|"),
                                defaultOf(option.getValue()))));
        return table.toString();
    }

    private static String defaultOf(JsonNode option) {
        if (option.get("required").booleanValue()) {
            return "required";
        }
        return option.has("defaultValue") ? "`" + option.get("defaultValue").asText() + "`" : "";
    }
}
