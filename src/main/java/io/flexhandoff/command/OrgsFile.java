package io.flexhandoff.command;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** A settings file with orgs, to which another is added; what stands in it stays as it is written. */
final class OrgsFile {

    private static final String HANDOFF = "handoff";
    private static final String ORGS = "orgs";
    private static final String PUBLIC_URL = "handoff.public-url";

    private final Path path;
    private final String text;
    private final Map<String, Object> settings;

    private OrgsFile(Path path, String text) {
        this.path = path;
        this.text = text;
        this.settings = flat(text);
    }

    /**
     * @param path of a file that need not be there
     * @throws IllegalArgumentException when it is no YAML of one document
     */
    static OrgsFile read(Path path) throws IOException {
        try {
            return new OrgsFile(path, Files.readString(path));
        } catch (NoSuchFileException none) {
            return new OrgsFile(path, null);
        } catch (YAMLException unreadable) {
            String where = unreadable instanceof MarkedYAMLException marked && marked.getProblemMark() != null
                    ? ", line " + (marked.getProblemMark().getLine() + 1)
                    : "";
            throw new IllegalArgumentException(
                    path + where + ": cannot be read as YAML of one document, and is left as it"
                            + " is; name another file with --file");
        }
    }

    boolean exists() {
        return text != null;
    }

    Optional<String> publicUrl() {
        return Optional.ofNullable(settings.get(PUBLIC_URL)).map(String::valueOf);
    }

    /** Names of the orgs in it. */
    Set<String> orgs() {
        return settings.keySet().stream()
                .filter(name -> name.startsWith("handoff.orgs."))
                .map(name -> name.split("\\.")[2])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The text with another org in it.
     *
     * @param org its lines, the first is its name
     * @param publicUrl {@code null} when it is set already
     * @throws IllegalArgumentException when the file is not written such that lines can be put in
     */
    String with(List<String> org, String publicUrl) {
        return exists()
                ? merged(org, publicUrl)
                : "# Written by connect. Secrets do not belong here.\n" + whole(org, publicUrl);
    }

    void write(String newText) throws IOException {
        if (path.getParent() != null) {
            Files.createDirectories(path.getParent());
        }
        if (exists()) {
            Files.writeString(path, newText);
        } else {
            Files.writeString(path, newText, StandardOpenOption.CREATE_NEW);
        }
    }

    private String merged(List<String> org, String publicUrl) {
        Map<String, Object> wanted = new LinkedHashMap<>(settings);
        wanted.putAll(flat(whole(org, publicUrl)));
        String result = inserted(org, publicUrl);
        try {
            if (flat(result).equals(wanted)) {
                return result;
            }
        } catch (YAMLException broken) {
            // as below
        }
        throw new IllegalArgumentException(
                path + ": nothing can be added to it as it is written, and it is left as it is."
                        + " Write it to another file with --file, and put its lines below handoff.orgs yourself");
    }

    private String inserted(List<String> org, String publicUrl) {
        Node handoff = value(compose(text), HANDOFF);
        Node orgs = value(handoff, ORGS);
        String end = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
        if (!(handoff instanceof MappingNode)) {
            return text + end + whole(org, publicUrl);
        }
        String result = orgs == null
                ? before(text, handoff, ORGS + ":\n" + indented(org, "  "))
                : before(text, orgs, indented(org, ""));
        return publicUrl == null ? result : before(result, handoff, "public-url: " + publicUrl + "\n");
    }

    /** Puts lines before the first key of a mapping, as far to the right as that is. */
    private static String before(String text, Node mapping, String lines) {
        if (!(mapping instanceof MappingNode map)
                || map.getFlowStyle() == FlowStyle.FLOW
                || map.getValue().isEmpty()) {
            return text;
        }
        int line = map.getStartMark().getLine();
        String indent = " ".repeat(map.getStartMark().getColumn());
        List<String> all = text.lines().toList();
        String newLine = text.contains("\r\n") ? "\r\n" : "\n";
        return String.join(
                                newLine,
                                String.join(newLine, all.subList(0, line)),
                                lines.lines().map(indent::concat).collect(Collectors.joining(newLine)),
                                String.join(newLine, all.subList(line, all.size())))
                        .replaceFirst("^\\R", "")
                + newLine;
    }

    private static String whole(List<String> org, String publicUrl) {
        return HANDOFF + ":\n" + (publicUrl == null ? "" : "  public-url: " + publicUrl + "\n") + "  " + ORGS + ":\n"
                + indented(org, "    ");
    }

    private static String indented(List<String> lines, String indent) {
        return lines.stream().map(line -> indent + line + "\n").collect(Collectors.joining());
    }

    private static Node compose(String text) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
    }

    private static Node value(Node mapping, String key) {
        if (mapping instanceof MappingNode map) {
            for (NodeTuple tuple : map.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(key)) {
                    return tuple.getValueNode();
                }
            }
        }
        return null;
    }

    /** Settings by their whole name. */
    private static Map<String, Object> flat(String text) {
        Map<String, Object> flat = new LinkedHashMap<>();
        if (text != null && new Yaml(new SafeConstructor(new LoaderOptions())).load(text) instanceof Map<?, ?> tree) {
            flatten("", tree, flat);
        }
        return flat;
    }

    private static void flatten(String prefix, Map<?, ?> tree, Map<String, Object> flat) {
        tree.forEach((key, value) -> {
            if (value instanceof Map<?, ?> below && !below.isEmpty()) {
                flatten(prefix + key + ".", below, flat);
            } else {
                flat.put(prefix + key, value);
            }
        });
    }
}
