package io.flexhandoff.component.taskrouter;

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;

/** Options of the {@code twilio-taskrouter:} component. */
@UriParams
public class TaskRouterConfiguration implements Cloneable {

    @UriPath(description = "What to do.")
    @Metadata(required = true)
    private TaskRouterOperations operation;

    @UriParam
    private String org;

    public TaskRouterOperations getOperation() {
        return operation;
    }

    public void setOperation(TaskRouterOperations operation) {
        this.operation = operation;
    }

    public String getOrg() {
        return org;
    }

    /**
     * The org whose Twilio account is used, as named in handoff.orgs. The header CamelTwilioOrg wins over it; one of
     * both is needed.
     */
    public void setOrg(String org) {
        this.org = org;
    }

    public TaskRouterConfiguration copy() {
        try {
            return (TaskRouterConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }
}
