package io.flexhandoff.runtime;

import java.util.Properties;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * For a runtime that brings the routes itself, as Camel K does with the sources of an Integration: gives its context
 * everything else that they need. The property {@code camel.beans.handoff=#class:io.flexhandoff.runtime.ManagedSources}
 * puts it to work in any runtime that reads Camel's properties. Settings are that runtime's, {@code HANDOFF_…} environment
 * variables included; the defaults are those of {@code config/application.yaml}.
 */
public final class ManagedSources implements CamelContextAware {

    private CamelContext context;

    @Override
    public CamelContext getCamelContext() {
        return context;
    }

    /**
     * Prepares the context, before it reads a route. A runtime asks for customizers of a context before it has made the
     * beans that properties name, so this is none.
     *
     * @throws RuntimeException naming the setting that the start fails for
     */
    @Override
    public void setCamelContext(CamelContext camelContext) {
        if (context == null) {
            context = camelContext;
            prepare();
        }
    }

    private void prepare() {
        try {
            Properties defaults = Defaults.load();
            PropertiesComponent properties = context.getPropertiesComponent();
            properties.addPropertiesSource(new PropertiesSource() {
                @Override
                public String getName() {
                    return "handoff-defaults";
                }

                @Override
                public String getProperty(String name) {
                    return defaults.getProperty(name);
                }
            });
            Set<String> names = properties
                    .loadProperties(name -> name.startsWith("handoff.orgs."))
                    .stringPropertyNames();
            HandoffRuntime runtime = new HandoffRuntime(
                    new Settings(name -> value(properties, name)),
                    () -> OrgSettings.orgs(names, name -> value(properties, name)));
            runtime.prepare(context);
            context.addLifecycleStrategy(new LifecycleStrategySupport() {
                @Override
                public void onContextStopped(CamelContext stopped) {
                    runtime.close();
                }
            });
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String value(PropertiesComponent properties, String name) {
        return properties.resolveProperty(name).orElse(null);
    }
}
