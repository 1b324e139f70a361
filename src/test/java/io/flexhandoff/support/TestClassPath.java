package io.flexhandoff.support;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The class path of this test run, for a process in a folder of its own. */
public final class TestClassPath {

    private TestClassPath() {}

    public static String absolute() {
        return joined(entries());
    }

    /** @param pattern of the paths that are left out */
    public static String without(String pattern) {
        return joined(entries().filter(entry -> !entry.matches(pattern)));
    }

    private static Stream<String> entries() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString());
    }

    private static String joined(Stream<String> entries) {
        return entries.collect(Collectors.joining(File.pathSeparator));
    }
}
