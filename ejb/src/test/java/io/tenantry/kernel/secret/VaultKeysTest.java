package io.tenantry.kernel.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Key files with which a server does not start. */
class VaultKeysTest {
    private static final String LINE = "first=" + "A".repeat(43) + "=\n";

    @TempDir
    Path folder;

    @Test
    void readsAFileOnlyItsOwnerCanRead() throws IOException {
        assertThat(vault(file(LINE, "rw-------")).isReady()).isTrue();
        assertThat(vault(file(LINE, "r--------")).current()).contains("first");
    }

    @Test
    void refusesAFileAccessibleToOthers() throws IOException {
        for (var mode : new String[] {"rw-r-----", "rw--w----", "rw----r--"}) {
            var file = file(LINE, mode);
            assertThatThrownBy(() -> vault(file))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("tenantry.secret.keys-file: " + file)
                    .hasMessageContaining("readable or writable by users other than its owner");
        }
    }

    @Test
    void reportsAMissingOrInvalidFile() throws IOException {
        var missing = folder.resolve("none");
        assertThatThrownBy(() -> vault(missing))
                .hasMessage("tenantry.secret.keys-file: " + missing + " does not exist");
        var wrong = file("k1=abc=\n", "rw-------");
        assertThatThrownBy(() -> vault(wrong))
                .hasMessageContaining("line 1: key k1 has 2 bytes, 32 are needed")
                .hasMessageContaining(wrong.toString());
    }

    private Path file(String text, String mode) throws IOException {
        var file = Files.createTempFile(folder, "keys", "");
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static Vault vault(Path file) {
        return VaultKeys.vault(new Settings(Map.of("tenantry.secret.keys-file", file.toString())::get, name -> null));
    }
}
