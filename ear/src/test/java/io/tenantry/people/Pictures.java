package io.tenantry.people;

import io.tenantry.it.RunningServer;
import io.tenantry.server.EmbeddedDatabase;
import io.tenantry.server.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Screenshots of the main pages, for readers of the documentation: {@code mvn -Pscreenshots}. A separate demo is created for them, with a
 * {@link Tour} of it.
 */
public final class Pictures {
    private static final Duration DEPLOYED_ATMOST = Duration.ofMinutes(5);
    private static final Duration READY_ATMOST = Duration.ofMinutes(20);

    private Pictures() {}

    /** Arguments from the build: the assembled server, the archive, the folder of screenshots, a folder for the demo. */
    public static void main(String[] arguments) throws IOException {
        if (!Chromium.isThere()) {
            throw new IllegalStateException("no Chromium in /usr/bin: no pictures are taken");
        }
        var screenshotAlbum = new ScreenshotAlbum(Files.createDirectories(Path.of(arguments[2])));
        var folder = Files.createTempDirectory(Files.createDirectories(Path.of(arguments[3])), "demo-");
        var logins = folder.resolve("logins.txt").toAbsolutePath();
        try (var database = EmbeddedDatabase.scratchBuilder().careless().start();
                var server = start(Path.of(arguments[0]), Path.of(arguments[1]), folder, database, logins)) {
            server.awaitDeployed(DEPLOYED_ATMOST);
            server.await("the demo", READY_ATMOST, () -> isReady(server.httpPort()));
            System.setProperty(RunningServer.HTTP_PORT, Integer.toString(server.httpPort()));
            try (var chromium = new Chromium()) {
                new Tour(chromium, screenshotAlbum, database.superuser(), DemoLogin.read(logins)).make();
            }
        }
        screenshotAlbum.show();
    }

    private static Server start(Path home, Path archive, Path folder, EmbeddedDatabase database, Path logins)
            throws IOException {
        var keys = Files.writeString(Files.createTempFile(folder, "demo", ".keys"), "demo=" + "A".repeat(43) + "=\n");
        return Server.in(home, folder.resolve("server"))
                .environment(database.environment())
                .environment("TENANTRY_DEMO", "true")
                .environment("TENANTRY_DEMO_LOGINS_FILE", logins.toString())
                .environment("TENANTRY_SECRET_KEYS_FILE", keys.toAbsolutePath().toString())
                .deployment(archive)
                .start();
    }

    private static boolean isReady(int port) throws IOException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + Server.HEALTH_PATH))
                .build();
        try {
            return HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }
}
