package io.flexhandoff.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flexhandoff.org.Org;
import io.flexhandoff.runtime.CommandRuntime;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command about one org. */
abstract class OrgCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParentCommand
    private Commands commands;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ORG", description = "Name of the org, as in handoff.orgs.<name>.")
    private String org;

    @Option(names = "--json", description = "Prints JSON, as the API answers it.")
    private boolean json;

    /**
     * Does the work and prints what it found.
     *
     * @return the exit code, 0 or 1
     * @throws Exception when it could not tell; its message is what the person is told
     */
    protected abstract int run(CommandRuntime runtime, Org org, Progress progress) throws Exception;

    @Override
    public Integer call() throws Exception {
        try (Progress progress = new Progress(err());
                CommandRuntime runtime = commands.runtime()) {
            return run(runtime, runtime.org(org), progress);
        }
    }

    protected final Commands commands() {
        return commands;
    }

    protected final String orgName() {
        return org;
    }

    protected final boolean isJson() {
        return json;
    }

    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    protected final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Prints a value as JSON, for {@code --json}. */
    protected final void print(JsonNode value) throws JsonProcessingException {
        out().println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value));
    }

    /** The arguments make no sense together: usage, and exit code 2. */
    protected final RuntimeException wrongUsage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
