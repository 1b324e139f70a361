package io.flexhandoff.spring;

import io.flexhandoff.runtime.Settings;
import io.flexhandoff.runtime.StartFailure;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * Sees to it that the management port is set by its own name. Spring's {@code server.port}, which is that of the API in other applications,
 * would move this one, and is refused with both names.
 */
class ManagementPort implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String PORT = "handoff.management.port";
    private static final String ADDRESS = "handoff.management.address";

    private static final List<String> SPRINGS =
            List.of("server.port", "server.address", "management.server.port", "management.server.address");

    @Override
    public void initialize(ConfigurableApplicationContext application) {
        ConfigurableEnvironment environment = application.getEnvironment();
        for (String name : SPRINGS) {
            for (PropertySource<?> source : environment.getPropertySources()) {
                Object value = source.getProperty(name);
                if (value != null && !String.valueOf(value).startsWith("${handoff.management.")) {
                    throw new IllegalArgumentException(name + StartFailure.OF_SPRING);
                }
            }
        }
        Settings settings = new Settings(environment::getProperty);
        settings.port(PORT);
        String address = settings.text(ADDRESS);
        try {
            InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(ADDRESS
                    + " must be an address of this machine such as 127.0.0.1 or 0.0.0.0, not '" + address + "'");
        }
    }
}
