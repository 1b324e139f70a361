package io.flexhandoff.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.flexhandoff.support.TemporaryDataDir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A route file that is broken, or has an id of another's, ends the start; file and line are named. */
@ExtendWith(OutputCaptureExtension.class)
class BrokenRouteFilesTest {

    private final Path dataDir = TemporaryDataDir.create();
    private final Path routes = dataDir.toAbsolutePath().resolve("routes");

    @BeforeEach
    void makeFolder() throws Exception {
        Files.createDirectories(routes.resolve("team"));
    }

    @ParameterizedTest
    @CsvSource({
        "enrichment/language.camel.yaml, our-language.camel.yaml, route enrich-language",
        "flex/redirect-call.camel.yaml, a.camel.yaml, route redirect-call",
        "enrichment/summary.camel.yaml, team/summary.camel.yaml, route enrich-summary",
        "entrances.camel.yaml, team/entrances.camel.yaml, route configuration api"
    })
    void aCopyOfOurFileUnderAnotherNameIsRefused(String ours, String copy, String id) throws Exception {
        Files.copy(Path.of("routes").resolve(ours), routes.resolve(copy));

        assertThat(refused())
                .startsWith("handoff.routes-dir: ")
                .contains(
                        "the " + id + " stands in ",
                        "the application's " + ours + ", line ",
                        routes.resolve(copy) + ", line ",
                        "Give one of them another id");
    }

    @Test
    void aCopyUnderOurNameReplacesOurs() throws Exception {
        Files.createDirectories(routes.resolve("enrichment"));
        Files.copy(Path.of("routes/enrichment/language.camel.yaml"), routes.resolve("enrichment/language.camel.yaml"));

        assertThat(read()).isNull();
    }

    static Stream<Arguments> idsThatStandTwice() {
        String route = """
                - route:
                    id: %s
                    from:
                      uri: direct:%s
                      steps:
                        - choice:
                            when:
                              - simple: "${body}"
                                steps:
                                  - log:
                                      id: %s
                                      message: hello
                """;
        String template = """
                - routeTemplate:
                    id: page
                    from:
                      uri: direct:page
                      steps:
                        - log: hello
                """;
        return Stream.of(
                Arguments.of(route.formatted("crm", "a", "s1"), route.formatted("crm", "b", "s2"), "route crm", 2),
                Arguments.of(route.formatted("a", "a", "look"), route.formatted("b", "b", "look"), "step look", 11),
                Arguments.of(template, template.replace("routeTemplate", "route-template"), "route template page", 2),
                Arguments.of(
                        "- rest:\n    id: team\n    path: /team\n    get:\n      - id: one\n        to: direct:a\n",
                        "- rest:\n    path: /other\n    id: team\n    get:\n      - id: two\n        to: direct:a\n",
                        "rest team",
                        3),
                Arguments.of(
                        "- rest:\n    path: /team\n    get:\n      - id: crm\n        to: direct:a\n",
                        route.formatted("crm", "b", "s"),
                        "route crm",
                        2),
                Arguments.of(
                        "- beans:\n    - name: clock\n      type: java.lang.Object\n",
                        "- beans:\n    - name: other\n      type: java.lang.Object\n    - name: clock\n      type: java.lang.String\n",
                        "bean clock",
                        4),
                Arguments.of(
                        "- templatedRoute:\n    routeId: crm\n    routeTemplateRef: page\n",
                        "- templated-route:\n    route-id: crm\n    route-template-ref: page\n",
                        "route crm",
                        2));
    }

    @ParameterizedTest
    @MethodSource("idsThatStandTwice")
    void anIdThatStandsTwiceIsRefused(String one, String another, String id, int line) throws Exception {
        Files.writeString(routes.resolve("one.camel.yaml"), one);
        Files.writeString(routes.resolve("two.camel.yaml"), another);

        assertThat(refused())
                .contains(
                        "the " + id + " stands in " + routes.resolve("one.camel.yaml") + ", line ",
                        "again in " + routes.resolve("two.camel.yaml") + ", line " + line);

        Files.delete(routes.resolve("two.camel.yaml"));
        Files.writeString(routes.resolve("one.camel.yaml"), one + another);
        assertThat(refused()).contains("the " + id + " stands in ", "again in " + routes.resolve("one.camel.yaml"));
    }

    @Test
    void whatIsNoIdMayStandTwice() throws Exception {
        for (String name : new String[] {"one", "two"}) {
            Files.writeString(routes.resolve(name + ".camel.yaml"), """
                    - beans:
                        - name: %1$s
                          type: java.util.concurrent.ConcurrentHashMap
                          properties:
                            id: same
                    - route:
                        id: %1$s-route
                        from:
                          uri: direct
                          parameters:
                            name: %1$s
                          steps:
                            - setBody:
                                expression:
                                  constant:
                                    id: same
                                    expression: x
                            - log: hello
                            - log: hello
                    """.formatted(name));
        }

        assertThat(read()).isNull();
    }

    static Stream<Arguments> brokenFiles() {
        String route = "- route:\n    id: crm\n    from:\n      uri: direct:crm\n      steps:\n";
        return Stream.of(
                Arguments.of(route + "        - lgo: hello\n", 6, "Unknown node id: lgo"),
                Arguments.of(route + "       - log: hello\n     - log: hello\n", 7, "expected <block end>"),
                Arguments.of(route + "        - log:\n            mesage: hello\n", 7, "Unsupported field: mesage"),
                Arguments.of("route:\n  id: crm\n", 1, "must be a list"),
                Arguments.of(
                        "# ours\n- route:\n    id: a\n    from:\n      uri: direct:a\n      steps:\n        - log: a\n"
                                + route
                                + "        - to:\n            uri: direct\n            parameters:\n              nme: x\n",
                        8,
                        "Option name is required"),
                Arguments.of(
                        route + "        - log: hello\n        - to:\n            uri: nosuch:thing\n",
                        7,
                        "No endpoint"),
                Arguments.of(route + "        - setBody:\n            simple: \"${body.like\"\n", 6, "expected symbol"),
                Arguments.of(
                        route + "        - filter:\n            simple: \"${body}\"\n            steps:\n"
                                + "              - bean:\n                  ref: noSuchBean\n",
                        6,
                        "noSuchBean"),
                Arguments.of(
                        "- route:\n    id: crm\n    from:\n      uri: direct:take-segment\n      steps:\n        - log: hello\n",
                        1,
                        "Multiple consumers"),
                Arguments.of(
                        route + "        - to: direct:take-recordin\n",
                        6,
                        "no route begins with direct:take-recordin, did you mean direct:take-recording?"),
                Arguments.of(
                        route
                                + "        - choice:\n            when:\n              - simple: \"${body}\"\n                steps:\n"
                                + "                  - wireTap:\n                      uri: seda:nobody\n",
                        10,
                        "no route begins with seda:nobody"),
                Arguments.of(
                        route + "        - enrich:\n            constant: direct:nobody\n",
                        6,
                        "no route begins with direct:nobody"),
                Arguments.of(
                        "- rest:\n    path: /team\n    get:\n      - id: crm\n        to: direct:nobody\n",
                        5,
                        "no route begins with direct:nobody"),
                Arguments.of(
                        "- route:\n    id: crm\n    routeConfigurationId: iner\n    from:\n      uri: direct:crm\n      steps:\n        - log: hello\n",
                        1,
                        "there is no route configuration iner, did you mean inner?"),
                Arguments.of(route + "        - toD: nosuch:${body}\n", 6, "there is no component nosuch"),
                Arguments.of(
                        route + "        - toD: direct:${body}?blok=true\n",
                        6,
                        "the component direct has no option blok, did you mean block?"));
    }

    static Stream<Arguments> filesThatOnlyAStartRefuses() {
        String route =
                "- route:\n    id: crm\n    from:\n      uri: direct:crm\n      steps:\n        - to:\n            uri: ";
        return Stream.of(
                Arguments.of(route + "direct:crm?blok=true\n", 6, "blok"),
                Arguments.of(route + "ledger:read\n            parameters:\n              qery: select 1\n", 6, "qery"),
                Arguments.of(
                        route
                                + "kamelet:handoff-step-action\n            parameters:\n              step: a\n              setp: 5\n",
                        6,
                        "the Kamelet handoff-step-action has no parameter setp, did you mean step?"),
                Arguments.of(route + "kamelet:handoff-step-action\n", 6, "needs the parameter step"),
                Arguments.of(
                        route + "kamelet:handoff-stp-action?step=x\n", 6, "there is no Kamelet handoff-stp-action"));
    }

    @ParameterizedTest
    @MethodSource("filesThatOnlyAStartRefuses")
    void aFileThatOnlyAStartRefusesIsNamedWithItsLine(String yaml, int line, String words) throws Exception {
        aBrokenFileIsNamedWithItsLine(yaml, line, words);
    }

    @ParameterizedTest
    @CsvSource({
        "crm.yaml, its name does not end with .camel.yaml",
        "team/crm.camel.yml, its name does not end with .camel.yaml",
        "crm.kamelet.yaml, must be in the folder kamelets"
    })
    void aFileThatWouldNotBeReadIsRefused(String name, String words) throws Exception {
        Files.writeString(
                routes.resolve(name),
                "# ours\n- route:\n    id: crm\n    from:\n      uri: direct:crm\n      steps:\n        - log: a\n");

        assertThat(refused()).contains(routes.resolve(name).toString(), words);
    }

    @Test
    void whatIsNoRouteMayLieBesideThem() throws Exception {
        String route = "- route:\n    id: crm\n    from:\n      uri: direct:crm\n      steps:\n        - log: a\n";
        Files.writeString(routes.resolve("kustomization.yaml"), "resources:\n  - a.yaml\n");
        Files.writeString(routes.resolve("list.yml"), "- name: crm\n");
        Files.writeString(routes.resolve("template.yaml"), "{{- if .Values.on }}\na: b\n{{- end }}\n");
        Files.writeString(routes.resolve("off.camel.yaml.bak"), route);
        // as Kubernetes mounts a ConfigMap
        Files.createDirectory(routes.resolve("..2026"));
        Files.writeString(routes.resolve("..2026/crm.camel.yaml"), route);
        Files.createSymbolicLink(routes.resolve("..data"), Path.of("..2026"));
        Files.createSymbolicLink(routes.resolve("crm.camel.yaml"), Path.of("..data/crm.camel.yaml"));

        assertThat(read()).isNull();
    }

    @Test
    void aLineEachTellsWhichFilesAreAddedAndWhichReplaceOurs(CapturedOutput output) throws Exception {
        Path ours = Path.of("routes/enrichment/language.camel.yaml");
        Files.createDirectories(routes.resolve("enrichment"));
        Files.writeString(routes.resolve("enrichment/language.camel.yaml"), "# changed\n" + Files.readString(ours));
        Files.copy(Path.of("routes/errors.camel.yaml"), routes.resolve("errors.camel.yaml"));
        Files.writeString(
                routes.resolve("crm.camel.yaml"),
                "- route:\n    id: crm\n    from:\n      uri: direct:crm\n      steps:\n        - to: http://localhost/crm?folowRedirects=true&tier=gold\n");

        assertThat(read()).isNull();
        assertThat(output)
                .contains(
                        routes.resolve("crm.camel.yaml") + " is added to the routes",
                        routes.resolve("enrichment/language.camel.yaml")
                                + " replaces the application's enrichment/language.camel.yaml",
                        routes.resolve("crm.camel.yaml")
                                + ", line 6: folowRedirects is no option of the component http and goes to the other side as a parameter, did you mean"
                                + " followRedirects?")
                .doesNotContain("errors.camel.yaml", "tier");
    }

    @ParameterizedTest
    @MethodSource("brokenFiles")
    void aBrokenFileIsNamedWithItsLine(String yaml, int line, String words) throws Exception {
        Files.writeString(routes.resolve("team/crm.camel.yaml"), yaml);

        assertThat(refused())
                .contains(routes.resolve("team/crm.camel.yaml").toString(), "line " + line, words)
                .doesNotContain("\n\n");
    }

    /** What the last words of the start are. */
    private String refused() throws IOException {
        Throwable failure = read();
        if (failure == null) {
            failure = start();
        }
        assertThat(failure).as("the start fails").isNotNull();
        StartFailure report = StartFailure.of(new IllegalStateException("a bean", failure), routes.toString())
                .orElseThrow();
        assertThat(report.setting()).isEqualTo("handoff.routes-dir");
        return report.words();
    }

    /** Only reads the files, which takes a tenth of the time. */
    private Throwable read() {
        return catchThrowable(() -> {
            try (DefaultCamelContext context = new DefaultCamelContext()) {
                context.getPropertiesComponent().setInitialProperties(Defaults.load());
                context.getComponent("kamelet", KameletComponent.class).setLocation("classpath:routes/kamelets");
                RouteFiles.load(context, routes.toString());
                RouteFiles.requireReferences(context, Map.of());
            }
        });
    }

    private Throwable start() throws IOException {
        Properties properties = Defaults.load();
        properties.putAll(Map.of(
                "handoff.data-dir",
                dataDir.toString(),
                "handoff.routes-dir",
                routes.toString(),
                "handoff.http.host",
                "127.0.0.1",
                "handoff.http.port",
                "0"));
        return catchThrowable(() -> {
            try (HandoffRuntime runtime = new HandoffRuntime(new Settings(properties::getProperty), Map.of());
                    DefaultCamelContext context = new DefaultCamelContext()) {
                context.getPropertiesComponent().setInitialProperties(properties);
                context.setSourceLocationEnabled(true);
                runtime.configure(context);
                context.start();
            }
        });
    }
}
