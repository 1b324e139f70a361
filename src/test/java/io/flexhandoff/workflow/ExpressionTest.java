package io.flexhandoff.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {

    private static final Map<String, Object> TASK = Map.of(
            "handedOff",
            true,
            "resolved",
            false,
            "language",
            "es-MX",
            "name",
            "O'Brien",
            "priority",
            7,
            "score",
            5.1,
            "skills",
            List.of("billing", "support"),
            "conference",
            Map.of("participants", Map.of("worker", "CA1"), "rooms", List.of("a", "b")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1==1",
                " 1 == 1 ",
                "0 != 1",
                "1.0 == 1",
                ".5 < 1",
                "-1 < 0",
                "\"apple\" != 'orange'",
                "handedOff == true",
                "true == handedOff",
                "handedOff",
                "HandedOff == true OR handedOff == TRUE",
                "NOT resolved",
                "not (resolved == true)",
                "!resolved && handedOff",
                "resolved or handedOff",
                "resolved || handedOff",
                "resolved AND resolved OR handedOff",
                "handedOff OR resolved AND resolved",
                "language == 'es-MX'",
                "task.language == \"es-MX\"",
                "language CONTAINS 'es'",
                "language contains '-'",
                "name == 'O\\'Brien'",
                "name == \"O'Brien\"",
                "priority == 7.0",
                "priority > 6",
                "priority >= 7",
                "priority <= 7",
                "score >= 5.1",
                "language < 'fr'",
                "language IN ['en', 'es-MX']",
                "language in [\"es-MX\"]",
                "language NOT IN ['en']",
                "language not in []",
                "priority IN [1, 7]",
                "'support' IN skills",
                "skills HAS 'support'",
                "skills has \"billing\" AND NOT (skills HAS 'sales')",
                "skills[1] == 'support'",
                "conference.participants.worker == 'CA1'",
                "task.conference.rooms[0] == 'a'",
                "missing == null",
                "null == missing.deeper[3]",
                "language != null",
                "(language == 'en' OR language == 'es-MX') AND score >= 5.1",
                "((((1==1))))",
            })
    void matches(String expression) {
        assertThat(Expression.parse(expression).matchesTask(TASK)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1==2",
                "'1' == 1",
                "'true' == true",
                "handedOff != true",
                "missing",
                "missing == 'x'",
                "missing != 'x'",
                "missing NOT IN ['x']",
                "missing == alsoMissing",
                "missing < 3",
                "missing != null",
                "language == null",
                "language",
                "priority",
                "priority > '6'",
                "priority < 7",
                "language HAS 'es'",
                "language HAS 'es-MX'",
                "'es-MX' IN language",
                "'x' NOT IN language",
                "skills == 'support'",
                "skills != 'support'",
                "skills CONTAINS 'support'",
                "skills HAS 'supp'",
                "skills[2] == 'support'",
                "language[0] == 'e'",
                "language.x == 'e'",
                "worker.language == 'es-MX'",
                "NOT handedOff",
                "handedOff AND resolved",
                "resolved OR resolved AND handedOff",
            })
    void doesNotMatch(String expression) {
        assertThat(Expression.parse(expression).matchesTask(TASK)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a ==              | 4  | a value or a name
            == 1              | 0  | a value or a name
            (a == 1           | 7  | ')'
            a == 1)           | 6  | an operator or the end
            a = 1             | 2  | Unexpected =
            my-name == 1      | 2  | an operator or the end
            other-name == 1   | 5  | Unexpected -
            a == "unclosed    | 5  | Unexpected "
            a IN ['x'         | 9  | ']'
            a IN ['x',]       | 10 | a value or a name
            a NOT 1           | 6  | 'IN'
            a == 1 b          | 7  | an operator or the end
            a AND OR b        | 6  | a value or a name
            a.1               | 1  | an operator or the end
            a.[0]             | 2  | a name
            a['x'] == 1       | 2  | an array index
            1 == 1; drop      | 6  | Unexpected ;
            """)
    void namesThePositionOfAProblem(String expression, int position, String problem) {
        // a hyphen before a letter is no sign of the language; before a digit it would be a negative number
        String text = expression.replace("my-name", "my-1");
        assertThatThrownBy(() -> Expression.parse(text))
                .hasMessageContaining(problem)
                .hasMessageContaining(text)
                .asInstanceOf(InstanceOfAssertFactories.type(ExpressionException.class))
                .extracting(ExpressionException::position)
                .isEqualTo(position);
    }

    @Test
    void anEmptyExpressionIsMalformed() {
        assertThatThrownBy(() -> Expression.parse("  ")).isInstanceOf(ExpressionException.class);
    }

    @Test
    void aHostileExpressionIsRefused() {
        assertThatThrownBy(() -> Expression.parse("(".repeat(100_000) + "1")).hasMessageContaining("Nested deeper");
        assertThatThrownBy(() -> Expression.parse("!".repeat(100_000) + "1")).hasMessageContaining("Nested deeper");
        assertThatThrownBy(() -> Expression.parse("'" + "\\'".repeat(50_000))).isInstanceOf(ExpressionException.class);
    }

    @Test
    void aTargetTellsTaskAndWorkerApart() {
        Expression expression =
                Expression.parse("worker.languages HAS task.language AND worker.level >= task.priority");
        Map<String, Object> worker = Map.of("languages", List.of("en", "es-MX"), "level", 7);

        assertThat(expression.matches(TASK, worker)).isTrue();
        assertThat(expression.matches(TASK, Map.of("languages", List.of("en"), "level", 7)))
                .isFalse();
        assertThat(Expression.parse("languages HAS 'en'").matchesWorker(worker)).isTrue();
        assertThat(Expression.parse("worker.languages HAS 'en'").matchesWorker(worker))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            handedOff == true                            | true  | true
            task.handedOff                               | true  | true
            handedOff == true AND tier == 'gold'         | true  | false
            handedOff == true OR tier == 'gold'          | true  | true
            tier == 'gold' OR NOT tier == 'gold'         | true  | false
            NOT (handedOff == true)                      | false | false
            NOT handedOff == true OR tier == 'gold'      | true  | false
            NOT (handedOff != true AND tier == 'gold')   | true  | true
            handedOff != true AND tier == 'gold'         | false | false
            handedOff == false                           | false | false
            handedOff == 'true' AND NOT tier == 'gold'   | false | false
            handedOff IN [true, 'yes']                   | true  | true
            worker.tier == 'gold'                        | false | false
            transferred == null                          | true  | true
            transferred != 'x' OR tier[0].level > 2      | true  | false
            transferred != 'x' AND tier[0].level > 2     | false | false
            1 == 1                                       | true  | true
            """)
    void tellsWhatIsCertainFromWhatIsKnown(String expression, boolean can, boolean must) {
        Map<String, Object> known = new HashMap<>(Map.of("handedOff", true));
        known.put("transferred", null);

        assertThat(Expression.parse(expression).canMatch(known)).isEqualTo(can);
        assertThat(Expression.parse(expression).mustMatch(known)).isEqualTo(must);
    }

    @Test
    void saysWhatItAsksAboutATask() {
        List<Question> questions = Expression.parse("vip AND (a.b[0] >= 5 OR 'x' IN task.tags) AND name == other"
                        + " AND tier NOT IN ['gold'] AND worker.level > 2")
                .questions();

        assertThat(questions)
                .extracting(Question::name)
                .containsExactly("vip", "a.b[0]", "tags", "name", "other", "tier");
        assertThat(questions.get(0).values()).containsExactly(true, false);
        assertThat(questions.get(1).values()).map(Object::toString).containsExactly("5", "4", "6");
        assertThat(questions.get(2).values()).containsExactly(List.of("x"));
        assertThat(questions.get(2).answer(List.of("x"))).contains(true);
        assertThat(questions.get(3).answer("x")).isEmpty();
        assertThat(questions.get(5).answer("silver")).contains(true);
        assertThat(questions.get(5).answer(null)).contains(false);
        assertThat(Expression.parse("languages HAS task.language AND level > task.need.level")
                        .questionsOfTarget())
                .extracting(Question::name)
                .containsExactly("language", "need.level");
    }
}
