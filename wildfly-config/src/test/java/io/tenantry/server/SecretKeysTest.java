package io.tenantry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretKeysTest {
    @Test
    void createsOneKeyOnceReadableByOwnerOnly(@TempDir Path folder) throws IOException {
        var file = SecretKeys.in(folder.resolve("not yet"));
        var made = Files.readString(file);
        assertThat(Base64.getDecoder().decode(made.strip().replace("first=", "")))
                .hasSize(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(SecretKeys.in(folder.resolve("not yet")))).isEqualTo(made);
        assertThat(Files.readString(SecretKeys.in(folder.resolve("another")))).isNotEqualTo(made);
    }
}
