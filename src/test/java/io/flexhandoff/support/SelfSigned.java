package io.flexhandoff.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** A key for {@code localhost} with a certificate that no authority has issued. */
public final class SelfSigned {

    private SelfSigned() {}

    /** Makes a PKCS12 store with it, password {@code changeit}, which serves as a trust store as well. */
    public static Path keyStore(Path folder) throws Exception {
        Path store = folder.resolve("self-signed.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "localhost",
                        "-dname",
                        "CN=localhost",
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
}
