package io.flexhandoff.spring;

import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.runtime.CommandRuntime;
import io.flexhandoff.runtime.OrgSettings;
import io.flexhandoff.runtime.SettingNames;
import io.flexhandoff.runtime.Settings;
import io.flexhandoff.runtime.StartFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PackageScanResourceResolver;
import org.apache.camel.spring.boot.FatJarPackageScanResourceResolver;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;

/** The application's configuration for a command: the same files, profiles and environment, and nothing else of Spring. */
public final class CommandSettings {

    private static final ConfigurationPropertyName HANDOFF = ConfigurationPropertyName.of("handoff");

    private CommandSettings() {}

    /**
     * @param settings as the application takes them, such as {@code --handoff.http.port=9000}
     * @throws RuntimeException when the configuration cannot be read
     */
    public static CommandRuntime load(List<String> settings) {
        Environment environment = environment(settings);
        return new CommandRuntime(new Settings(environment::getProperty), orgs(environment));
    }

    /**
     * The settings alone, for a command that does not need them to make sense as a whole.
     *
     * @param settings as the application takes them
     * @throws RuntimeException when the configuration cannot be read
     */
    public static Settings settings(List<String> settings) {
        return new Settings(environment(settings)::getProperty);
    }

    private static Environment environment(List<String> settings) {
        SpringApplication application = new SpringApplication(Nothing.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        // a command's answer alone is on standard output; a log file, when one is set, is written all the same
        String[] args = Stream.concat(settings.stream(), Stream.of("--logging.threshold.console=off"))
                .toArray(String[]::new);
        // what cannot be read is the command's to tell
        LoggingSystem.get(CommandSettings.class.getClassLoader())
                .setLogLevel("org.springframework.boot.diagnostics", LogLevel.OFF);
        return application.run(args).getEnvironment();
    }

    /** What is said of a configuration file that cannot be read, when that is the failure. */
    public static Optional<StartFailure> unreadable(Exception failure) {
        return failure instanceof ConfigurationFile.Unreadable
                ? Optional.of(new StartFailure("spring.config.location", failure.getMessage()))
                : Optional.empty();
    }

    /** A Camel context that finds the routes inside the executable jar, as the application's does. */
    public static CamelContext camel() {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getCamelContextExtension()
                .addContextPlugin(PackageScanResourceResolver.class, new FatJarPackageScanResourceResolver());
        return context;
    }

    /** @throws IllegalArgumentException naming the setting of the management login that makes no sense */
    public static void checkLogin(Settings settings) {
        ManagementLogin.of(settings, false, PasswordEncoderFactories.createDelegatingPasswordEncoder());
    }

    /** @throws IllegalArgumentException naming a setting that there is not, or that is of another form */
    static Map<String, Org> orgs(Environment environment) {
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource all) {
                // a section that is empty sets nothing
                Stream<String> names = all.stream()
                        .filter(name -> HANDOFF.isAncestorOf(name)
                                && !"".equals(all.getConfigurationProperty(name).getValue()))
                        .map(Object::toString);
                if (source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource) {
                    SettingNames.checkVariables(names);
                } else {
                    SettingNames.check(names);
                }
            }
        }
        Binder binder = Binder.get(environment);
        try {
            Set<String> names = binder.bind("handoff.orgs", Bindable.mapOf(String.class, Object.class))
                    .orElse(Map.of())
                    .keySet();
            // of another name Spring would read no setting
            names.forEach(Orgs::checkName);
            return OrgSettings.orgs(names, new Bound(binder));
        } catch (BindException e) {
            // its words have the value, which may be a secret
            throw new IllegalArgumentException(
                    e.getName() + ": is not of the form that config/orgs.example.yaml shows");
        }
    }

    /** Settings under every name that Spring takes for theirs, such as that of an environment variable. */
    private record Bound(Binder binder) implements OrgSettings.Source {

        @Override
        public String text(String name) {
            return binder.bind(name, String.class).orElse(null);
        }

        @Override
        public List<String> list(String name) {
            return binder.bind(name, Bindable.listOf(String.class)).orElse(null);
        }

        @Override
        public Map<String, String> map(String name) {
            return binder.bind(name, Bindable.mapOf(String.class, String.class)).orElse(Map.of());
        }
    }

    /** No bean at all. */
    private static final class Nothing {}
}
