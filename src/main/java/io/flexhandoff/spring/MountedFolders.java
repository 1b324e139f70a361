package io.flexhandoff.spring;

import org.springframework.boot.env.ConfigTreePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/** Folders with a file for each setting, as {@code spring.config.import=configtree:} names them, of which Spring reads each file once. */
final class MountedFolders {

    private MountedFolders() {}

    /** Lets settings come from the files as they are now. */
    static void readAgain(ConfigurableEnvironment environment) {
        MutablePropertySources sources = environment.getPropertySources();
        for (PropertySource<?> source : sources) {
            if (source instanceof ConfigTreePropertySource folder) {
                sources.replace(
                        folder.getName(),
                        new ConfigTreePropertySource(
                                folder.getName(),
                                folder.getSource(),
                                ConfigTreePropertySource.Option.AUTO_TRIM_TRAILING_NEW_LINE));
            }
        }
    }
}
