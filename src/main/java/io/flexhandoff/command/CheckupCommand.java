package io.flexhandoff.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flexhandoff.org.Org;
import io.flexhandoff.runtime.CommandRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code checkup}: finds out what is wrong. The application that runs on this machine is asked, which also knows what it has refused; when
 * none answers, the same checks run here.
 */
@Command(
        name = "checkup",
        description = "Finds out what is wrong between an org and its Twilio account; changes nothing.",
        footer = {"", "Exit code: 0 healthy, 1 not healthy, 2 could not tell."})
final class CheckupCommand extends OrgCommand {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description =
                    "Writes a file for a support request: checks, SIDs, time and versions; no secret, no number, no word"
                            + " that was spoken.")
    private Path record;

    @Override
    protected int run(CommandRuntime runtime, Org org, Progress progress) throws Exception {
        JsonNode report = progress.during(
                "Checking " + org.name() + ", which takes longer while Twilio is slow", () -> report(runtime, org));
        if (isJson()) {
            print(report);
        } else {
            out().print(CheckupTable.of(report));
            out().flush();
        }
        if (record != null) {
            write(org, report);
        }
        return CheckupTable.exitCode(report);
    }

    private static JsonNode report(CommandRuntime runtime, Org org) throws InterruptedException {
        try {
            RunningApplication.Answer answer = new RunningApplication(runtime, org).ask("GET", "/checkup");
            if (answer.isOk()) {
                return answer.body();
            }
            if (runtime.isSandbox()) {
                throw new IllegalStateException(answer.problem());
            }
        } catch (IllegalStateException notRunning) {
            if (runtime.isSandbox()) {
                throw notRunning;
            }
        }
        return JSON.valueToTree(runtime.checkup().run(org.name()));
    }

    private void write(Org org, JsonNode report) throws IOException {
        String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(SupportRecord.of(org, report));
        try {
            Files.writeString(record, text + System.lineSeparator());
        } catch (IOException e) {
            throw new IOException(
                    "--record: cannot write to " + record + ", " + e.getClass().getSimpleName(), e);
        }
    }
}
