package io.tenantry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code install.cli} on copies of the configurations that WildFly brings. */
class InstallScriptTest {
    private static final Path HOME = Path.of("target/wildfly").toAbsolutePath();
    private static final Path SCRIPT = Path.of("src/main/cli/install.cli").toAbsolutePath();

    @ParameterizedTest
    @ValueSource(strings = {"standalone.xml", "standalone-full-ha.xml"})
    void changesNothingWhenItIsAppliedAgain(String configuration, @TempDir Path base) throws IOException {
        var original = HOME.resolve("standalone/configuration").resolve(configuration);
        var copy = Files.createDirectories(base.resolve("configuration")).resolve(configuration);
        Files.copy(original, copy);
        var assembly = new Assembly(HOME, Path.of("target/parts"), SCRIPT, "any");

        assembly.apply(base, configuration);
        var once = Files.readString(copy);
        assembly.apply(base, configuration);

        assertThat(once).isNotEqualTo(Files.readString(original)).contains("java:/jdbc/tenantry-batch");
        assertThat(Files.readString(copy)).isEqualTo(once);
    }
}
