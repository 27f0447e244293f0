package io.tenantry.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The assembled WildFly as a child process, with a separate base folder: several may run side by side from one home.
 *
 * <pre>{@code
 * try (var database = EmbeddedDatabase.scratch();
 *         var server = Server.in(home, base).environment(database.environment()).deployment(ear).start()) {
 *     server.awaitDeployed(Duration.ofMinutes(5));
 *     ... http://127.0.0.1:{server.httpPort()}/ ...
 * }
 * }</pre>
 */
public final class Server implements AutoCloseable {
    /**
     * System property: JVM options of each server that this process starts, as {@link JvmOptions} parses them. A server's own options follow
     * them.
     */
    public static final String OPTIONS = "tenantry.server.options";

    /** System property: the file of {@link CdsArchive} for each server that this process starts; a missing file is ignored. */
    public static final String CLASSES = "tenantry.server.classes";

    /** The path of the application's readiness check: 200, on the platform's host. */
    public static final String HEALTH_PATH = "/healthz";

    private static final String PID_FILE = "server.pid";
    private static final Duration STOP_ATMOST = Duration.ofMinutes(1);
    private static final Duration KILL_ATMOST = Duration.ofSeconds(10);

    private final Process process;
    private final Path base;
    private final List<String> deployments;
    private final int httpPort;
    private final int managementPort;
    private final StartLog startLog;

    private Server(
            Process process, Path base, List<String> deployments, int httpPort, int managementPort, StartLog startLog) {
        this.process = process;
        this.base = base;
        this.startLog = startLog;
        this.deployments = List.copyOf(deployments);
        this.httpPort = httpPort;
        this.managementPort = managementPort;
    }

    /** The configuration with which a server is started. */
    public static final class Builder {
        final Path home;
        final Path base;
        private final Map<String, String> environment = new TreeMap<>();
        final Map<String, String> properties = new TreeMap<>();
        private final List<Path> deployments = new ArrayList<>();
        private boolean keepsDeployments;
        final List<String> jvmOptions = new ArrayList<>();
        String heap = "1g";
        private int httpPort;
        private int managementPort;
        private @Nullable Path output;

        private Builder(Path home, Path base) {
            this.home = home.toAbsolutePath().normalize();
            this.base = base.toAbsolutePath().normalize();
        }

        /** Adds environment variables to those of this process, for instance {@link EmbeddedDatabase#environment()}. */
        public Builder environment(Map<String, String> variables) {
            environment.putAll(variables);
            return this;
        }

        /** Adds an environment variable, for instance {@code TENANTRY_DEMO}. */
        public Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** Adds a system property of the server. */
        public Builder property(String name, String value) {
            properties.put(name, value);
            return this;
        }

        /** Adds an option of its JVM, for instance an agent. */
        public Builder jvmOption(String option) {
            jvmOptions.add(option);
            return this;
        }

        /** Sets the maximum heap, as {@code -Xmx} takes it; the default is 1g. */
        public Builder heap(String size) {
            heap = size;
            return this;
        }

        /** Sets the port of the application; the default is a free one. */
        public Builder httpPort(int port) {
            httpPort = port;
            return this;
        }

        /** Sets the port of the management interface, health and metrics; the default is a free one. */
        public Builder managementPort(int port) {
            managementPort = port;
            return this;
        }

        /** Adds an archive to deploy at the start. */
        public Builder deployment(Path archive) {
            deployments.add(archive);
            return this;
        }

        /** Leaves the archives and markers of the previous start in this base folder as they are, like WildFly's own scripts. */
        public Builder keepDeployments() {
            keepsDeployments = true;
            return this;
        }

        /** Sets the file of the console output; the default is {@code log/console.log} in the base folder. */
        public Builder output(Path file) {
            output = file;
            return this;
        }

        /** Starts the server; does not wait. */
        public Server start() {
            try {
                return Server.start(this);
            } catch (IOException e) {
                throw new StartupException("cannot start the server in " + base + ": " + e.getMessage(), e);
            }
        }
    }

    /**
     * Configures a server.
     *
     * @param home the assembled WildFly, which is only read
     * @param base folder for its configuration, data, deployments and logs; created if necessary
     */
    public static Builder in(Path home, Path base) {
        return new Builder(home, base);
    }

    private static Server start(Builder config) throws IOException {
        var template = config.home.resolve("standalone/configuration");
        if (!Files.isRegularFile(template.resolve(ServerAssembly.CONFIGURATION))) {
            throw new StartupException(
                    config.home + " is not an assembled server; build the module wildfly-config first");
        }
        var base = config.base;
        var configuration = configure(template, base);
        Files.createDirectories(base.resolve("log"));
        var names = config.keepsDeployments ? kept(base) : deploy(config.deployments, base);
        var httpPort = config.httpPort == 0 ? Ports.free() : config.httpPort;
        var managementPort = config.managementPort == 0 ? Ports.free() : config.managementPort;

        var line = ServerCommand.of(config, configuration, httpPort, managementPort);
        var output = config.output == null ? base.resolve("log/console.log") : config.output;
        var builder = new ProcessBuilder(line)
                .directory(base.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile());
        // Any name other than the default, about which the server warns.
        builder.environment().putIfAbsent("TENANTRY_TX_NODE", "local");
        builder.environment()
                .putIfAbsent("TENANTRY_PLATFORM_HOST", "platform.localhost"); // Local to this machine: no TLS.
        builder.environment().putAll(config.environment);
        var startLog = StartLog.before(base);
        var process = builder.start();
        Files.writeString(base.resolve(PID_FILE), Long.toString(process.pid()), StandardCharsets.UTF_8);
        return new Server(process, base, names, httpPort, managementPort, startLog);
    }

    /** Copies the configuration, which the server changes while it runs. */
    private static Path configure(Path template, Path base) throws IOException {
        var configuration = Files.createDirectories(base.resolve("configuration"));
        try (var files = Files.list(template)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(
                        file,
                        configuration.resolve(file.getFileName().toString()),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return configuration;
    }

    /** Replaces the archives to deploy, and returns their names. */
    private static List<String> deploy(List<Path> archives, Path base) throws IOException {
        var deployments = Files.createDirectories(base.resolve("deployments"));
        try (var old = Files.list(deployments)) {
            for (var file : old.toList()) {
                TempFolders.delete(file);
            }
        }
        var names = new ArrayList<String>();
        for (var archive : archives) {
            var name = archive.getFileName().toString();
            Files.copy(archive, deployments.resolve(name));
            Files.createFile(deployments.resolve(name + ".dodeploy"));
            names.add(name);
        }
        return names;
    }

    private static List<String> kept(Path base) throws IOException {
        try (var files = Files.list(base.resolve("deployments"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".ear"))
                    .toList();
        }
    }

    /** Stops a server that a killed process of ours left behind in this base folder. */
    static void endOrphan(Path base) {
        orphan(base).ifPresent(Server::end);
        TempFolders.delete(pidFile(base));
    }

    /** Returns whether a server runs in this base folder that this process did not start. */
    static boolean isOrphaned(Path base) {
        return orphan(base).isPresent();
    }

    private static Optional<ProcessHandle> orphan(Path base) {
        var file = pidFile(base);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return ProcessHandle.of(Long.parseLong(read(file)))
                    .filter(process ->
                            process.info().commandLine().orElse("").contains(ServerCommand.OWNER + file.getParent()));
        } catch (UncheckedIOException | NumberFormatException e) {
            throw new StartupException("cannot read " + file + ": " + e.getMessage() + "; remove it", e);
        }
    }

    private static Path pidFile(Path base) {
        return base.toAbsolutePath().normalize().resolve(PID_FILE);
    }

    /** Returns the port of the application on the loopback address. */
    public int httpPort() {
        return httpPort;
    }

    /** Returns the port of management, health ({@code /health/ready}) and metrics ({@code /prometheus}) on the loopback address. */
    public int managementPort() {
        return managementPort;
    }

    /** Returns its process, for measuring or killing it. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Returns its base folder. */
    public Path base() {
        return base;
    }

    /**
     * Waits until all of its archives are deployed.
     *
     * @throws StartupException with the server's own reason if one fails, if the server ends, or if it takes too long
     */
    public void awaitDeployed(Duration atMost) {
        await("deployment of " + deployments, atMost, () -> {
            var all = true;
            for (var name : deployments) {
                var failed = base.resolve("deployments").resolve(name + ".failed");
                if (Files.exists(failed)) {
                    throw new StartupException(
                            name + " was not deployed: " + read(failed) + "; see " + base.resolve("log"));
                }
                all &= Files.exists(base.resolve("deployments").resolve(name + ".deployed"));
            }
            return all;
        });
        // The server accepts requests from the end of its start on, which follows that of deployments.
        await("the end of the start", atMost, startLog::isStarted);
    }

    /** Waits until the management interface responds, whether or not archives are deployed. */
    public void awaitManagement(Duration atMost) {
        await("the management interface", atMost, () -> {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), managementPort), 1_000);
                return true;
            }
        });
    }

    /** A condition that is polled until it holds. */
    @FunctionalInterface
    public interface Condition {
        /** Returns whether it holds now. */
        boolean holds() throws IOException;
    }

    /** Polls a condition four times a second; fails early if the server ends. */
    public void await(String what, Duration atMost, Condition condition) {
        var deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (IOException e) {
                // Not yet.
            }
            if (!process.isAlive()) {
                throw new StartupException("the server ended (exit code " + process.exitValue() + ") while waiting for "
                        + what + "; see " + base.resolve("log"));
            }
            if (System.nanoTime() > deadline) {
                throw new StartupException(
                        what + " took more than " + atMost.toSeconds() + " s; see " + base.resolve("log"));
            }
            if (Thread.interrupted()) {
                throw new StartupException("interrupted while waiting for " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(250));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).strip().replaceAll("\\s*\\n\\s*", " ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the process ends. */
    public int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    /** Kills the server at once, as a crash would. */
    public void kill() {
        process.destroyForcibly();
        process.toHandle().onExit().join();
    }

    /** Stops the server after it has finished its work; kills it after a minute. */
    @Override
    public void close() {
        end(process.toHandle());
        TempFolders.delete(base.resolve(PID_FILE));
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        if (!Processes.awaitEnd(List.of(process), STOP_ATMOST)) {
            process.destroyForcibly();
            Processes.awaitEnd(List.of(process), KILL_ATMOST);
        }
    }
}
