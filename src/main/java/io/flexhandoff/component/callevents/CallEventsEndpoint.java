package io.flexhandoff.component.callevents;

import java.util.function.LongSupplier;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Make events of calls durable, and handle them in order of their call, escalations first. */
@UriEndpoint(
        firstVersion = "0.2.0",
        scheme = "call-events",
        title = "Call Events",
        syntax = "call-events:queue",
        category = {Category.MESSAGING})
public class CallEventsEndpoint extends DefaultEndpoint {

    @UriPath(description = "The broker's queue.")
    @Metadata(required = true)
    private String queue;

    @UriParam(label = "consumer", defaultValue = "256")
    private int workers = 256;

    @UriParam(label = "consumer", defaultValue = "4")
    private int consumers = 4;

    @UriParam(label = "consumer", defaultValue = "3s", javaType = "java.time.Duration")
    private long patience = 3_000;

    @UriParam(label = "producer", defaultValue = "3s", javaType = "java.time.Duration")
    private long sendTimeout = 3_000;

    @UriParam(label = "producer", defaultValue = "true")
    private boolean waitForCompletion = true;

    public CallEventsEndpoint(String uri, CallEventsComponent component) {
        super(uri, component);
    }

    @Override
    public Producer createProducer() {
        CallEventsComponent component = getComponent();
        return new CallEventsProducer(this, component.getBroker().sender(), new EventMessages(component.getJson()));
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        CallEventsConsumer consumer = new CallEventsConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    /** What the consumer of this queue tells of its backlog. */
    void lag(LongSupplier lag) {
        if (getComponent().getBacklog() != null) {
            getComponent().getBacklog().watch(lag);
        }
    }

    @Override
    public CallEventsComponent getComponent() {
        return (CallEventsComponent) super.getComponent();
    }

    public String getQueue() {
        return queue;
    }

    public void setQueue(String queue) {
        this.queue = queue;
    }

    public int getWorkers() {
        return workers;
    }

    /** Events that are worked on at once, each of another call; an org has at most three quarters of them. */
    public void setWorkers(int workers) {
        this.workers = workers;
    }

    public int getConsumers() {
        return consumers;
    }

    /** JMS consumers, over which the broker spreads the calls. */
    public void setConsumers(int consumers) {
        this.consumers = consumers;
    }

    public long getPatience() {
        return patience;
    }

    /** How long after it was taken in an escalation waits for what its call said before; then it is handled at once. */
    public void setPatience(long patience) {
        this.patience = patience;
    }

    public long getSendTimeout() {
        return sendTimeout;
    }

    /** How long a sender waits until the broker has the event on its disk. */
    public void setSendTimeout(long sendTimeout) {
        this.sendTimeout = sendTimeout;
    }

    public boolean isWaitForCompletion() {
        return waitForCompletion;
    }

    /**
     * Whether the route waits until the broker has the event on its disk. Without, a route behind this component's consumer
     * goes on at once, and the event that it handles is not acknowledged before; any other route waits all the same.
     */
    public void setWaitForCompletion(boolean waitForCompletion) {
        this.waitForCompletion = waitForCompletion;
    }
}
