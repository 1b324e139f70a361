package io.flexhandoff.command;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code completion}: a script with which bash and zsh complete commands and options. */
@Command(
        name = "completion",
        description = "Prints a script with which bash and zsh complete commands and options.",
        footer = {
            "",
            "alias flex-handoff='java -jar /opt/flex-handoff/flex-handoff.jar'",
            "source <(flex-handoff completion)"
        })
final class CompletionCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "flex-handoff",
            description = "What you call the command, ${DEFAULT-VALUE} by default.")
    private String name;

    @Override
    public void run() {
        spec.commandLine().getOut().print(AutoComplete.bash(name, spec.root().commandLine()));
        spec.commandLine().getOut().flush();
    }
}
