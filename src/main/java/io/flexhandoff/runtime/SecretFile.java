package io.flexhandoff.runtime;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that holds a secret, named by a setting that ends in {@code -file} in place of the secret itself. */
final class SecretFile {

    static final String SUFFIX = "-file";

    private SecretFile() {}

    /**
     * The secret: its own setting's value, or what the file holds now.
     *
     * @param setting name of the secret's own setting
     * @param value of that, or {@code null}
     * @param file value of the setting that names a file, or {@code null}
     * @throws IllegalArgumentException naming the setting when both are set, or the file cannot be read
     */
    static String choose(String setting, String value, String file) {
        if (file == null || file.isBlank()) {
            return value;
        }
        if (value != null && !value.isBlank()) {
            throw new IllegalArgumentException(
                    setting + " and " + setting + SUFFIX + " are both set: take one of them out");
        }
        return read(setting + SUFFIX, file.strip());
    }

    static String read(String setting, String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(setting + ": " + file + " is not text in UTF-8");
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(
                    setting + ": cannot read " + file + ", " + e.getClass().getSimpleName());
        }
    }
}
