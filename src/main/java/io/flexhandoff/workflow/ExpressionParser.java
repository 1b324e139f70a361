package io.flexhandoff.workflow;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one expression, by recursive descent: or, and, not, comparison, operand.
 *
 * <p>Not built on an expression library: Commons JEXL (3.5) knows neither {@code HAS}, {@code CONTAINS} nor {@code IN}, so that the text would have
 * to be read and rewritten before, which loses the positions; it converts between types ({@code '1' == 1}) and takes null for a value
 * where TaskRouter does not, so that its whole arithmetic would have to be replaced; it runs method calls, which text from an account
 * must not; and it does not tell which comparison decided.
 */
final class ExpressionParser {

    private static final int DEEPEST = 100;

    private static final Pattern TOKEN = Pattern.compile("\\s*(?:"
            + "(?<text>'(?:[^'\\\\]|\\\\.)*+'|\"(?:[^\"\\\\]|\\\\.)*+\")"
            + "|(?<number>-?(?:\\d++(?:\\.\\d*+)?|\\.\\d++))"
            + "|(?<word>[A-Za-z_$][\\w$]*+)"
            + "|(?<sign>==|!=|<=|>=|&&|\\|\\||[<>!()\\[\\],.]))");

    private static final Map<String, Comparison> COMPARISONS = Map.of(
            "==", Comparison.EQUAL,
            "!=", Comparison.NOT_EQUAL,
            "<", Comparison.LESS,
            "<=", Comparison.LESS_OR_EQUAL,
            ">", Comparison.GREATER,
            ">=", Comparison.GREATER_OR_EQUAL,
            "CONTAINS", Comparison.CONTAINS,
            "HAS", Comparison.HAS,
            "IN", Comparison.IN);

    private record Token(String kind, String text, int position) {

        /** A keyword in upper case, or the sign itself: what the grammar looks at. */
        String symbol() {
            return switch (kind) {
                case "word" -> text.toUpperCase(Locale.ROOT);
                case "sign" -> text;
                default -> "";
            };
        }
    }

    private final String expression;
    private final List<Token> tokens = new ArrayList<>();
    private int next;
    private int depth;

    ExpressionParser(String expression) {
        this.expression = expression;
        Matcher matcher = TOKEN.matcher(expression);
        int end = expression.stripTrailing().length();
        int position = 0;
        while (position < end) {
            if (!matcher.region(position, end).lookingAt()) {
                int start =
                        end - expression.substring(position, end).stripLeading().length();
                throw new ExpressionException(expression, start, "Unexpected " + expression.charAt(start));
            }
            for (String kind : List.of("text", "number", "word", "sign")) {
                if (matcher.group(kind) != null) {
                    tokens.add(new Token(kind, matcher.group(kind), matcher.start(kind)));
                }
            }
            position = matcher.end();
        }
        tokens.add(new Token("end", "the end", expression.length()));
    }

    Term parse() {
        Term term = or();
        if (!peek().kind().equals("end")) {
            throw unexpected("an operator or the end");
        }
        return term;
    }

    private Term or() {
        return joined(true, this::and, "OR", "||");
    }

    private Term and() {
        return joined(false, this::not, "AND", "&&");
    }

    private Term joined(boolean deciding, Supplier<Term> rule, String word, String sign) {
        List<Term> parts = new ArrayList<>();
        do {
            parts.add(rule.get());
        } while (taken(word) || taken(sign));
        return parts.size() == 1 ? parts.get(0) : new Term.Joined(deciding, parts);
    }

    private Term not() {
        return taken("NOT") || taken("!") ? new Term.Not(deeper(this::not)) : comparison();
    }

    private Term comparison() {
        Term left = operand();
        Comparison comparison = comparisonOperator();
        return comparison == null ? left : new Term.Compare(left, comparison, operand());
    }

    private Comparison comparisonOperator() {
        if (taken("NOT")) {
            expect("IN");
            return Comparison.NOT_IN;
        }
        Comparison comparison = COMPARISONS.get(peek().symbol());
        if (comparison != null) {
            next++;
        }
        return comparison;
    }

    private Term operand() {
        Token token = peek();
        if (taken("(")) {
            Term inner = deeper(this::or);
            expect(")");
            return inner;
        }
        if (taken("[")) {
            return deeper(this::array);
        }
        next++;
        return switch (token.kind()) {
            case "text" -> new Term.Constant(unquoted(token.text()));
            case "number" -> new Term.Constant(new BigDecimal(token.text()));
            case "word" -> word(token);
            default -> {
                next--;
                throw unexpected("a value or a name");
            }
        };
    }

    private Term word(Token token) {
        return switch (token.symbol()) {
            case "TRUE" -> new Term.Constant(true);
            case "FALSE" -> new Term.Constant(false);
            case "NULL" -> new Term.Constant(Comparison.NULL);
            case "AND", "OR", "NOT", "IN", "HAS", "CONTAINS" -> {
                next--;
                throw unexpected("a value or a name");
            }
            default -> path(token.text());
        };
    }

    private Term path(String root) {
        int start = tokens.get(next - 1).position();
        List<Object> steps = new ArrayList<>();
        while (true) {
            if (taken(".")) {
                Token name = peek();
                if (!name.kind().equals("word")) {
                    throw unexpected("a name");
                }
                next++;
                steps.add(name.text());
            } else if (taken("[")) {
                Token number = peek();
                if (!number.text().matches("\\d{1,6}")) {
                    throw unexpected("an array index");
                }
                next++;
                steps.add(Integer.valueOf(number.text()));
                expect("]");
            } else {
                String text = expression.substring(start, peek().position()).strip();
                return new Term.Name(text, root, steps);
            }
        }
    }

    private Term array() {
        List<Term> elements = new ArrayList<>();
        if (!taken("]")) {
            do {
                elements.add(operand());
            } while (taken(","));
            expect("]");
        }
        return new Term.Array(elements);
    }

    /** Bounds the recursion, so that a hostile expression is refused and not a stack overflow. */
    private Term deeper(Supplier<Term> rule) {
        if (++depth > DEEPEST) {
            throw new ExpressionException(expression, peek().position(), "Nested deeper than " + DEEPEST + " levels");
        }
        Term term = rule.get();
        depth--;
        return term;
    }

    private Token peek() {
        return tokens.get(next);
    }

    private boolean taken(String symbol) {
        boolean found = peek().symbol().equals(symbol);
        if (found) {
            next++;
        }
        return found;
    }

    private void expect(String symbol) {
        if (!taken(symbol)) {
            throw unexpected("'" + symbol + "'");
        }
    }

    private ExpressionException unexpected(String wanted) {
        Token found = peek();
        return new ExpressionException(expression, found.position(), "Expected " + wanted + ", found " + found.text());
    }

    private static String unquoted(String literal) {
        return literal.substring(1, literal.length() - 1).replaceAll("\\\\(.)", "$1");
    }
}
