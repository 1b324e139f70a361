package io.flexhandoff.bench.lab;

import io.flexhandoff.bench.load.ApiTarget;
import io.flexhandoff.bench.load.Http;
import io.flexhandoff.bench.load.Org;
import io.flexhandoff.bench.load.TwilioTarget;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.BooleanSupplier;

/** Starts systems under test by name. */
final class Servers {

    static final String NEW = "new";
    static final String OLD = "old";
    static final String EXPRESS = "express";
    static final String PLAIN = "plain";

    /** The longest stacks that samples keep whole: those of routes are deep. */
    private static final String DEEP = "-XX:FlightRecorderOptions=stackdepth=512";

    private final Settings settings;
    private final Path directory;
    private final Http http;
    private final Twilio twilio;
    private final ExpressService express;
    private int starts;

    /** @param directory of logs and data */
    Servers(Settings settings, Path directory, Http http, Twilio twilio) {
        this.settings = settings;
        this.directory = directory;
        this.http = http;
        this.twilio = twilio;
        this.express = new ExpressService(settings.express(), directory.resolveSibling("express"));
    }

    /** Why a system cannot be measured here, if so. @throws IllegalArgumentException if there is none of that name */
    Optional<String> missing(String name) {
        return switch (name) {
            case NEW -> jar(settings.product().newBuild());
            case OLD ->
                settings.product().oldBuild().isEmpty()
                        ? Optional.of("-Dbench.server names no jar")
                        : jar(Path.of(settings.product().oldBuild()));
            case EXPRESS -> express.missing();
            case PLAIN -> Optional.empty();
            default ->
                throw new IllegalArgumentException("bench.systems: " + name + " is none of new, old, express, plain");
        };
    }

    private static Optional<String> jar(Path path) {
        return Files.isReadable(path) ? Optional.empty() : Optional.of(path + " is not there");
    }

    Server start(String name, List<Org> orgs) throws IOException {
        return switch (name) {
            case NEW -> product(name, settings.product().newBuild().toString(), orgs);
            case OLD -> product(name, settings.product().oldBuild(), orgs);
            case EXPRESS -> express();
            default -> new Server(name, null, org -> new TwilioTarget(twilio.port(), org), 0, null, () -> {});
        };
    }

    private Server express() throws IOException {
        int port = Child.freePort();
        long begin = System.nanoTime();
        Child process = express.start(directory, EXPRESS + "-" + ++starts, port, twilio.url());
        await(process, () -> process.hasSaid(ExpressService.READY));
        return new Server(EXPRESS, process, org -> ApiTarget.express(port), secondsSince(begin), null, () -> {});
    }

    private Server product(String name, String jar, List<Org> orgs) throws IOException {
        Settings.Product product = settings.product();
        String run = name + "-" + ++starts;
        int port = Child.freePort();
        Inside inside = new Inside(http, Child.freePort(), directory.resolve(run + "-gc.log"));
        Beside beside = new Beside(product, Files.createTempDirectory(directory, run + "-data"));
        Path file = settingsFile(run, port, inside.managementPort(), orgs, beside);
        List<String> command = new ArrayList<>(List.of(product.java(), "-Xmx" + product.heap()));
        command.add("-Xlog:gc:file=" + inside.gcLog());
        if (product.recorded()) {
            command.add(DEEP);
        }
        command.addAll(product.jvm());
        command.addAll(List.of(
                "-jar", Path.of(jar).toAbsolutePath().toString(), "--spring.config.additional-location=file:" + file));
        // else it would read this repository's routes and settings, which are another build's
        Path home = Files.createTempDirectory(directory, run + "-home");
        long begin = System.nanoTime();
        Child process = Child.start(run, directory, home, command);
        ApiTarget api = ApiTarget.product(port, orgs.get(0), false);
        await(process, () -> http.answers(api.up()));
        return new Server(
                name,
                process,
                org -> ApiTarget.product(port, org, product.recentTurns()),
                secondsSince(begin),
                inside,
                beside::close);
    }

    /** Settings go by a file: a command line shows secrets to everybody on the machine. */
    private Path settingsFile(String run, int port, int managementPort, List<Org> orgs, Beside beside)
            throws IOException {
        Properties properties = new Properties();
        properties.setProperty("handoff.http.port", Integer.toString(port));
        properties.setProperty("handoff.management.port", Integer.toString(managementPort));
        properties.setProperty("handoff.twilio.base-url", twilio.url());
        properties.setProperty("handoff.public-url", "http://localhost:" + port);
        orgs.forEach(org -> org.putSettings(properties));
        properties.putAll(beside.settings());
        properties.putAll(settings.product().settings());
        Path file = directory.resolve(run + ".properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return file;
    }

    private static void await(Child process, BooleanSupplier up) {
        try {
            process.await(up);
        } catch (IllegalStateException e) {
            process.close();
            throw e;
        }
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
