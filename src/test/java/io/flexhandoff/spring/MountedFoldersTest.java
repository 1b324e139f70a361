package io.flexhandoff.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexhandoff.org.Org;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.ConfigTreePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class MountedFoldersTest {

    @TempDir
    Path folder;

    private final StandardEnvironment environment = new StandardEnvironment();

    private Org read() {
        MountedFolders.readAgain(environment);
        return CommandSettings.orgs(environment).get("acme");
    }

    @Test
    void theirFilesAreReadAgain() throws IOException {
        Files.writeString(folder.resolve("ACME_AUTH_TOKEN"), "old-token\n");
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("file", Map.of("handoff.orgs.acme.auth-token", "${ACME_AUTH_TOKEN}")));
        environment.getPropertySources().addLast(new ConfigTreePropertySource("mounted", folder));
        ConfigurationPropertySources.attach(environment);
        assertThat(read().authToken()).isEqualTo("old-token");

        Files.writeString(folder.resolve("ACME_AUTH_TOKEN"), "new-token\n");
        Files.writeString(folder.resolve("handoff.orgs.acme.signing-keys.WK2026"), "signs");
        assertThat(read().authToken()).isEqualTo("new-token");
        assertThat(read().access().signingKey("WK2026")).contains("signs");

        Files.delete(folder.resolve("handoff.orgs.acme.signing-keys.WK2026"));
        assertThat(read().access().signingKeys()).isEmpty();
    }
}
