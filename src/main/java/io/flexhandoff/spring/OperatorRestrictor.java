package io.flexhandoff.spring;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.jolokia.server.core.restrictor.AbstractConstantRestrictor;
import org.jolokia.server.core.util.HttpMethod;
import org.jolokia.server.core.util.RequestType;

/**
 * What Jolokia, and so Hawtio, lets an operator see and do: look at Camel, the broker and the JVM's vital signs, start and stop
 * routes, and all that our own consoles offer. Whatever is not named here is denied: new MBeans and operations stay closed until
 * somebody has thought of them.
 */
final class OperatorRestrictor extends AbstractConstantRestrictor {

    private static final String CAMEL = "org.apache.camel";
    private static final String BROKER = "org.apache.activemq.artemis";
    private static final String JVM = "java.lang";

    /** Our own MBeans, of type {@code services}. */
    private static final Set<String> CONSOLES =
            Set.of("Checkup", "Connect", "DeadLetters", "Handoffs", "LateSegments", "Orgs", "RejectedRequests");

    private static final Set<RequestType> TYPES =
            Set.of(RequestType.READ, RequestType.LIST, RequestType.SEARCH, RequestType.EXEC, RequestType.VERSION);

    /** Camel's own services that Hawtio's pages need; others are an engineer's, and variables may hold what a caller said. */
    private static final Set<String> CAMEL_SERVICES = Set.of("DefaultInflightRepository", "DefaultRestRegistry");

    /** Kinds of Camel's MBeans that are not shown: what they hold is message bodies, or nobody's to operate. */
    private static final Set<String> HIDDEN_CAMEL_TYPES = Set.of("tracer", "debugger", "eventnotifiers");

    /**
     * Operations of Camel's MBeans, by type, with the arguments that they may have. {@code isUpdateRouteEnabled}, which is asked by
     * Hawtio's page of a route's source, says no: nothing is updated. Dumps that resolve placeholders are not among
     * them: a route may name a secret so.
     */
    private static final Map<String, Pattern> CAMEL_OPERATIONS = Map.of(
            "context",
                    Pattern.compile(
                            "dumpRoutesAsXml\\(\\)|dumpRestsAsXml\\(\\)|dumpRoutesStatsAsXml(\\(boolean,boolean\\))?"
                                    + "|(component|language|dataFormat)Names(\\(\\))?|route(Ids|Groups)(\\(\\))?"),
            "routes",
                    Pattern.compile("(start|stop|restart)\\(\\)|(suspend|resume)(\\(\\))?"
                            + "|isUpdateRouteEnabled\\(\\)|dumpRouteAsXml\\(\\)|dumpRouteStatsAsXml(\\(boolean,boolean\\))?"
                            + "|dumpStepStatsAsXml(\\(boolean\\))?|processorIds(\\(\\))?"),
            "processors", Pattern.compile("dumpProcessorAsXml(\\(\\))?"),
            "endpoints", Pattern.compile("queueSize(\\(\\))?|browse\\w+(\\([\\w.,]*\\))?"),
            "services", Pattern.compile("(browse|listRestServices|size)(\\([\\w.,]*\\))?"));

    /** Looking is enough: a message that is moved or removed behind the ledger's back is lost to it. */
    private static final Pattern BROKER_OPERATIONS =
            Pattern.compile("(list|browse|count|first)\\w*(\\([\\w.,\\[;]*\\))?");

    /** Vital signs; system properties, arguments and paths may hold secrets, and threads are no operator's business. */
    private static final Map<String, Pattern> JVM_ATTRIBUTES = Map.of(
            "Runtime",
                    Pattern.compile(
                            "Name|Pid|Uptime|StartTime|SpecName|SpecVersion|SpecVendor|VmName|VmVersion|VmVendor"),
            "Memory", Pattern.compile(".*"),
            "MemoryPool", Pattern.compile(".*"),
            "GarbageCollector", Pattern.compile(".*"),
            "OperatingSystem", Pattern.compile(".*"),
            "Threading", Pattern.compile(".*Count"),
            "ClassLoading", Pattern.compile(".*Count"));

    private static final Pattern SECRET = Pattern.compile("(?i).*(password|passphrase|secret|token|credential).*");

    OperatorRestrictor() {
        super(true);
    }

    /** Requests are POST: a GET could be an image of some other page. */
    @Override
    public boolean isHttpMethodAllowed(HttpMethod method) {
        return method == HttpMethod.POST;
    }

    @Override
    public boolean isTypeAllowed(RequestType type) {
        return TYPES.contains(type);
    }

    @Override
    public boolean isObjectNameHidden(ObjectName name) {
        return switch (name.getDomain()) {
            case CAMEL -> HIDDEN_CAMEL_TYPES.contains(type(name)) || isInternalService(name);
            case BROKER -> false;
            case JVM -> !JVM_ATTRIBUTES.containsKey(type(name));
            default -> true;
        };
    }

    @Override
    public boolean isAttributeReadAllowed(ObjectName name, String attribute) {
        return !isObjectNameHidden(name)
                && !SECRET.matcher(attribute).matches()
                && (!name.getDomain().equals(JVM)
                        || JVM_ATTRIBUTES.get(type(name)).matcher(attribute).matches());
    }

    @Override
    public boolean isAttributeWriteAllowed(ObjectName name, String attribute) {
        return false;
    }

    /** @param operation its name, with or without the types of its arguments in parentheses */
    @Override
    public boolean isOperationAllowed(ObjectName name, String operation) {
        if (isObjectNameHidden(name)) {
            return false;
        }
        return switch (name.getDomain()) {
            case CAMEL ->
                isConsole(name)
                        || CAMEL_OPERATIONS.containsKey(type(name))
                                && CAMEL_OPERATIONS
                                        .get(type(name))
                                        .matcher(operation.replace(" ", ""))
                                        .matches();
            case BROKER -> BROKER_OPERATIONS.matcher(operation.replace(" ", "")).matches();
            default -> false;
        };
    }

    /** No page of another origin gets leave to read an answer; from which a request comes is Spring Security's to check. */
    @Override
    public boolean isOriginAllowed(String origin, boolean strict) {
        return strict;
    }

    /** A proxy may speak TLS for us. */
    @Override
    public boolean ignoreScheme() {
        return true;
    }

    private static boolean isConsole(ObjectName name) {
        return "services".equals(type(name)) && CONSOLES.contains(name.getKeyProperty("name"));
    }

    private static boolean isInternalService(ObjectName name) {
        return "services".equals(type(name))
                && !isConsole(name)
                && !CAMEL_SERVICES.contains(name.getKeyProperty("name"));
    }

    private static String type(ObjectName name) {
        String type = name.getKeyProperty("type");
        return type == null ? "" : type;
    }
}
