package io.flexhandoff.component.callevents;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flexhandoff.broker.Broker;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Keeps the events of calls on the broker, and hands them out in order of their call. */
@Component("call-events")
public class CallEventsComponent extends DefaultComponent {

    @Metadata(label = "advanced", autowired = true)
    private Broker broker;

    @Metadata(label = "advanced")
    private ObjectMapper json;

    @Metadata(label = "advanced", autowired = true)
    private CallMoves callMoves;

    @Metadata(label = "advanced", autowired = true)
    private Backlog backlog;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        CallEventsEndpoint endpoint = new CallEventsEndpoint(uri, this);
        endpoint.setQueue(remaining);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    public Broker getBroker() {
        return broker;
    }

    /** The broker; a single bean of this type is found by itself. */
    public void setBroker(Broker broker) {
        this.broker = broker;
    }

    public ObjectMapper getJson() {
        return json == null ? getCamelContext().getRegistry().lookupByNameAndType("json", ObjectMapper.class) : json;
    }

    /** Writes and reads events; by default the bean json. */
    public void setJson(ObjectMapper json) {
        this.json = json;
    }

    public CallMoves getCallMoves() {
        return callMoves;
    }

    /** Is told of calls that come to this node; a single bean of this type is found by itself. */
    public void setCallMoves(CallMoves callMoves) {
        this.callMoves = callMoves;
    }

    public Backlog getBacklog() {
        return backlog;
    }

    /** Is told how far this node is behind; a single bean of this type is found by itself. */
    public void setBacklog(Backlog backlog) {
        this.backlog = backlog;
    }
}
