package io.flexhandoff.late;

import io.flexhandoff.management.Console;
import jakarta.jms.JMSException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;

/**
 * Dead letters for operators, over JMX and so in Hawtio: {@code org.apache.camel:context=…,type=services,name=DeadLetters}.
 * Unlike the API it shows those of every org, and those that could not be read. It lists no transcript text.
 */
@ManagedResource(description = "Events that ran out of tries: see why, try them anew, or discard them")
public final class DeadLetterConsole {

    private final DeadLetters deadLetters;
    private final FluentProducerTemplate routes;

    private DeadLetterConsole(DeadLetters deadLetters, FluentProducerTemplate routes) {
        this.deadLetters = deadLetters;
        this.routes = routes;
    }

    /** Shows the console in the context's management, if it has any; it goes when the context stops. */
    public static void register(CamelContext context, DeadLetters deadLetters) throws JMException {
        Console.show(
                context, "DeadLetters", new DeadLetterConsole(deadLetters, context.createFluentProducerTemplate()));
    }

    @ManagedOperation(description = "All dead letters, oldest first, the newest 1000 at most; without what was said")
    public List<Map<String, String>> list() throws JMSException {
        return deadLetters.all().stream().map(DeadLetterConsole::row).toList();
    }

    @ManagedOperation(description = "The message of the dead letter with this id as it is; may hold what a caller said")
    public String text(String id) throws JMSException {
        return deadLetters.text(id).orElseThrow(() -> unknown(id));
    }

    @ManagedOperation(description = "Tries the dead letter with this id anew; what it may have done is not done twice")
    public void replay(String id) {
        if (move("replay-dead-letters", deadLetters.one(id)) == 0) {
            throw unknown(id);
        }
    }

    @ManagedOperation(
            description = "Tries all dead letters of a call anew, given the org and the Call SID; answers how many")
    public int replayCall(String org, String callSid) {
        return move("replay-dead-letters", deadLetters.ofCall(org, callSid));
    }

    @ManagedOperation(description = "Removes the dead letter with this id for good")
    public void discard(String id) {
        if (move("discard-dead-letters", deadLetters.one(id)) == 0) {
            throw unknown(id);
        }
    }

    private int move(String route, String selector) {
        Exchange done =
                routes.to("direct:" + route).withVariable("selector", selector).send();
        if (done.getException() != null) {
            throw new IllegalStateException(done.getException().getMessage(), done.getException());
        }
        return done.getVariable("moved", Integer.class);
    }

    private static IllegalArgumentException unknown(String id) {
        return new IllegalArgumentException("There is no dead letter " + id);
    }

    private static Map<String, String> row(DeadLetter letter) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("id", letter.id());
        row.put("org", letter.org());
        row.put("callSid", letter.callSid());
        row.put("kind", letter.kind());
        row.put("attempts", String.valueOf(letter.attempts()));
        row.put("firstFailure", letter.firstFailure().toString());
        row.put("lastFailure", letter.lastFailure().toString());
        row.put("cause", letter.cause());
        return row;
    }
}
