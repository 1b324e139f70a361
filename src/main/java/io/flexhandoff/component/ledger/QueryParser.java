package io.flexhandoff.component.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the text of a query apart: its statements, with {@code ?} where they name a parameter. */
final class QueryParser {

    private static final Pattern NAME =
            Pattern.compile("(bean:)?[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_0-9][A-Za-z0-9_]*)*");
    private static final Pattern UPDATED = Pattern.compile("updated\\.[1-9]\\d?");

    private final String text;
    private final List<Parsed> statements = new ArrayList<>();
    private final StringBuilder sql = new StringBuilder();
    private List<String> parameters = new ArrayList<>();
    private int at;

    private QueryParser(String text) {
        this.text = text;
    }

    /** A statement as JDBC takes it, and the names of its parameters in their order. */
    record Parsed(String sql, List<String> parameters) {}

    /** @throws IllegalArgumentException saying what is wrong with the text */
    static List<Parsed> parse(String text) {
        QueryParser parser = new QueryParser(text);
        parser.parse();
        return parser.statements;
    }

    private void parse() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\'' || c == '"') {
                int end = text.indexOf(c, at + 1);
                require(end > 0, "a " + c + " is not closed");
                copyTo(end + 1);
            } else if (text.startsWith(":#", at)) {
                parameter();
            } else if (c == ';') {
                endStatement();
                at++;
            } else {
                require(c != '?', "write :#name where a value belongs, not ?");
                require(!text.startsWith("--", at) && !text.startsWith("/*", at), "it has a comment");
                copyTo(at + 1);
            }
        }
        endStatement();
        require(!statements.isEmpty(), "it has no statement");
    }

    private void copyTo(int end) {
        sql.append(text, at, end);
        at = end;
    }

    private void parameter() {
        int start = at + 2;
        int end;
        if (text.startsWith("${", start)) {
            end = endOfExpression(start);
        } else {
            require(!text.startsWith("in:", start), "write = any(:#name) for one of a list, not in (:#in:name)");
            Matcher name = NAME.matcher(text).region(start, text.length());
            require(name.lookingAt(), ":# is followed by no name");
            end = name.end();
        }
        String name = text.substring(start, end);
        if (name.equals("updated") || name.startsWith("updated.")) {
            require(
                    UPDATED.matcher(name).matches()
                            && Integer.parseInt(name.substring("updated.".length())) <= statements.size(),
                    ":#" + name + " names no statement before this one");
        }
        parameters.add(name);
        sql.append('?');
        at = end;
    }

    private int endOfExpression(int start) {
        int depth = 0;
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) == '{') {
                depth++;
            } else if (text.charAt(i) == '}' && --depth == 0) {
                return i + 1;
            }
        }
        throw wrong("a :#${ is not closed");
    }

    private void endStatement() {
        String statement = sql.toString().strip();
        if (!statement.isEmpty()) {
            statements.add(new Parsed(statement, parameters));
        }
        sql.setLength(0);
        parameters = new ArrayList<>();
    }

    private void require(boolean fine, String otherwise) {
        if (!fine) {
            throw wrong(otherwise);
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("The query is not understood, " + what + ": " + text);
    }
}
