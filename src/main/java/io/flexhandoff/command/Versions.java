package io.flexhandoff.command;

import java.util.Optional;
import org.apache.camel.CamelContext;
import picocli.CommandLine.IVersionProvider;

/** What runs here. */
final class Versions implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
            "Flex Handoff " + of(Versions.class),
            "Apache Camel " + of(CamelContext.class),
            "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")"
        };
    }

    /** The version of the jar that a class is in. */
    static String of(Class<?> type) {
        return Optional.ofNullable(type.getPackage().getImplementationVersion()).orElse("unknown");
    }
}
