package io.tenantry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The conditions under which a server is assembled again. */
class ServerAssemblyTest {
    private static final String UNDERTOW = "home/modules/system/layers/base/io/undertow/core/main/module.xml";
    private static final String CONFIGURATION = "home/standalone/configuration/tenantry.xml";
    private static final String BOOT_LOG = "home/standalone/configuration/logging.properties";

    @TempDir
    Path folder;

    private ServerAssembly serverAssembly;

    @BeforeEach
    void assemble() throws IOException {
        write(UNDERTOW, "undertow-core-2.3.27.Final.jar");
        write(CONFIGURATION, "<server/>");
        write(BOOT_LOG, "level=INFO");
        write("parts/undertow-core.jar", "2.3.27");
        write("parts/postgresql.jar", "42");
        write("cli/install.cli", "echo");
        write("cli/logging.properties", "level=INFO");
        serverAssembly = new ServerAssembly(
                folder.resolve("home"), folder.resolve("parts"), folder.resolve("cli/install.cli"), "2.3.27.Final");
        serverAssembly.mark();
    }

    @Test
    void isCurrentWhileNothingHasChanged() throws IOException {
        assertThat(serverAssembly.isAssembled()).isTrue();
    }

    @Test
    void isOutdatedIfNeverAssembled() throws IOException {
        Files.delete(folder.resolve("home/.assembled"));

        assertThat(serverAssembly.isAssembled()).isFalse();
    }

    @Test
    void isOutdatedAfterUnpackingWildFlyOverIt() throws IOException {
        write(UNDERTOW, "undertow-core-2.3.23.Final.jar");

        assertThat(serverAssembly.isAssembled()).isFalse();
    }

    @Test
    void isOutdatedAfterOverwritingConfiguration() throws IOException {
        write(CONFIGURATION, "<server><other/></server>");

        assertThat(serverAssembly.isAssembled()).isFalse();
    }

    @Test
    void isOutdatedAfterChangeOfPartOrScript() throws IOException {
        write("parts/postgresql.jar", "43");
        assertThat(serverAssembly.isAssembled()).isFalse();

        write("parts/postgresql.jar", "42");
        write("cli/install.cli", "echo more");
        assertThat(serverAssembly.isAssembled()).isFalse();
    }

    private void write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }
}
