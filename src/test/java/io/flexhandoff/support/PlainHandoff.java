package io.flexhandoff.support;

import io.flexhandoff.runtime.Defaults;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.runtime.Settings;
import io.flexhandoff.sandbox.SandboxServer;
import io.flexhandoff.sandbox.twilio.SandboxAccount;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.camel.impl.DefaultCamelContext;

/** The application with the org {@code demo} in this JVM, in a Camel context of its own and without Spring, from when it is made until it is closed. */
public final class PlainHandoff implements AutoCloseable {

    private final HandoffRuntime runtime;
    private final DefaultCamelContext context;
    private final ApiClient api;

    /**
     * @param twilio the stand-in that it calls; it goes on when this stops
     * @param settings what differs from the defaults
     */
    public PlainHandoff(SandboxServer twilio, Map<String, String> settings) throws Exception {
        Properties properties = Defaults.load();
        properties.setProperty("handoff.http.port", "0");
        properties.setProperty("handoff.http.host", "127.0.0.1");
        properties.setProperty("handoff.twilio.base-url", twilio.twilioUrl());
        properties.putAll(settings);
        runtime = new HandoffRuntime(
                new Settings(properties::getProperty),
                Map.of(
                        "demo",
                        SandboxOrg.of(
                                SandboxAccount.demo(), "demo-key", settings.get("handoff.orgs.demo.webhook-token"))));
        DefaultCamelContext.setDisableJmx(false);
        context = new DefaultCamelContext();
        context.getPropertiesComponent().setInitialProperties(properties);
        runtime.configure(context);
        context.start();
        api = new ApiClient(runtime.port(), "demo", "demo-key");
    }

    public HandoffRuntime runtime() {
        return runtime;
    }

    /** The API of the org. */
    public ApiClient api() {
        return api;
    }

    /** What an operation of one of our MBeans answers. @param parameters texts, all of them */
    public Object operate(String console, String operation, String... parameters) throws JMException {
        String[] signature = new String[parameters.length];
        Arrays.fill(signature, String.class.getName());
        return ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("org.apache.camel:context=" + context.getManagementName()
                                + ",type=services,name=" + console),
                        operation,
                        parameters,
                        signature);
    }

    @Override
    public void close() {
        context.stop();
        runtime.close();
    }
}
