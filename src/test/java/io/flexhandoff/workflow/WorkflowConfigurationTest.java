package io.flexhandoff.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkflowConfigurationTest {

    private static final String CONFIGURATION = """
            {"task_routing": {
              "filters": [
                {"filter_friendly_name": "Handed off", "expression": "handedOff == true",
                 "targets": [{"queue": "WQhuman", "priority": 10, "timeout": "120", "expression": "worker.languages HAS task.language"},
                             {"queue": "WQhuman"}]},
                {"friendly_name": "Broken", "expression": "my-attribute == 'x'", "targets": [{"queue": "WQnever"}]},
                {"expression": "1==1", "targets": [{"queue": "WQai"}]}
              ],
              "default_filter": {"queue": "WQdefault"}}}
            """;

    private final WorkflowConfiguration workflow = WorkflowConfiguration.parse(CONFIGURATION);

    @Test
    void keepsOrderNamesAndTargets() {
        assertThat(workflow.filters())
                .extracting(WorkflowConfiguration.Filter::name)
                .containsExactly("Handed off", "Broken", "");
        WorkflowConfiguration.Target first = workflow.filters().get(0).targets().get(0);
        assertThat(first.queue()).isEqualTo("WQhuman");
        assertThat(first.priority()).isEqualTo(10);
        assertThat(first.timeout()).isEqualTo(120);
        assertThat(workflow.defaultQueue()).isEqualTo("WQdefault");
    }

    @Test
    void theFirstMatchingFilterWins() {
        assertThat(workflow.matching(Map.of("handedOff", true)))
                .hasValueSatisfying(filter -> assertThat(filter.name()).isEqualTo("Handed off"));
        assertThat(workflow.matching(Map.of("handedOff", "true")))
                .hasValueSatisfying(filter -> assertThat(filter.expression()).isEqualTo("1==1"));
    }

    @Test
    void aMalformedExpressionNeverMatchesAsInTwilio() {
        WorkflowConfiguration.Filter broken = workflow.filters().get(1);

        assertThat(broken.expression()).isEqualTo("my-attribute == 'x'");
        assertThat(broken.matches(Map.of("my-attribute", "x"))).isFalse();
    }

    @Test
    void aTargetsExpressionSelectsWorkers() {
        List<WorkflowConfiguration.Target> targets = workflow.filters().get(0).targets();
        Map<String, Object> task = Map.of("language", "es");

        assertThat(targets.get(0).eligible(task, Map.of("languages", List.of("es"))))
                .isTrue();
        assertThat(targets.get(0).eligible(task, Map.of("languages", List.of("en"))))
                .isFalse();
        assertThat(targets.get(1).eligible(task, Map.of())).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {                                                    | not valid JSON
            {}                                                   | no task_routing
            {"task_routing": {"filters": {}}}                    | filters is not an array
            {"task_routing": {"filters": [{"targets": []}]}}     | filters[0].expression is missing
            """)
    void saysWhatIsWrong(String configuration, String problem) {
        assertThatThrownBy(() -> WorkflowConfiguration.parse(configuration))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining(problem);
    }
}
