package io.flexhandoff.management;

import java.util.Collection;
import java.util.List;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.FinallyDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.TryDefinition;

/**
 * Shows what a route does on failure: {@code doCatch} and {@code doFinally} of a {@code doTry} that was read from YAML run, but are not
 * among its outputs, which is where the dump of a route looks, and with it Hawtio's diagram and source (Camel 4.17.0).
 */
final class FailureBranches extends ModelLifecycleStrategySupport {

    static void showIn(Model model) {
        model.addModelLifecycleStrategy(new FailureBranches());
    }

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        Collection<TryDefinition> tries =
                ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), TryDefinition.class);
        tries.forEach(FailureBranches::show);
    }

    private static void show(TryDefinition attempt) {
        List<CatchDefinition> catches = attempt.getCatchClauses();
        FinallyDefinition last = attempt.getFinallyClause();
        List<ProcessorDefinition<?>> outputs = attempt.getOutputs();
        catches.stream().filter(branch -> !outputs.contains(branch)).forEach(outputs::add);
        if (last != null && !outputs.contains(last)) {
            outputs.add(last);
        }
    }
}
