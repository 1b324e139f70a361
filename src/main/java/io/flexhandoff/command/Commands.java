package io.flexhandoff.command;

import io.flexhandoff.runtime.CommandRuntime;
import io.flexhandoff.runtime.Settings;
import io.flexhandoff.spring.CommandSettings;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The commands of the executable jar. Each prints what it found on standard output, with {@code --json} as JSON alone,
 * and everything else on standard error. It ends with 0 when all is well, 1 when something is not, and 2 when it could
 * not tell, wrong usage included.
 */
@Command(
        name = "java -jar flex-handoff.jar",
        subcommands = {
            ConnectCommand.class,
            CheckupCommand.class,
            ValidateCommand.class,
            CompletionCommand.class,
            TrainCommand.class
        },
        versionProvider = Versions.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Without a command it starts the application.",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Settings are read from where the application reads them: ./config, profiles, environment;",
            "or given as --handoff.http.port=9000."
        })
public final class Commands {

    static final int COULD_NOT_TELL = 2;

    /** A setting, which is Spring's to read: its name has a dot, or is one that all of Spring's applications take. */
    private static final Pattern SETTING =
            Pattern.compile("--([\\w-]+(\\.[\\w\\[\\]-]+)+(=.*)?|debug|trace)", Pattern.DOTALL);

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Shows this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Shows the versions of the application, Camel and Java.")
    private boolean version;

    private final List<String> settings;
    private final Function<List<String>, CommandRuntime> load;

    private final Function<List<String>, Settings> read;
    private final Terminal terminal;

    private Commands(List<String> settings, Loading loading) {
        this.settings = settings;
        this.load = loading.runtime();
        this.read = loading.settings();
        this.terminal = loading.terminal();
    }

    /**
     * Where commands have things from.
     *
     * @param runtime makes that of settings
     * @param settings reads the configuration, whether or not it makes sense
     * @param terminal {@code null} when nobody can be asked
     */
    record Loading(
            Function<List<String>, CommandRuntime> runtime,
            Function<List<String>, Settings> settings,
            Terminal terminal) {}

    /** Whether a command, or help on them, is asked for; an application's arguments are all settings. */
    public static boolean isMeant(String... args) {
        return !Arrays.stream(args).allMatch(arg -> SETTING.matcher(arg).matches());
    }

    /** Runs the command that the arguments name, with the application's configuration. Gives the exit code. */
    public static int run(String... args) {
        return run(
                new Loading(CommandSettings::load, CommandSettings::settings, Terminal.ofProcess()),
                new PrintWriter(System.out, true),
                new PrintWriter(System.err, true),
                args);
    }

    static int run(Loading loading, PrintWriter out, PrintWriter err, String... args) {
        List<String> settings = Arrays.stream(args)
                .filter(arg -> SETTING.matcher(arg).matches())
                .toList();
        String[] command = Arrays.stream(args)
                .filter(arg -> !SETTING.matcher(arg).matches())
                .toArray(String[]::new);
        IExecutionExceptionHandler couldNotTell = (failure, line, parsed) -> {
            err.println(words(failure));
            return COULD_NOT_TELL;
        };
        return new CommandLine(new Commands(settings, loading))
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(couldNotTell)
                .setParameterExceptionHandler(Commands::wrongUsage)
                .execute(command);
    }

    /** What is wrong, what may have been meant, and the usage. */
    private static int wrongUsage(ParameterException failure, String[] args) {
        PrintWriter err = failure.getCommandLine().getErr();
        err.println(failure.getMessage());
        UnmatchedArgumentException.printSuggestions(failure, err);
        failure.getCommandLine().usage(err);
        return COULD_NOT_TELL;
    }

    /** Failures of settings and of the application say in words what is wrong; of any other their kind is all there is. */
    private static String words(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    /** @throws RuntimeException when the configuration cannot be read, or makes no sense */
    CommandRuntime runtime() {
        return load.apply(settings);
    }

    /** @throws RuntimeException when the configuration cannot be read */
    Settings settings() {
        return read.apply(settings);
    }

    /** {@code null} when nobody can be asked. */
    Terminal terminal() {
        return terminal;
    }
}
