package io.flexhandoff.spring;

import javax.management.ObjectInstance;
import javax.management.ObjectName;
import org.jolokia.service.jmx.api.CacheKeyProvider;

/**
 * Lets Jolokia describe each kind of Camel's MBeans once in its list, instead of once for every step of every route: Hawtio asks for that
 * list on each visit. Made by Jolokia, see {@code META-INF/jolokia/services}.
 */
public final class CamelMBeanKinds extends CacheKeyProvider {

    /** Types whose MBeans differ only by their class. */
    private static final String ALIKE = "processors|routes|routegroups|endpoints|consumers|producers";

    /** @param order among the key providers of Jolokia, the lowest first */
    public CamelMBeanKinds(int order) {
        super(order);
    }

    /** @return the kind of a MBean, or {@code null} for one that is described for itself */
    @Override
    public String determineKey(ObjectInstance mbean) {
        ObjectName name = mbean.getObjectName();
        String type = name.getKeyProperty("type");
        return "org.apache.camel".equals(name.getDomain()) && type != null && type.matches(ALIKE)
                ? type + ":" + mbean.getClassName()
                : null;
    }
}
