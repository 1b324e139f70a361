package io.flexhandoff.management;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.management.DefaultManagementObjectStrategy;
import org.apache.camel.management.mbean.ManagedProcessor;
import org.apache.camel.model.ModelCamelContext;

/** Camel's MBeans, with {@link OperatorContext} for the context. */
public final class OperatorObjects extends DefaultManagementObjectStrategy {

    private final Map<String, Map<String, ManagedProcessor>> steps = new ConcurrentHashMap<>();

    /** Gives a context that is not initialized yet these MBeans. */
    public static void show(CamelContext context) {
        context.getManagementStrategy().setManagementObjectStrategy(new OperatorObjects());
        ExtendedCamelContext extension = context.getCamelContextExtension();
        FailureBranches.showIn((ModelCamelContext) context);
        extension.setManagementMBeanAssembler(new SharedDescriptions(context, extension.getManagementMBeanAssembler()));
    }

    @Override
    public Object getManagedObjectForCamelContext(CamelContext context) {
        OperatorContext managed = new OperatorContext(context, this::stepsOf);
        managed.init(context.getManagementStrategy());
        return managed;
    }

    @Override
    public Object getManagedObjectForProcessor(
            CamelContext context, Processor processor, NamedNode definition, Route route) {
        Object managed = super.getManagedObjectForProcessor(context, processor, definition, route);
        if (managed instanceof ManagedProcessor step) {
            steps.computeIfAbsent(route.getRouteId(), id -> new ConcurrentHashMap<>())
                    .put(step.getProcessorId(), step);
        }
        return managed;
    }

    private Collection<ManagedProcessor> stepsOf(String routeId) {
        Map<String, ManagedProcessor> found = steps.get(routeId);
        return found == null ? List.of() : found.values();
    }
}
