package io.flexhandoff.component.callevents;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.flexhandoff.broker.EventSender;
import io.flexhandoff.component.OpenWork;
import io.flexhandoff.event.CallEvent;
import io.flexhandoff.late.EventPost;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.support.DefaultProducer;

/**
 * Makes the event, or the events, that are the body durable, all together, and waits for it. The body is a {@link CallEvent}, an {@link
 * EventPost}, or several of them; it stays.
 */
final class CallEventsProducer extends DefaultProducer {

    private final CallEventsEndpoint endpoint;
    private final EventSender sender;
    private final EventMessages messages;

    CallEventsProducer(CallEventsEndpoint endpoint, EventSender sender, EventMessages messages) {
        super(endpoint);
        this.endpoint = endpoint;
        this.sender = sender;
        this.messages = messages;
    }

    /** @throws ExchangeTimedOutException when the broker does not take it in time; it may have it all the same */
    @Override
    public void process(Exchange exchange) throws Exception {
        String trace = exchange.getVariable("trace", String.class);
        List<CompletableFuture<Void>> sent = new ArrayList<>(2);
        if (exchange.getMessage().getBody() instanceof Iterable<?> several) {
            for (Object each : several) {
                sent.addAll(send(each, trace));
            }
        } else {
            sent.addAll(send(exchange.getMessage().getBody(), trace));
        }
        OpenWork open = endpoint.isWaitForCompletion() ? null : OpenWork.of(exchange);
        if (open == null) {
            await(exchange, sent);
        } else {
            sent.forEach(send -> open.add(send.orTimeout(endpoint.getSendTimeout(), TimeUnit.MILLISECONDS)));
        }
    }

    /** An escalation is announced, so that the node that has its call knows how long the caller waits. */
    private List<CompletableFuture<Void>> send(Object body, String trace) throws JsonProcessingException {
        if (body instanceof EventPost post) {
            return List.of(send(post, trace));
        }
        if (!(body instanceof CallEvent event)) {
            throw new IllegalArgumentException("Not an event of a call: "
                    + (body == null ? "nothing" : body.getClass().getName()));
        }
        return event instanceof CallEvent.Escalated escalated && !escalated.transferred()
                ? List.of(send(EventPost.of(event), trace), send(EventPost.ahead(event), trace))
                : List.of(send(EventPost.of(event), trace));
    }

    private CompletableFuture<Void> send(EventPost post, String trace) throws JsonProcessingException {
        return sender.send(endpoint.getQueue(), post.priority(), messages.of(post, trace));
    }

    private void await(Exchange exchange, List<CompletableFuture<Void>> sent) throws Exception {
        CompletableFuture<Void> all = CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new));
        try {
            all.get(endpoint.getSendTimeout(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception failure ? failure : e;
        } catch (TimeoutException e) {
            sent.forEach(each -> each.cancel(false));
            throw new ExchangeTimedOutException(exchange, endpoint.getSendTimeout());
        }
    }
}
