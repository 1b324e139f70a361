package io.flexhandoff.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is not a filter that connect puts in survives byte for byte. */
class WorkflowTextTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OURS = "{\"expression\":\"handedOff == true\",\"targets\":[{\"queue\":\"WQ1\"}]}";
    private static final int CONFIGURATIONS = 5_000;

    @Test
    void keepsEveryOtherByteOfRandomConfigurations() throws Exception {
        for (int seed = 0; seed < CONFIGURATIONS; seed++) {
            RandomWorkflow random = new RandomWorkflow(new Random(seed));
            String before = random.text();
            WorkflowText workflow = new WorkflowText(before);
            int place = random.upTo(workflow.size());

            WorkflowText inserted = workflow.insert(place, OURS);

            assertThat(filters(inserted.toString())).as("seed %d", seed).hasSize(workflow.size() + 1);
            assertThat(filters(inserted.toString()).get(place)).isEqualTo(JSON.readTree(OURS));
            if (random.hasFilterList()) {
                assertThat(inserted.remove(place)).as("seed %d", seed).hasToString(before);
            } else {
                String member = "\"filters\":[" + OURS + "]";
                assertThat(inserted.toString().replace(member + ",", "").replace(member, ""))
                        .as("seed %d", seed)
                        .isEqualTo(before);
            }
            if (workflow.size() > 1) {
                List<String> texts = new ArrayList<>();
                for (int index = 0; index < workflow.size(); index++) {
                    texts.add(workflow.filter(index));
                }
                WorkflowText moved = workflow.move(workflow.size() - 1, 0);
                texts.add(0, texts.remove(texts.size() - 1));
                for (int index = 0; index < texts.size(); index++) {
                    assertThat(moved.filter(index)).as("seed %d", seed).isEqualTo(texts.get(index));
                }
            }
            if (workflow.size() > 0) {
                JsonNode sent = filters(workflow.target(0, "WQ9").toString()).get(0);
                assertThat(sent.path("targets").path(0).path("queue").asText()).isEqualTo("WQ9");
            }
            assertThat(JSON.readTree(workflow.defaultQueue("WQ9").toString())
                            .at("/task_routing/default_filter/queue")
                            .asText())
                    .as("seed %d", seed)
                    .isEqualTo("WQ9");
        }
    }

    private static JsonNode filters(String text) throws Exception {
        return JSON.readTree(text).at("/task_routing/filters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{}",
                "{\"task_routing\":[]}",
                "{\"task_routing\":{\"filters\":{}}}",
                "{\"task_routing\":{\"filters\":[1]}}",
                "{\"task_routing\":{\"filters\":[],\"filters\":[]}}",
                "{\"task_routing\":{}} x",
                "{\"task_routing\":{"
            })
    void refusesWhatItCannotEditSafely(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new WorkflowText(text));
    }

    /** A configuration as people and tools leave them: unknown fields, odd white space, numbers and escapes. */
    private static final class RandomWorkflow {

        private static final List<String> SPACES = List.of("", "", " ", "\n", "\t  ", "\r\n    ");
        private static final List<String> SCALARS = List.of(
                "1.0",
                "-0",
                "1e5",
                "1E+2",
                "0.10",
                "12345678901234567890",
                "true",
                "null",
                "\"\"",
                "\"\\u00e9\"",
                "\"\u00e9\"",
                "\"\\/\"",
                "\"\\\"},{\\\"\"",
                "\"\ud83d\ude00 , ]\"",
                "\"handedOff == true\"");

        private final Random random;
        private boolean filterList;

        RandomWorkflow(Random random) {
            this.random = random;
        }

        int upTo(int most) {
            return random.nextInt(most + 1);
        }

        boolean hasFilterList() {
            return filterList;
        }

        String text() {
            List<String> routing = members(1);
            filterList = random.nextInt(8) > 0;
            if (filterList) {
                List<String> filters = new ArrayList<>();
                for (int count = random.nextInt(5); count > 0; count--) {
                    filters.add(filter());
                }
                routing.add(random.nextInt(routing.size() + 1), member("filters", joined("[", filters, "]")));
            }
            if (random.nextBoolean()) {
                routing.add(
                        random.nextInt(routing.size() + 1),
                        member("default_filter", joined("{", List.of(member("queue", "\"WQ0\"")), "}")));
            }
            List<String> root = members(1);
            root.add(random.nextInt(root.size() + 1), member("task_routing", joined("{", routing, "}")));
            return space() + joined("{", root, "}") + space();
        }

        private String filter() {
            List<String> members = members(1);
            members.add(member("expression", SCALARS.get(14)));
            if (random.nextBoolean()) {
                members.add(random.nextInt(members.size()), member("targets", joined("[", List.of(value(2)), "]")));
            }
            return joined("{", members, "}");
        }

        private List<String> members(int depth) {
            List<String> members = new ArrayList<>();
            for (int count = random.nextInt(3); count > 0; count--) {
                members.add(member("x" + count + (random.nextBoolean() ? "" : "\\u0041 \\\""), value(depth)));
            }
            return members;
        }

        private String value(int depth) {
            int kind = random.nextInt(depth > 3 ? 2 : 5);
            return kind == 2
                    ? joined("{", members(depth + 1), "}")
                    : kind == 3
                            ? joined("[", List.of(value(depth + 1), value(depth + 1)), "]")
                            : SCALARS.get(random.nextInt(SCALARS.size()));
        }

        private String member(String name, String value) {
            return "\"" + name + "\"" + space() + ":" + space() + value;
        }

        private String joined(String open, List<String> parts, String close) {
            return open + space() + String.join(space() + "," + space(), parts) + space() + close;
        }

        private String space() {
            return SPACES.get(random.nextInt(SPACES.size()));
        }
    }
}
