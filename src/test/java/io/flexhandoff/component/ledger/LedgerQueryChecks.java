package io.flexhandoff.component.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flexhandoff.component.OpenWork;
import io.flexhandoff.ledger.Ledger;
import io.flexhandoff.ledger.LedgerDatabase;
import io.flexhandoff.ledger.LedgerFailure;
import io.flexhandoff.trace.FailureWords;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.ResolveEndpointFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a route can ask of the ledger, on any database. */
abstract class LedgerQueryChecks {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123456Z");
    private static final String SECRET = "the parrot is called Admiral Fitzroy";

    private LedgerDatabase database;
    private LedgerCamel camel;

    abstract LedgerDatabase open();

    enum Mood {
        GLAD
    }

    record Word(String text, Mood mood, Word next) {}

    /** As old code writes it. */
    public static final class Counter {
        public int getCount() {
            return 3;
        }

        public boolean isOpen() {
            return true;
        }

        public Instant now() {
            return NOON;
        }
    }

    @BeforeEach
    void createTable() throws SQLException {
        database = open();
        try (Connection connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "create table spoken (id integer primary key, word varchar(20), number integer, open boolean,"
                            + " at timestamp with time zone)");
        }
        camel = new LedgerCamel(database);
    }

    @AfterEach
    void close() throws SQLException {
        camel.close();
        try (Connection connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("drop table spoken");
        }
        database.close();
    }

    @Test
    void takesParametersFromWhereverTheyAre() {
        camel.context().getRegistry().bind("counter", new Counter());
        Map<String, Object> variables = new HashMap<>();
        variables.put("id", 7);
        variables.put("word", new Word("a", null, new Word("it's", Mood.GLAD, null)));
        variables.put("spoken", Map.of("at", NOON));

        Object inserted = camel.ask("write", """
                insert into spoken (id, word, number, open, at)
                values (:#id, :#word.next.text, :#bean:counter.count, :#body.open, :#spoken.at)
                """, Map.of(), variables, new Counter());

        assertThat(inserted).isEqualTo(1);
        Map<?, ?> row = (Map<?, ?>) camel.one("select id, word, number, open, at AS \"At\" from spoken");
        assertThat(row.get("id")).isEqualTo(7);
        assertThat(row.get("word")).isEqualTo("it's");
        assertThat(row.get("number")).isEqualTo(3);
        assertThat(row.get("open")).isEqualTo(true);
        assertThat(Ledger.instant(row.get("at"))).isEqualTo(NOON);
        assertThat(read(
                        "select word from spoken where word = :#${variable.word.next.text} and ':#id;' <> 'x'",
                        variables))
                .isEqualTo("it's");
        assertThat(read("select :#word.next.mood as mood", variables)).isEqualTo("GLAD");
        assertThat(read("select count(*) from spoken where at = :#spoken.at and at <= :#bean:counter.now", variables))
                .isEqualTo(1L);
        assertThat(read("select id from spoken where word = any(:#words)", Map.of("words", List.of("is", "it's"))))
                .isEqualTo(7);
        assertThat(read("select id from spoken where word = any(:#words)", Map.of("words", List.of())))
                .isNull();
    }

    @Test
    void nothingOnTheWayIsNull() {
        Map<String, Object> variables = Map.of("id", 1, "word", new Word(null, null, null), "known", Map.of());
        camel.write("""
                insert into spoken (id, word, number, open, at)
                values (:#id, :#word.next.next.text, :#nobody, :#known.open, cast(:#known.at.time as timestamp with time zone))
                """, variables);

        assertThat(
                        camel.one(
                                "select count(*) from spoken where word is null and number is null and open is null and at is null"))
                .isEqualTo(1L);
        assertThat(read("select coalesce(cast(:#nobody as varchar), word, 'none') as word from spoken", variables))
                .isEqualTo("none");
        assertThat(camel.write("update spoken set word = :#word.text, at = :#known.at where id = :#id", variables))
                .isEqualTo(1);
    }

    @Test
    void answersListsOneRowOneValueOrACount() {
        assertThat(camel.read("select * from spoken")).isEqualTo(List.of());
        assertThat(camel.one("select * from spoken")).isNull();
        assertThat(camel.one("select word from spoken")).isNull();
        camel.write(
                "insert into spoken (id, word) values (1, 'a'); insert into spoken (id, word) values (2, null)",
                Map.of());

        assertThat(camel.read("select id, word as Spoken_Word from spoken order by id"))
                .isEqualTo(List.of(Map.of("id", 1, "spoken_word", "a"), nullable("id", 2, "spoken_word", null)));
        assertThat(camel.one("select id, word from spoken where id = 1")).isEqualTo(Map.of("id", 1, "word", "a"));
        assertThat(camel.one("select word from spoken where id = 1")).isEqualTo("a");
        assertThat(camel.one("select word from spoken where id = 2")).isNull();
        assertThat(camel.write("update spoken set number = 1", Map.of())).isEqualTo(2);
        assertThat(camel.write("update spoken set number = 1 where id = 9; ", Map.of()))
                .isEqualTo(0);
        assertThat(camel.ask(
                        "write",
                        "update spoken set number = 5 where id = 1; select number from spoken where id = 1;",
                        Map.of("outputType", "SelectOne"),
                        Map.of(),
                        null))
                .isEqualTo(5);
        assertThatThrownBy(() -> camel.one("select id from spoken"))
                .isInstanceOf(LedgerFailure.class)
                .hasMessageContaining("SelectOne found more than one row");
    }

    @Test
    void aStatementKnowsWhatThoseBeforeItChanged() {
        String query = """
                insert into spoken (id, word) values (1, 'a') on conflict do nothing;
                insert into spoken (id, number) select 10 + :#id, 1 where :#updated.1 > 0;
                insert into spoken (id, number) select 20 + :#id, 1 where :#updated.2 = 0
                """;
        assertThat(camel.write(query, Map.of("id", 1))).isEqualTo(0);
        assertThat(camel.write(query, Map.of("id", 2))).isEqualTo(1);

        assertThat(camel.read("select id from spoken order by id"))
                .isEqualTo(List.of(Map.of("id", 1), Map.of("id", 11), Map.of("id", 22)));
    }

    @Test
    void aBatchIsDoneForEachElementInOneTransaction() {
        List<Map<String, Object>> rows = List.of(Map.of("id", 1), Map.of("id", 2), Map.of("id", 3));
        String insert = "insert into spoken (id, word) values (:#body.id, :#word)";
        Map<String, Object> batch = Map.of("batch", "true");

        assertThat(camel.ask("write", insert, batch, Map.of("word", "a"), rows)).isEqualTo(3);
        assertThat(camel.ask(
                        "write",
                        "update spoken set number = 1 where id = :#body.id; delete from spoken where id = :#body.id and id < 3",
                        batch,
                        Map.of(),
                        rows))
                .isEqualTo(2);
        assertThat(camel.ask("write", insert, batch, Map.of(), List.of())).isEqualTo(0);
        assertThatThrownBy(() -> camel.ask("write", insert, batch, Map.of(), rows))
                .isInstanceOf(LedgerFailure.class);
        assertThat(camel.read("select id, number from spoken")).isEqualTo(List.of(Map.of("id", 3, "number", 1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> camel.ask("write", insert, batch, Map.of(), 7))
                .withMessageContaining("which is no list");
    }

    @Test
    void aRouteNeedNotWaitWhenWhoeverBeganItDoes() throws Exception {
        String query = "insert into spoken (id) values (:#id)";
        Map<String, Object> options = Map.of("waitForCompletion", false);
        assertThat(camel.ask("write", query, options, Map.of("id", 1), "as it was"))
                .as("nobody else waits")
                .isEqualTo(1);

        assertThat(writtenLater(query, options, 2)).isNull();
        assertThat(read("select count(*) from spoken", Map.of())).isEqualTo(2L);
        assertThat(writtenLater(query, options, 2)).hasCauseInstanceOf(LedgerFailure.class);
    }

    private Throwable writtenLater(String query, Map<String, Object> options, int id) throws Exception {
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Exchange exchange = camel.context().createProducerTemplate().send(camel.uri("write", query, options), begun -> {
            OpenWork.begin(begun);
            begun.setVariable("id", id);
            begun.getMessage().setBody("as it was");
        });
        assertThat(exchange.getMessage().getBody()).isEqualTo("as it was");
        OpenWork.of(exchange).whenDone(Runnable::run, end::complete);
        return end.get();
    }

    @Test
    void aQueryIsDoneWholeOrNotAtAll() {
        assertThatThrownBy(() ->
                        camel.write("insert into spoken (id) values (1); insert into spoken (id) values (1)", Map.of()))
                .isInstanceOf(LedgerFailure.class)
                .hasMessage("The ledger refuses it: a value breaks a rule of its table (SQLSTATE 23505)");

        assertThat(camel.one("select count(*) from spoken")).isEqualTo(0L);
    }

    @Test
    void noFailureRepeatsAValue() {
        for (String query : List.of(
                "insert into spoken (id, word) values (1, :#secret)",
                "insert into spoken (id, number) values (1, cast(:#secret as integer))",
                "select cast(:#secret as timestamp with time zone)",
                "select 1 / 0, cast(:#secret as varchar)")) {
            assertThatThrownBy(() -> camel.write(query, Map.of("secret", SECRET)))
                    .as(query)
                    .isInstanceOf(LedgerFailure.class)
                    .hasMessageContaining("a value does not fit")
                    .satisfies(failure -> assertThat(FailureWords.of(failure)).doesNotContain("parrot"))
                    .satisfies(failure -> assertThat(failure).hasStackTraceContaining("LedgerFailure"))
                    .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain("parrot"));
        }
    }

    @Test
    void aPropertyThatThereIsNotIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> camel.write(
                        "update spoken set word = :#word.txt", Map.of("word", new Word(SECRET, null, null))))
                .withMessage(":#word.txt: Word has no property 'txt'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "write | update spoken set word = 'a                              | a ' is not closed",
                "write | update spoken set word = :#                              | :# is followed by no name",
                "write | update spoken set word = ?                               | write :#name where a value belongs",
                "write | update spoken set word = :#${variable.a                  | a :#${ is not closed",
                "write | update spoken set number = :#updated.1                   | :#updated.1 names no statement before",
                "write | delete from spoken where id in (:#in:ids)                | write = any(:#name)",
                "write | delete from spoken -- where id = 1                       | it has a comment",
                "write | ';'                                                      | it has no statement",
                "write | delete from spoken where number = :#bean:nobody.number   | nobody",
                "read  | delete from spoken                                       | ledger:read takes one select",
                "read  | select 1; select 2                                       | ledger:read takes one select",
                "wirte | select 1                                                 | Unknown operation 'wirte'",
            })
    void aQueryThatIsNoneIsRefused(String operation, String query, String message) {
        assertThatThrownBy(() -> camel.context().getEndpoint(camel.uri(operation, query, Map.of())))
                .isInstanceOf(ResolveEndpointFailedException.class)
                .hasStackTraceContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "update spoken set wrod = 'a'                          | wrod",
                "update spokn set word = 'a'                           | spokn",
                "update spoken set word = 'a' were id = :#id           | were",
                "delete from spoken; delete from spoken where it = 1   | it"
            })
    void aRouteWhoseSqlMakesNoSenseDoesNotStart(String query, String named) {
        assertThatThrownBy(() -> camel.load("""
                        - route:
                            id: keep-word
                            from:
                              uri: direct:keep-word
                              steps:
                                - to:
                                    id: update-word
                                    uri: ledger:write
                                    parameters:
                                      query: >-
                                        %s
                        """.formatted(query)))
                .hasMessageContaining("keep-word")
                .hasStackTraceContaining("The ledger does not understand")
                .hasStackTraceContaining(named);
    }

    @Test
    void aRouteGetsItsAnswerInAVariable() throws Exception {
        camel.load("""
                - route:
                    id: keep-word
                    from:
                      uri: direct:keep-word
                      steps:
                        - setVariable:
                            name: word
                            simple:
                              expression: ${body}
                        - to:
                            uri: ledger:write
                            variableReceive: updated
                            parameters:
                              query: >-
                                insert into spoken (id, word, number)
                                values (1, :#word || '100%25+;{}', 1 + 1) on conflict do nothing
                        - filter:
                            simple:
                              expression: ${variable.updated} > 0
                            steps:
                              - to:
                                  uri: ledger:read
                                  variableReceive: found
                                  parameters:
                                    outputType: SelectOne
                                    query: select word from spoken where id = 1 and number = 1 +1
                              - setBody:
                                  simple:
                                    expression: ${body} is ${variable.found}
                """);
        try (var template = camel.context().createProducerTemplate()) {
            assertThat(template.requestBody("direct:keep-word", "hello")).isEqualTo("hello is hello100%25+;{}");
            assertThat(template.requestBody("direct:keep-word", "again")).isEqualTo("again");
        }
    }

    private Object read(String query, Map<String, Object> variables) {
        return camel.ask("read", query, Map.of("outputType", "SelectOne"), variables, null);
    }

    private static Map<String, Object> nullable(String key, Object value, String other, Object otherValue) {
        Map<String, Object> map = new HashMap<>();
        map.put(key, value);
        map.put(other, otherValue);
        return map;
    }

    private static String stackTrace(Throwable failure) {
        java.io.StringWriter words = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(words));
        return words.toString();
    }
}
