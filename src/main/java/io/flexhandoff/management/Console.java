package io.flexhandoff.management;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.InvalidAttributeValueException;
import javax.management.JMException;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ManagementAgent;
import org.apache.camel.spi.ManagementMBeanAssembler;

/**
 * An MBean for operators: what Camel makes of an object with its {@code @ManagedResource}, {@code @ManagedAttribute} and {@code
 * @ManagedOperation}, and the names of the operations' parameters, of which Hawtio makes a form.
 */
public final class Console implements DynamicMBean {

    private final DynamicMBean camels;
    private final MBeanInfo info;

    private Console(DynamicMBean camels, Class<?> type) {
        this.camels = camels;
        MBeanInfo plain = camels.getMBeanInfo();
        this.info = new MBeanInfo(
                type.getName(),
                plain.getDescription(),
                plain.getAttributes(),
                null,
                Arrays.stream(plain.getOperations())
                        .filter(operation -> !operation.getName().matches("get[A-Z].*"))
                        .map(operation -> named(operation, type))
                        .toArray(MBeanOperationInfo[]::new),
                null);
    }

    /**
     * Shows an object in the context's management, if it has any, as {@code org.apache.camel:context=…,type=services,name=<name>};
     * it goes when the context stops.
     */
    public static void show(CamelContext context, String name, Object managed) throws JMException {
        ManagementAgent agent = context.getManagementStrategy().getManagementAgent();
        ManagementMBeanAssembler assembler = context.getCamelContextExtension().getManagementMBeanAssembler();
        if (agent != null && assembler != null) {
            ObjectName objectName = new ObjectName(agent.getMBeanObjectDomainName() + ":context="
                    + context.getManagementName() + ",type=services,name=" + name);
            DynamicMBean camels = assembler.assemble(agent.getMBeanServer(), managed, objectName);
            agent.register(new Console(camels, managed.getClass()), objectName);
        }
    }

    private static MBeanOperationInfo named(MBeanOperationInfo operation, Class<?> type) {
        return new MBeanOperationInfo(
                operation.getName(),
                operation.getDescription(),
                Arrays.stream(method(operation, type).getParameters())
                        .map(Console::named)
                        .toArray(MBeanParameterInfo[]::new),
                operation.getReturnType(),
                operation.getImpact());
    }

    private static MBeanParameterInfo named(Parameter parameter) {
        return new MBeanParameterInfo(parameter.getName(), parameter.getType().getName(), null);
    }

    private static Method method(MBeanOperationInfo operation, Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(operation.getName())
                        && method.getParameterCount() == operation.getSignature().length)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        return info;
    }

    @Override
    public Object getAttribute(String attribute)
            throws AttributeNotFoundException, MBeanException, ReflectionException {
        return camels.getAttribute(attribute);
    }

    @Override
    public void setAttribute(Attribute attribute)
            throws AttributeNotFoundException, InvalidAttributeValueException, MBeanException, ReflectionException {
        camels.setAttribute(attribute);
    }

    @Override
    public AttributeList getAttributes(String[] attributes) {
        return camels.getAttributes(attributes);
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return camels.setAttributes(attributes);
    }

    @Override
    public Object invoke(String action, Object[] arguments, String[] signature)
            throws MBeanException, ReflectionException {
        return camels.invoke(action, arguments, signature);
    }
}
