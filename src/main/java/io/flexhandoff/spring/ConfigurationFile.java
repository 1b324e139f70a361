package io.flexhandoff.spring;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.Resource;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads configuration files as Spring Boot does, and names the one that cannot be read: Spring's parsers know none. */
final class ConfigurationFile {

    private static final Pattern IN_BRACKETS = Pattern.compile("\\[(.*?)]");

    private ConfigurationFile() {}

    private static List<PropertySource<?>> load(Reader reader, String name, Resource resource) throws IOException {
        try {
            return reader.load(name, resource);
        } catch (RuntimeException e) {
            throw new Unreadable(file(resource), words(e), e);
        }
    }

    /** How one kind of file is read. */
    private interface Reader {
        List<PropertySource<?>> load(String name, Resource resource) throws IOException;
    }

    private static String file(Resource resource) {
        Matcher path = IN_BRACKETS.matcher(resource.getDescription());
        return path.find() ? path.group(1).replaceFirst("^file:", "") : resource.getDescription();
    }

    /** Without the lines of the file that the parser shows, in which a secret may stand. */
    private static String words(RuntimeException failure) {
        if (failure instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
            return ", line " + (yaml.getProblemMark().getLine() + 1) + ": " + yaml.getProblem();
        }
        return ": " + String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    /** A configuration file that is not what its name says. */
    static final class Unreadable extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private Unreadable(String file, String words, RuntimeException cause) {
            super(file + words, cause);
        }
    }

    /** Before Spring's own, and in their order. */
    @Order(Ordered.HIGHEST_PRECEDENCE)
    static final class Properties extends PropertiesPropertySourceLoader {
        @Override
        public List<PropertySource<?>> load(String name, Resource resource) throws IOException {
            return ConfigurationFile.load(super::load, name, resource);
        }
    }

    /** Before Spring's own, and in their order. */
    @Order(Ordered.HIGHEST_PRECEDENCE + 1)
    static final class Yaml extends YamlPropertySourceLoader {
        @Override
        public List<PropertySource<?>> load(String name, Resource resource) throws IOException {
            return ConfigurationFile.load(super::load, name, resource);
        }
    }
}
