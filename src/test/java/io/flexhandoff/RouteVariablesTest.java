package io.flexhandoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever writes a route looks up in routes/README.md what a variable is. */
class RouteVariablesTest {

    private static final Path ROUTES = Path.of("routes");
    private static final Pattern SET_BY_JAVA = Pattern.compile("\\bsetVariable\\(\\s*\"(\\w+)\"");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");
    private static final YAMLMapper YAML = new YAMLMapper();

    @Test
    void everyVariableThatIsWrittenIsExplainedAndNoOther() throws IOException {
        assertThat(explained()).containsExactlyInAnyOrderElementsOf(written());
    }

    private static Set<String> written() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(ROUTES)) {
            for (Path file : files.filter(file -> file.toString().matches(".*\\.(camel|kamelet)\\.yaml"))
                    .toList()) {
                JsonNode route = YAML.readTree(file.toFile());
                route.findValuesAsText("variableReceive").forEach(names::add);
                route.findValues("setVariable")
                        .forEach(step -> names.add(step.path("name").textValue()));
            }
        }
        texts(Path.of("src/main/java"))
                .flatMap(java -> SET_BY_JAVA.matcher(java).results())
                .forEach(found -> names.add(found.group(1)));
        return names;
    }

    /** Names of the first column of the table for everybody, and of the second one of the table of inner routes. */
    private static List<String> explained() throws IOException {
        return section()
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|"))
                .flatMap(cells -> names(cells[2].strip().startsWith("`") ? cells[2] : cells[1]))
                .toList();
    }

    private static Stream<String> names(String cell) {
        return NAME.matcher(cell).results().map(name -> name.group(1));
    }

    private static String section() throws IOException {
        String page = Files.readString(ROUTES.resolve("README.md"));
        return page.substring(page.indexOf("\n## Variables"), page.indexOf("\n## The ledger in a route"));
    }

    private static Stream<String> texts(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream().map(RouteVariablesTest::text);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
