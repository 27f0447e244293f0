package io.tenantry.it;

import static java.util.Map.entry;

import io.tenantry.server.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Starts a scratch database and a server before the first test in the server; they end with the test process. */
public final class RunningServer implements LauncherSessionListener {
    /** System property with the application's port on 127.0.0.1. */
    public static final String HTTP_PORT = "tenantry.it.http.port";

    /** Small batches and short leases, so that a handful of customers suffices; tests start the job themselves. */
    private static final Map<String, String> ENVIRONMENT = Map.ofEntries(
            entry("TENANTRY_PLATFORM_HOST", "platform.localhost"),
            entry("TENANTRY_PROXIES", "127.0.0.1"),
            entry("TENANTRY_BODY_TIMEOUT", "PT10S"),
            entry("TENANTRY_CHARGING_TIMER", "false"),
            entry("TENANTRY_CHARGING_BATCH_WALLETS", "3"),
            entry("TENANTRY_CHARGING_LEASE", "PT2S"),
            entry("TENANTRY_GALLERY", "true"),
            entry("TENANTRY_LIMIT_DOCUMENTS", "2000"),
            entry("TENANTRY_LIMIT_EXPORTS", "2000"),
            entry("TENANTRY_CONSOLE_EACH", "300"),
            entry("TENANTRY_CONSOLE_TENANT", "300"),
            entry("TENANTRY_CONSOLE_MOST", "300"),
            entry("TENANTRY_PASSWORD_MEMORY_KIB", "1024"));

    private static @Nullable TestServer running;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (System.getProperty("tenantry.it.home") != null) {
            start();
        }
    }

    private static synchronized void start() {
        if (running != null) {
            return;
        }
        var started = TestServer.start(Path.of(System.getProperty("tenantry.it.home")), List.of(), environment());
        System.setProperty(HTTP_PORT, Integer.toString(started.server().httpPort()));
        System.setProperty(
                "tenantry.it.management.port", Integer.toString(started.server().managementPort()));
        running = started;
    }

    /** Includes a key file, so that provider accounts can be connected. */
    private static Map<String, String> environment() {
        try {
            var keys = Files.createTempFile("tenantry-it", ".keys");
            keys.toFile().deleteOnExit();
            Files.writeString(keys, "it=" + "A".repeat(43) + "=\n");
            var all = new HashMap<>(ENVIRONMENT);
            all.put("TENANTRY_SECRET_KEYS_FILE", keys.toAbsolutePath().toString());
            return Map.copyOf(all);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Returns the server and its database, for tests that run outside the server. */
    public static synchronized TestServer get() {
        if (running == null) {
            throw new IllegalStateException("no server was started: run this test by failsafe (mvn verify)");
        }
        return running;
    }

    /** Returns the application's address on a host name, for instance {@code aurora.localhost}. */
    public static String url(String host) {
        return "http://" + host + ":" + System.getProperty(HTTP_PORT);
    }
}
