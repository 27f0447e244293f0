package io.tenantry.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.identity.IssuedLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkFileTest {
    private static final Instant UNTIL = Instant.parse("2026-11-26T13:00:00Z");

    @TempDir
    Path folder;

    @Test
    void onlyTheUserOfTheServerReadsIt() throws IOException {
        var file = new LinkFile(folder.resolve("private"))
                .write("operator-link.txt", new IssuedLink("https://platform.example/link#secret", UNTIL));
        assertThat(Files.readAllLines(file))
                .containsExactly("https://platform.example/link#secret", "valid until 2026-11-26T13:00:00Z");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void aNewLinkReplacesTheOldFile() throws IOException {
        var links = new LinkFile(folder);
        links.write("operator-link.txt", new IssuedLink("https://platform.example/link#first", UNTIL));
        var file = links.write("operator-link.txt", new IssuedLink("https://platform.example/link#second", UNTIL));
        assertThat(Files.readString(file)).contains("#second").doesNotContain("#first");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }
}
