package io.flexhandoff.component.callevents;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flexhandoff.component.OpenWork;
import io.flexhandoff.ledger.LedgerAway;
import io.flexhandoff.trace.CallContext;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events off the broker as fast as they come and has them handled in order of their call. A message is acknowledged,
 * for itself, when its exchange has ended without a failure; until then the broker keeps it.
 */
final class CallEventsConsumer extends DefaultConsumer implements Suspendable {

    private static final Logger LOG = LoggerFactory.getLogger(CallEventsConsumer.class);

    /** Events that wait on this node at most: what is more waits at the broker. */
    private static final int ROOM = 10_000;

    private final CallEventsEndpoint endpoint;
    private final Cache<String, Escalating> escalations = Caffeine.newBuilder()
            .expireAfterAccess(Duration.ofMinutes(10))
            .executor(Runnable::run)
            .build();
    private ExecutorService workers;
    private ExecutorService finisher;
    private ScheduledExecutorService timer;
    private CallLanes lanes;
    private BrokerLink link;

    CallEventsConsumer(CallEventsEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (lanes == null) {
            workers = endpoint.getCamelContext()
                    .getExecutorServiceManager()
                    .newCachedThreadPool(this, "call-events-worker");
            // one thread: what is durable together is acknowledged without waking another for each
            finisher = endpoint.getCamelContext()
                    .getExecutorServiceManager()
                    .newSingleThreadExecutor(this, "call-events-finisher");
            timer = endpoint.getCamelContext()
                    .getExecutorServiceManager()
                    .newSingleThreadScheduledExecutor(this, "call-events-timer");
            lanes = new CallLanes(workers, this::handle, endpoint.getWorkers(), ROOM);
            endpoint.lag(lanes::lag);
            link = new BrokerLink(endpoint, timer, this::take, lanes::clear);
        }
        link.want(true);
        lanes.resume();
        link.open();
    }

    /** What is in hand is finished first, and acknowledged; then others get the rest. */
    @Override
    protected void doSuspend() {
        link.want(false);
        lanes.pause(() -> {});
        lanes.pause(link.stop());
    }

    @Override
    protected void doResume() throws Exception {
        link.want(true);
        lanes.resume();
        link.resume();
    }

    @Override
    protected void doStop() throws Exception {
        link.want(false);
        lanes.pause(() -> {});
        link.leave();
        super.doStop();
    }

    @Override
    protected void doShutdown() throws Exception {
        super.doShutdown();
        if (workers != null) {
            endpoint.getCamelContext().getExecutorServiceManager().shutdownNow(timer);
            endpoint.getCamelContext().getExecutorServiceManager().shutdown(workers);
            endpoint.getCamelContext().getExecutorServiceManager().shutdown(finisher);
        }
    }

    private void take(Session session, Message message) {
        try {
            Arrival arrival = Arrival.of(session, message);
            if (arrival.firstOfGroup() && endpoint.getComponent().getCallMoves() != null) {
                endpoint.getComponent().getCallMoves().moved(arrival.lane());
            }
            if (arrival.ahead() != null) {
                announce(arrival);
            } else {
                if (arrival.escalation()
                        && arrival.id() != null
                        && !arrival.delivery().late()) {
                    escalations.get(arrival.id(), id -> new Escalating()).arrived(arrival);
                }
                lanes.add(arrival);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on the call goes first; at the end of patience its escalation is handled, whatever is in its way. */
    private void announce(Arrival ahead) {
        Escalating escalating = escalations.get(ahead.id(), id -> new Escalating());
        escalating.add(ahead);
        escalating.arrived(ahead);
        if (escalating.tryId().equals(ahead.claim())) {
            return; // our own
        }
        lanes.hasten(ahead.lane());
        long left = Duration.between(Instant.now(), ahead.ahead()).toMillis() + endpoint.getPatience();
        timer.schedule(() -> workers.execute(() -> hurry(ahead, escalating)), Math.max(0, left), TimeUnit.MILLISECONDS);
    }

    private void hurry(Arrival ahead, Escalating escalating) {
        lanes.calm(ahead.lane());
        if (escalating.isTaken()) {
            // one that is being moved acknowledges it when it is
            escalating.ended(null, null).forEach(this::acknowledge);
            return;
        }
        Exchange exchange = exchange(ahead, escalating);
        exchange.setVariable("hurry", true);
        process(exchange, () -> {}, () -> {
            if (failed(exchange)) {
                escalating.failed(exchange);
                link.again(() -> workers.execute(() -> hurry(ahead, escalating)));
            } else {
                escalating.settleUnlessMoved(exchange);
                escalating.ended(exchange, null).forEach(this::acknowledge);
            }
            releaseExchange(exchange, false);
        });
    }

    private void handle(Arrival arrival, CallLanes.Turn turn) {
        if (!arrival.escalation() || arrival.id() == null || arrival.delivery().late()) {
            handle(arrival, null, turn);
            return;
        }
        Escalating escalating = escalations.get(arrival.id(), id -> new Escalating());
        if (escalating.isTaken()) {
            escalating.ended(null, arrival).forEach(this::acknowledge);
            turn.done();
        } else {
            handle(arrival, escalating, turn);
        }
    }

    private void handle(Arrival arrival, Escalating escalating, CallLanes.Turn turn) {
        Exchange exchange = exchange(arrival, escalating);
        Connection from = link.connection();
        process(exchange, () -> overUnlessHeld(exchange, turn), () -> {
            if (failed(exchange)) {
                if (escalating != null) {
                    escalating.failed(exchange);
                }
                if (turn.isOver()) {
                    link.again(() -> lanes.addAgain(arrival.onceMore()));
                } else {
                    turn.hold();
                    link.again(() -> handleAgain(arrival, from, turn));
                    releaseExchange(exchange, false);
                    return;
                }
            } else if (escalating == null) {
                acknowledge(arrival);
            } else {
                escalating.ended(exchange, arrival).forEach(this::acknowledge);
                if (escalating.isTaken()) {
                    lanes.calm(arrival.lane());
                }
            }
            releaseExchange(exchange, false);
            turn.done();
        });
    }

    /** While the ledger is away the call's next events wait, too: they stay in order. */
    private static void overUnlessHeld(Exchange exchange, CallLanes.Turn turn) {
        if (exchange.getException(LedgerAway.class) == null) {
            turn.over();
        }
    }

    private void handleAgain(Arrival arrival, Connection from, CallLanes.Turn turn) {
        turn.again(from == link.connection() ? arrival.onceMore() : null);
    }

    /**
     * @param handled the route is at its end
     * @param durable so is all that came of it
     */
    private void process(Exchange exchange, Runnable handled, Runnable durable) {
        OpenWork open = OpenWork.begin(exchange);
        CallContext.Scope scope = CallContext.of(exchange).enter();
        try {
            getAsyncProcessor().process(exchange, doneSync -> {
                handled.run();
                open.whenDone(finisher, failure -> {
                    if (failure != null && exchange.getException() == null) {
                        exchange.setException(failure);
                    }
                    durable.run();
                });
            });
        } finally {
            scope.close();
        }
    }

    private boolean failed(Exchange exchange) {
        if (exchange.getException() == null) {
            return false;
        }
        if (exchange.getException(LedgerAway.class) != null) {
            LOG.debug("An event waits for the ledger", exchange.getException());
            return true;
        }
        LOG.warn(
                "An event could be neither handled nor parked, again in {} s: {}",
                BrokerLink.RECONNECT.toSeconds(),
                exchange.getException().toString());
        return true;
    }

    private void acknowledge(Arrival arrival) {
        try {
            arrival.acknowledge();
        } catch (JMSException | RuntimeException e) {
            LOG.debug("The broker does not know that an event is handled, and delivers it again", e);
        }
    }

    private Exchange exchange(Arrival arrival, Escalating escalating) {
        Exchange exchange = createExchange(false);
        exchange.getMessage().setBody(arrival.ours() ? arrival.text() : null);
        exchange.setVariable("eventText", arrival.text());
        exchange.setVariable("delivery", arrival.delivery());
        exchange.setVariable("attempt", arrival.delivery().attempt());
        boolean first = escalating == null || escalating.isFirst();
        exchange.setVariable("seen", arrival.delivery().seen() || !first);
        exchange.setVariable("waited", arrival.delivery().mayGoOn());
        exchange.setVariable("trace", arrival.trace());
        exchange.setVariable("org", arrival.org());
        exchange.setVariable("callSid", arrival.callSid());
        exchange.setVariable("hurry", false);
        exchange.setVariable("movedAt", escalating == null ? null : escalating.movedAt());
        exchange.setVariable("try", escalating == null ? exchange.getExchangeId() : escalating.tryId());
        exchange.setProperty(CallEventsConstants.ESCALATING, escalating);
        return exchange;
    }
}
