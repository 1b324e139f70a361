package io.flexhandoff.spring;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.management.MBeanInfo;
import javax.management.ObjectName;
import org.jolokia.server.core.service.api.DataUpdater;

/**
 * Says in Jolokia's list what {@link OperatorRestrictor} lets an operator do, so that Hawtio offers nothing else: an operation that is
 * denied has {@code canInvoke: false} and a lock, an attribute that is denied is left out, none can be written. Made by Jolokia, see {@code
 * META-INF/jolokia/services}.
 */
public final class OperatorView extends DataUpdater {

    private final OperatorRestrictor restrictor = new OperatorRestrictor();

    /** @param order among the updaters of Jolokia, the lowest first */
    public OperatorView(int order) {
        super(order);
    }

    @Override
    public String getKey() {
        return "operator";
    }

    @Override
    public void update(Map<String, Object> mbean, ObjectName name, MBeanInfo info, Deque<String> path) {
        if (mbean.get("op") instanceof Map<?, ?> operations) {
            @SuppressWarnings("unchecked")
            Map<String, Object> all = (Map<String, Object>) operations;
            all.replaceAll((operation, described) -> offered(name, operation, described));
        }
        if (mbean.get("attr") instanceof Map<?, ?> attributes) {
            attributes.keySet().removeIf(attribute -> !restrictor.isAttributeReadAllowed(name, (String) attribute));
            attributes.values().forEach(OperatorView::readOnly);
        }
    }

    /** Of several with one name those that are allowed, as Hawtio takes a denied one for all of them. */
    private Object offered(ObjectName name, String operation, Object described) {
        if (described instanceof Collection<?> several) {
            List<?> allowed = several.stream()
                    .filter(one -> isAllowed(name, operation, one))
                    .toList();
            if (!allowed.isEmpty()) {
                List<Object> kept = new ArrayList<>(several);
                kept.retainAll(allowed);
                return kept.size() == 1 ? kept.get(0) : kept;
            }
            several.forEach(OperatorView::deny);
        } else if (!isAllowed(name, operation, described)) {
            deny(described);
        }
        return described;
    }

    private boolean isAllowed(ObjectName name, String operation, Object described) {
        String types = described instanceof Map<?, ?> one && one.get("args") instanceof Collection<?> arguments
                ? arguments.stream()
                        .map(argument -> String.valueOf(((Map<?, ?>) argument).get("type")))
                        .collect(Collectors.joining(","))
                : "";
        return restrictor.isOperationAllowed(name, operation + "(" + types + ")");
    }

    @SuppressWarnings("unchecked")
    private static void deny(Object operation) {
        ((Map<String, Object>) operation).put("canInvoke", false);
    }

    @SuppressWarnings("unchecked")
    private static void readOnly(Object attribute) {
        ((Map<String, Object>) attribute).put("rw", false);
    }
}
