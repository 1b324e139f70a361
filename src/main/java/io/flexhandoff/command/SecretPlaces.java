package io.flexhandoff.command;

import io.flexhandoff.org.Secret;
import io.flexhandoff.runtime.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where the secrets of an org stand, to which its settings refer: environment variables, or a file for each in a folder. */
final class SecretPlaces {

    private static final int KEY_BYTES = 24;

    private final String org;
    private final Path folder;
    private final Settings settings;

    /** @param folder {@code null} for environment variables */
    SecretPlaces(String org, Path folder, Settings settings) {
        this.org = org;
        this.folder = folder;
        this.settings = settings;
    }

    /** Whether what somebody types can be kept. */
    boolean isFolder() {
        return folder != null;
    }

    /** What it is called there: a variable, or a file. @param name such as {@code auth-token} */
    String place(String name) {
        return folder == null ? variable(name) : folder.resolve(name).toString();
    }

    /** Such as {@code ACME_AUTH_TOKEN}. */
    String variable(String name) {
        return (org + "_" + name).replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when it is there but no key or token */
    Optional<String> find(String name) throws IOException {
        Optional<String> value = folder == null ? settings.find(variable(name)) : read(folder.resolve(name));
        return value.map(secret -> Secret.token(place(name), secret)).filter(secret -> !secret.isEmpty());
    }

    private static Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    /** The line that refers to it. @param key of the setting, such as {@code auth-token} */
    String line(String key, String name) {
        return folder == null
                ? key + ": ${" + variable(name) + "}"
                : key + "-file: "
                        + OrgLines.text(folder.resolve(name)
                                .toAbsolutePath()
                                .normalize()
                                .toString());
    }

    /**
     * Keeps secrets in the folder, for nobody else to read, and makes the org's own keys that are not there.
     *
     * @param typed what somebody was asked for, by name
     * @param own names of the keys that are the org's own
     * @return the environment variables that are still to be set, when that is where secrets are
     */
    List<String> keep(Map<String, String> typed, List<String> own) throws IOException {
        List<String> names = new ArrayList<>(typed.keySet());
        for (String name : own) {
            if (find(name).isEmpty()) {
                names.add(name);
            }
        }
        if (folder == null) {
            return names.stream().map(this::variable).toList();
        }
        for (String name : names) {
            write(folder.resolve(name), typed.containsKey(name) ? typed.get(name) : random());
        }
        return List.of();
    }

    private static String random() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return HexFormat.of().formatHex(key);
    }

    private void write(Path file, String secret) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(folder, mode("rwx------"));
            Files.deleteIfExists(file);
            Files.createFile(file, mode("rw-------"));
        } else {
            Files.createDirectories(folder);
        }
        Files.writeString(file, secret + System.lineSeparator());
    }

    private static FileAttribute<?> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
