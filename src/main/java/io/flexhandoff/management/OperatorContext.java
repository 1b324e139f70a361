package io.flexhandoff.management;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.management.mbean.ManagedCamelContext;
import org.apache.camel.management.mbean.ManagedProcessor;

/**
 * Camel's MBean of a context, but that the statistics of all steps cost little. Hawtio asks for them every few seconds, and
 * Camel looks through the steps of all routes, over JMX, for each route: seconds of processor time, which calls need.
 */
public final class OperatorContext extends ManagedCamelContext {

    private static final Pattern ROUTE =
            Pattern.compile("(<routeStat id=\"([^\"]*)\".*?)(    </routeStat>)", Pattern.DOTALL);

    private final Function<String, Collection<ManagedProcessor>> steps;

    /** @param steps of the route with an id */
    OperatorContext(CamelContext context, Function<String, Collection<ManagedProcessor>> steps) {
        super(context);
        this.steps = steps;
    }

    @Override
    public String dumpRoutesStatsAsXml(boolean fullStats, boolean includeProcessors) throws Exception {
        String routes = super.dumpRoutesStatsAsXml(fullStats, false);
        return includeProcessors
                ? ROUTE.matcher(routes).replaceAll(route -> Matcher.quoteReplacement(withSteps(route, fullStats)))
                : routes;
    }

    private String withSteps(MatchResult route, boolean fullStats) {
        List<ManagedProcessor> inOrder = steps.apply(route.group(2)).stream()
                .sorted(Comparator.comparing(ManagedProcessor::getIndex))
                .toList();
        StringBuilder text = new StringBuilder(route.group(1)).append("      <processorStats>\n");
        for (ManagedProcessor step : inOrder) {
            Integer line = step.getSourceLineNumber();
            text.append(
                    "        <processorStat id=\"%s\" index=\"%s\" state=\"%s\" disabled=\"%s\" sourceLineNumber=\"%s\""
                            .formatted(
                                    step.getProcessorId(),
                                    step.getIndex(),
                                    step.getState(),
                                    step.getDisabled(),
                                    line == null ? -1 : line));
            text.append(" exchangesInflight=\"")
                    .append(step.getExchangesInflight())
                    .append("\" ");
            // what comes between <stats and />
            text.append(step.dumpStatsAsXml(fullStats).substring("<stats ".length()))
                    .append('\n');
        }
        return text.append("      </processorStats>\n").append(route.group(3)).toString();
    }
}
