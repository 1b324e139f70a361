package io.flexhandoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every relative link of a page leads to a file that there is, and every anchor to a heading, by GitHub's rules. */
class LinksTest {

    private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git");

    /** {@code [text](target "title")}, {@code [label]: target}, and the attributes of HTML. */
    private static final Pattern LINK =
            Pattern.compile("(?:\\]\\(|^ {0,3}\\[[^\\]^][^\\]]*\\]:|\\b(?:src|href)=\")\\s*<?([^)\\s>\"]+)");

    private static final Pattern ELSEWHERE = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:.*|//.*");
    private static final Pattern FENCE = Pattern.compile("^\\s*(```|~~~).*");
    private static final Pattern HEADING = Pattern.compile("^ {0,3}#{1,6}\\s+(.*?)(?:\\s+#+)?\\s*$");
    private static final Pattern ANCHOR = Pattern.compile("<a (?:id|name)=\"([^\"]+)\"");

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        assertThat(pages(Path.of(""))).hasSizeGreaterThan(5);
        assertThat(broken(Path.of(""))).isEmpty();
    }

    @Test
    void aLinkThatLeadsNowhereIsNamedWithFileAndLine(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("docs/target"));
        Files.writeString(folder.resolve("docs/target/made.md"), "[left out](gone.md)");
        Files.writeString(folder.resolve("docs/page.md"), """
                # What `a_b-c` *is*, and [why](../README.md)
                ## Twice
                ## Twice
                ```
                # no heading, and [no link](gone.md)
                ```
                [up](../README.md) [itself](#what-a_b-c-is-and-why) `[code](gone.md)` <https://example.com/gone>
                """);
        Files.writeString(folder.resolve("README.md"), """
                [page](docs/page.md), [twice](docs/page.md#twice-1 "title"), [folder](docs), [mail](mailto:a@b.example)
                [gone](docs/gone.md) and ![picture](docs/gone.png)
                [no heading](docs/page.md#no-heading-and-no-link), [thrice](docs/page.md#twice-2)
                [outside](../elsewhere.md)

                [label]: docs/gone-too.md
                [other case](docs/page.md#Twice) [text](
                """);

        assertThat(broken(folder))
                .containsExactly(
                        "README.md:2: docs/gone.md",
                        "README.md:2: docs/gone.png",
                        "README.md:3: docs/page.md#no-heading-and-no-link",
                        "README.md:3: docs/page.md#twice-2",
                        "README.md:4: ../elsewhere.md",
                        "README.md:6: docs/gone-too.md",
                        "README.md:7: docs/page.md#Twice");
    }

    private static List<String> broken(Path folder) throws IOException {
        Path root = folder.toAbsolutePath().normalize();
        List<String> broken = new ArrayList<>();
        for (Path page : pages(root)) {
            List<String> lines = withoutFences(page);
            for (int i = 0; i < lines.size(); i++) {
                Matcher link = LINK.matcher(lines.get(i).replaceAll("`[^`]*`", ""));
                while (link.find()) {
                    if (!leadsSomewhere(root, page, link.group(1))) {
                        broken.add(root.relativize(page) + ":" + (i + 1) + ": " + link.group(1));
                    }
                }
            }
        }
        return broken;
    }

    private static List<Path> pages(Path root) throws IOException {
        List<Path> pages = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return !folder.equals(root)
                                && NOT_OURS.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".md")) {
                    pages.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        pages.sort(null);
        return pages;
    }

    /** The lines of a page, those of its code blocks empty. */
    private static List<String> withoutFences(Path page) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean code = false;
        for (String line : Files.readAllLines(page)) {
            boolean fence = FENCE.matcher(line).matches();
            lines.add(code || fence ? "" : line);
            code ^= fence;
        }
        return lines;
    }

    private static boolean leadsSomewhere(Path root, Path page, String target) throws IOException {
        if (ELSEWHERE.matcher(target).matches()) {
            return true;
        }
        String[] parts = URLDecoder.decode(target.replace("+", "%2B"), StandardCharsets.UTF_8)
                .split("#", 2);
        Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        if (!file.startsWith(root) || !Files.exists(file)) {
            return false;
        }
        if (parts.length == 1) {
            return true;
        }
        Path shown = Files.isDirectory(file) ? file.resolve("README.md") : file;
        return !shown.toString().endsWith(".md")
                || Files.exists(shown) && anchors(shown).contains(parts[1]);
    }

    /** Lower case; letters, digits, {@code -} and {@code _} alone; a blank is {@code -}; one that comes again is counted. */
    private static Set<String> anchors(Path page) throws IOException {
        Set<String> anchors = new HashSet<>();
        Map<String, Integer> seen = new HashMap<>();
        for (String line : withoutFences(page)) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                String anchor = heading.group(1)
                        .replaceAll("!?\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{M}\\p{N}\\p{Pc} -]", "")
                        .replace(' ', '-');
                int before = seen.merge(anchor, 1, Integer::sum) - 1;
                anchors.add(before == 0 ? anchor : anchor + "-" + before);
            }
            Matcher explicit = ANCHOR.matcher(line);
            while (explicit.find()) {
                anchors.add(explicit.group(1));
            }
        }
        return anchors;
    }
}
