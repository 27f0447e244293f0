package io.tenantry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code install.cli} on copies of the configurations that WildFly brings. */
@Tag("full")
class InstallScriptTest {
    private static final Path HOME = Path.of("target/wildfly").toAbsolutePath();
    private static final Path SCRIPT = Path.of("src/main/cli/install.cli").toAbsolutePath();

    /** Subsystems and listeners that accept input without authentication. Their extensions and socket bindings remain, and open nothing. */
    private static final Pattern DOORS = Pattern.compile(
            "<subsystem xmlns=\"urn:[^\"]*:(messaging-activemq|iiop-openjdk|jgroups|modcluster|singleton):"
                    + "|<(ajp-listener|http-acceptor|http-invoker|http-connector|iiop|remote|transport|replicated-cache|distributed-cache|invalidation-cache)[ />]");

    /** The configuration that opens most. */
    @Test
    void removesUnneededSubsystemsAndIsIdempotent(@TempDir Path base) throws IOException {
        applyTwice("standalone-full-ha.xml", base);
    }

    @ParameterizedTest
    @ValueSource(strings = {"standalone.xml", "standalone-full.xml"})
    @Tag("full")
    void removesUnneededSubsystemsFromOtherConfigurations(String configuration, @TempDir Path base) throws IOException {
        applyTwice(configuration, base);
    }

    private static void applyTwice(String configuration, Path base) throws IOException {
        var original = HOME.resolve("standalone/configuration").resolve(configuration);
        var copy = Files.createDirectories(base.resolve("configuration")).resolve(configuration);
        Files.copy(original, copy);
        var serverAssembly = new ServerAssembly(HOME, Path.of("target/parts"), SCRIPT, "any");

        serverAssembly.apply(base, configuration);
        var once = Files.readString(copy);
        serverAssembly.apply(base, configuration);

        assertThat(once).isNotEqualTo(Files.readString(original)).contains("java:/jdbc/tenantry-batch");
        assertThat(once).doesNotContainPattern(DOORS).contains("enable-http2=\"false\"");
        assertThat(Files.readString(copy)).isEqualTo(once);
    }

    /** The last version before the fix. */
    @Test
    void rejectsVulnerableUndertow(@TempDir Path folder) throws IOException {
        refuses("2.3.26.Final", folder);
    }

    /** Among them the version that WildFly 39 contains. */
    @ParameterizedTest
    @ValueSource(strings = {"2.3.23.Final", "2.3.9.Final", "2.2.40.Final"})
    @Tag("full")
    void rejectsEarlierUndertows(String version, @TempDir Path folder) throws IOException {
        refuses(version, folder);
    }

    private static void refuses(String version, Path folder) throws IOException {
        var copy = Files.createDirectories(folder.resolve("base/configuration")).resolve("standalone.xml");
        Files.copy(HOME.resolve("standalone/configuration/standalone.xml"), copy);
        var serverAssembly =
                new ServerAssembly(homeWithUndertow(version, folder), Path.of("target/parts"), SCRIPT, "any");

        assertThatThrownBy(() -> serverAssembly.apply(folder.resolve("base"), "standalone.xml"))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("Undertow-core-2.3.27-or-later-is-needed-see-operations.md\\\")]' not found");
        assertThat(Files.readString(copy)).doesNotContain("tenantry");
    }

    @Test
    void acceptsFixedUndertow(@TempDir Path folder) throws IOException {
        takes("2.3.27.Final", folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.3.30.Final", "2.4.0.Final"})
    @Tag("full")
    void acceptsLaterUndertows(String version, @TempDir Path folder) throws IOException {
        takes(version, folder);
    }

    private static void takes(String version, Path folder) throws IOException {
        var copy = Files.createDirectories(folder.resolve("base/configuration")).resolve("standalone.xml");
        Files.copy(HOME.resolve("standalone/configuration/standalone.xml"), copy);

        new ServerAssembly(homeWithUndertow(version, folder), Path.of("target/parts"), SCRIPT, "any")
                .apply(folder.resolve("base"), "standalone.xml");

        assertThat(Files.readString(copy)).contains("tenantry");
    }

    /** Creates links to the assembled server, except for the module of Undertow's core, whose jar has another name. */
    private static Path homeWithUndertow(String version, Path folder) throws IOException {
        var home = Files.createDirectories(folder.resolve("home"));
        for (var same : List.of("bin", "jboss-modules.jar", "standalone")) {
            Files.createSymbolicLink(home.resolve(same), HOME.resolve(same));
        }
        var modules = Files.createDirectories(home.resolve("modules"));
        for (var same : List.of("system", "org")) {
            Files.createSymbolicLink(
                    modules.resolve(same), HOME.resolve("modules").resolve(same));
        }
        var lifted = HOME.resolve("modules/system/layers/base/io/undertow/core/main");
        var core = Files.createDirectories(modules.resolve("io/undertow/core/main"));
        var jar = Pattern.compile("undertow-core-[^\"]+\\.jar");
        var descriptor = Files.readString(lifted.resolve("module.xml"));
        var found = jar.matcher(descriptor);
        assertThat(found.find()).isTrue();
        Files.copy(lifted.resolve(found.group()), core.resolve("undertow-core-" + version + ".jar"));
        Files.writeString(core.resolve("module.xml"), found.replaceAll("undertow-core-" + version + ".jar"));
        return home;
    }
}
