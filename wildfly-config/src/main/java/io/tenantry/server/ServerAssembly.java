package io.tenantry.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The assembly of the build's server from an unpacked WildFly: a newer core of Undertow, the PostgreSQL driver, and {@code tenantry.xml}, which
 * is {@code standalone.xml} after {@code install.cli}. A server assembled from the same parts is kept, unless it was modified: unpacking
 * WildFly again restores its own Undertow.
 */
public final class ServerAssembly {
    /** The configuration of the assembled server. */
    public static final String CONFIGURATION = "tenantry.xml";

    /**
     * Removes HTTPS with a self-signed certificate for "localhost": a proxy in front terminates TLS. Not part of install.cli, which also runs
     * on servers that have a certificate.
     */
    private static final List<String> WITHOUT_HTTPS = List.of(
            "/subsystem=undertow/server=default-server/https-listener=https:remove",
            "/subsystem=elytron/server-ssl-context=applicationSSC:remove",
            "/subsystem=elytron/key-manager=applicationKM:remove",
            "/subsystem=elytron/key-store=applicationKS:remove");

    private static final String DRIVER_MODULE = """
            <?xml version="1.0" encoding="UTF-8"?>
            <module xmlns="urn:jboss:module:1.9" name="org.postgresql.jdbc">
                <resources>
                    <resource-root path="postgresql.jar"/>
                </resources>
                <dependencies>
                    <module name="java.base"/>
                    <module name="java.logging"/>
                    <module name="java.management"/>
                    <module name="java.naming"/>
                    <module name="java.security.jgss"/>
                    <module name="java.security.sasl"/>
                    <module name="java.sql"/>
                    <module name="java.xml"/>
                    <module name="jakarta.transaction.api"/>
                </dependencies>
            </module>
            """;

    private static final String UNDERTOW = "modules/system/layers/base/io/undertow/core/main";
    private static final String BOOT_LOG = "logging.properties";

    private final Path home;
    private final Path parts;
    private final Path script;
    private final String undertowVersion;

    /**
     * Defines what to assemble.
     *
     * @param home the unpacked WildFly
     * @param parts folder with {@code postgresql.jar} and {@code undertow-core.jar}
     * @param script {@code install.cli}; {@code logging.properties} is beside it
     * @param undertowVersion version of the latter
     */
    public ServerAssembly(Path home, Path parts, Path script, String undertowVersion) {
        this.home = home;
        this.parts = parts;
        this.script = script;
        this.undertowVersion = undertowVersion;
    }

    /** Entry point for the build: home, parts, script, version of Undertow. */
    public static void main(String[] arguments) throws IOException {
        new ServerAssembly(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]), arguments[3]).run();
    }

    /** Assembles the server, unless it was assembled from the same parts before. */
    public void run() throws IOException {
        if (isAssembled()) {
            return;
        }
        Files.deleteIfExists(marker());
        liftUndertow();
        addDriver();
        var configuration = home.resolve("standalone/configuration");
        Files.copy(
                configuration.resolve("standalone.xml"),
                configuration.resolve(CONFIGURATION),
                StandardCopyOption.REPLACE_EXISTING);
        apply(home.resolve("standalone"), CONFIGURATION, WITHOUT_HTTPS);
        // The log format until the server has read its configuration.
        Files.copy(
                script.resolveSibling(BOOT_LOG), configuration.resolve(BOOT_LOG), StandardCopyOption.REPLACE_EXISTING);
        mark();
    }

    /** Returns whether it was assembled from these parts, and is unchanged since. */
    boolean isAssembled() throws IOException {
        return Files.exists(marker())
                && Files.readString(marker(), StandardCharsets.UTF_8).equals(fingerprint());
    }

    /** Records its parts and the result. */
    void mark() throws IOException {
        Files.writeString(marker(), fingerprint(), StandardCharsets.UTF_8);
    }

    private Path marker() {
        return home.resolve(".assembled");
    }

    private String fingerprint() throws IOException {
        var all = new ByteArrayOutputStream();
        var configuration = home.resolve("standalone/configuration");
        for (var made : List.of(
                home.resolve(UNDERTOW).resolve("module.xml"),
                configuration.resolve(CONFIGURATION),
                configuration.resolve(BOOT_LOG))) {
            all.write(Files.readAllBytes(made));
        }
        all.write(Files.readAllBytes(script));
        all.write(Files.readAllBytes(script.resolveSibling(BOOT_LOG)));
        all.write(WITHOUT_HTTPS.toString().getBytes(StandardCharsets.UTF_8));
        for (var part : List.of("undertow-core", "postgresql")) {
            all.write(Files.readAllBytes(parts.resolve(part + ".jar")));
        }
        all.write(DRIVER_MODULE.getBytes(StandardCharsets.UTF_8));
        return Checksums.sha256(all.toByteArray());
    }

    /** Replaces Undertow's core, which parses network input: deletes the server's own jar, adds ours, and changes the module's reference. */
    private void liftUndertow() throws IOException {
        var folder = home.resolve(UNDERTOW);
        var descriptor = folder.resolve("module.xml");
        var text = Files.readString(descriptor, StandardCharsets.UTF_8);
        var root = Pattern.compile("path=\"(undertow-core-[^\"]+\\.jar)\"");
        var found = root.matcher(text);
        if (!found.find()) {
            throw new StartupException(descriptor + " names no undertow-core: not a WildFly that this build knows");
        }
        Files.deleteIfExists(folder.resolve(found.group(1)));
        var jar = "undertow-core-" + undertowVersion + ".jar";
        Files.copy(parts.resolve("undertow-core.jar"), folder.resolve(jar), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(descriptor, root.matcher(text).replaceFirst("path=\"" + jar + "\""), StandardCharsets.UTF_8);
    }

    private void addDriver() throws IOException {
        var folder = Files.createDirectories(home.resolve("modules/org/postgresql/jdbc/main"));
        Files.copy(
                parts.resolve("postgresql.jar"), folder.resolve("postgresql.jar"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(folder.resolve("module.xml"), DRIVER_MODULE, StandardCharsets.UTF_8);
    }

    /**
     * Applies {@code install.cli} to a configuration.
     *
     * @param base the server's base folder, with {@code configuration} in it
     * @param configuration the file's name
     */
    void apply(Path base, String configuration) throws IOException {
        apply(base, configuration, List.of());
    }

    private void apply(Path base, String configuration, List<String> more) throws IOException {
        var lines = new ArrayList<String>();
        lines.add("embed-server --server-config=" + configuration);
        lines.addAll(Files.readAllLines(script, StandardCharsets.UTF_8));
        lines.addAll(more);
        lines.add("stop-embedded-server");
        var file = Files.createTempFile(TempFolders.folder(), "install-", ".cli");
        try {
            Files.write(file, lines, StandardCharsets.UTF_8);
            var answer = new Command(
                            List.of(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    // The process runs for a few seconds only.
                                    "-XX:TieredStopAtLevel=1",
                                    "-Djboss.home.dir=" + home,
                                    "-Djboss.server.base.dir=" + base,
                                    "-Djboss.cli.config=" + home.resolve("bin/jboss-cli.xml"),
                                    "-jar",
                                    home.resolve("jboss-modules.jar").toString(),
                                    "-mp",
                                    home.resolve("modules").toString(),
                                    "org.jboss.as.cli",
                                    "--no-color-output",
                                    "--echo-command",
                                    "--file=" + file),
                            Map.of("JBOSS_HOME", home.toString()))
                    .run(Duration.ofMinutes(5));
            if (answer.code() != 0) {
                throw new StartupException("install.cli failed on " + configuration + ":\n" + answer.output());
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
