package io.flexhandoff.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flexhandoff.runtime.CommandRuntime;
import io.flexhandoff.runtime.StartFailure;
import io.flexhandoff.runtime.Validation;
import io.flexhandoff.spring.CommandSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code validate}: what would end a start, found without one. The application may be running beside it. */
@Command(
        name = "validate",
        description = "Looks for mistakes in configuration and routes; asks nobody and starts nothing.",
        footer = {"", "Exit code: 0 the application would start, 1 it would not, 2 could not tell."})
final class ValidateCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParentCommand
    private Commands commands;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        String routesDir = "./routes";
        try (CommandRuntime runtime = commands.runtime()) {
            routesDir = runtime.settings().text("handoff.routes-dir");
            CommandSettings.checkLogin(runtime.settings());
            tell(runtime.validate(CommandSettings.camel()));
            return 0;
        } catch (Exception e) {
            tell(StartFailure.of(e, routesDir)
                    .or(() -> CommandSettings.unreadable(e))
                    .orElseThrow(() -> e));
            return 1;
        }
    }

    private void tell(Validation found) throws Exception {
        if (json) {
            ObjectNode report = JSON.createObjectNode().put("valid", true).put("routes", found.routes());
            report.set("orgs", JSON.valueToTree(found.orgs()));
            report.set("added", JSON.valueToTree(found.added()));
            report.set("replaced", JSON.valueToTree(found.replaced()));
            print(report);
            return;
        }
        StringBuilder text = new StringBuilder("The application would start: ")
                .append(found.routes())
                .append(" routes; orgs ")
                .append(String.join(", ", found.orgs()))
                .append(".\n");
        found.added().forEach(file -> text.append("  added     ").append(file).append('\n'));
        found.replaced()
                .forEach(file -> text.append("  replaced  ").append(file).append('\n'));
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }

    private void tell(StartFailure failure) throws Exception {
        if (json) {
            print(JSON.createObjectNode()
                    .put("valid", false)
                    .put("setting", failure.setting())
                    .put("problem", failure.words())
                    .put("fix", failure.advice()));
        } else {
            spec.commandLine().getOut().println(failure.words() + System.lineSeparator() + failure.advice());
        }
    }

    private void print(ObjectNode report) throws Exception {
        spec.commandLine()
                .getOut()
                .println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report));
    }
}
