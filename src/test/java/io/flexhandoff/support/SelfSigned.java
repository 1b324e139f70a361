package io.flexhandoff.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Locale;

/** A key for {@code localhost} with a certificate that no authority has issued. */
public final class SelfSigned {

    private static final String ALIAS = "localhost";
    private static final char[] PASSWORD = "changeit".toCharArray();

    private SelfSigned() {}

    /** Makes a PKCS12 store with it, password {@code changeit}, which serves as a trust store as well. */
    public static Path keyStore(Path folder) throws Exception {
        Path store = folder.resolve("self-signed.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-keyalg",
                        "EC",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        return store;
    }

    /** The certificate of a store that {@link #keyStore} has made, as OpenSSL reads it. */
    public static Path certificate(Path store) throws GeneralSecurityException, IOException {
        return pem(store, "certificate", load(store).getCertificate(ALIAS).getEncoded());
    }

    /** Its key, without a password. */
    public static Path key(Path store) throws GeneralSecurityException, IOException {
        return pem(store, "private key", load(store).getKey(ALIAS, PASSWORD).getEncoded());
    }

    private static KeyStore load(Path store) throws GeneralSecurityException, IOException {
        KeyStore loaded = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            loaded.load(in, PASSWORD);
        }
        return loaded;
    }

    private static Path pem(Path store, String what, byte[] der) throws IOException {
        String label = "-----%s " + what.toUpperCase(Locale.ROOT) + "-----\n";
        String text = label.formatted("BEGIN")
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n"
                + label.formatted("END");
        Path file = Files.createFile(
                store.resolveSibling(what.replace(' ', '-') + ".pem"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.write(file, text.getBytes(StandardCharsets.US_ASCII));
    }
}
