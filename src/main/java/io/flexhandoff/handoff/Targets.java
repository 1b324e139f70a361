package io.flexhandoff.handoff;

import io.flexhandoff.component.Answer;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;

/**
 * Where each org's calls are handed over to: {@code x} is the route {@code direct:transfer-x}, and those of {@code routes/README.md} that it
 * may have beside it. Bound as {@code targets}.
 */
public final class Targets {

    /** The target whose calls wait in a workflow of TaskRouter. */
    public static final String FLEX = "flex";

    private final Map<String, String> byOrg;
    private final String usual;
    private final Predicate<String> routes;

    /**
     * @param byOrg the targets of orgs
     * @param usual that of any other org
     * @param routes whether there is a route {@code direct:<name>}
     */
    public Targets(Map<String, String> byOrg, String usual, Predicate<String> routes) {
        this.byOrg = Map.copyOf(byOrg);
        this.usual = usual;
        this.routes = routes;
    }

    /** That of an org. */
    public String of(String org) {
        return byOrg.getOrDefault(org, usual);
    }

    /** Whether the calls of an org wait in a workflow of TaskRouter. */
    public boolean isFlex(String org) {
        return of(org).equals(FLEX);
    }

    /** Bound as {@code targetOfOrg}. In: variable {@code org}. */
    public Expression ofOrg() {
        return Answer.of(exchange -> of(exchange.getVariable("org", String.class)));
    }

    /**
     * Bound as {@code targetAnswers}. In: variable {@code target}. Whether it has TwiML for a caller whose AI has just left: a route {@code
     * direct:answer-<target>}.
     */
    public org.apache.camel.Predicate answers() {
        return this::answers;
    }

    private boolean answers(Exchange exchange) {
        return routes.test("answer-" + exchange.getVariable("target"));
    }
}
