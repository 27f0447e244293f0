package io.tenantry.server;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/**
 * The class data archive of a server with the application: classes are read and verified once, into a file that later starts map into memory.
 * It saves a third of the processor time of each start ({@code -XX:SharedArchiveFile}). The JVM rejects a file that another JVM wrote, or that
 * is older than the server's own jar, and starts without it.
 */
public final class CdsArchive {
    private static final Duration ATMOST = Duration.ofMinutes(5);

    /** A page of the platform's own host that uses Faces, a session, authentication, and the database. */
    private static final String FIRST_PAGE =
            "GET /sign-in HTTP/1.1\r\nHost: platform.localhost\r\nConnection: close\r\n\r\n";

    private CdsArchive() {}

    /**
     * Entry point for the build: the assembled server, the application's archive, the file to write. A file that is newer than both is kept.
     */
    public static void main(String[] arguments) {
        try {
            write(
                    Path.of(arguments[0]),
                    Path.of(arguments[1]),
                    Path.of(arguments[2]).toAbsolutePath());
        } catch (IOException | StartupException e) {
            // The archive saves time only; nothing depends on it.
            var err = new PrintWriter(
                    new OutputStreamWriter(new FileOutputStream(FileDescriptor.err), StandardCharsets.UTF_8), true);
            err.println("tenantry: no archive of classes, each server reads its own: " + e.getMessage());
        }
    }

    /** Starts a server with a separate database, requests its first page, and stops it, which makes the JVM write the archive. */
    static void write(Path home, Path application, Path file) throws IOException {
        if (isNewer(file, application) && isNewer(file, home.resolve("jboss-modules.jar"))) {
            return;
        }
        Files.createDirectories(file.getParent());
        var unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        var folder = TempFolders.newFolder();
        try (var database = EmbeddedDatabase.scratchBuilder().careless().start()) {
            try (var server = Server.in(home, folder.resolve("server"))
                    .environment(database.environment())
                    .jvmOption("-XX:ArchiveClassesAtExit=" + unfinished)
                    .deployment(application)
                    .start()) {
                server.awaitDeployed(ATMOST);
                inspect(server);
            }
        } finally {
            TempFolders.delete(folder);
        }
        if (!Files.exists(unfinished)) {
            throw new StartupException("the JVM wrote none");
        }
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean isNewer(Path file, Path than) throws IOException {
        return Files.exists(file) && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(than)) > 0;
    }

    private static void inspect(Server server) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.httpPort())) {
            socket.setSoTimeout((int) ATMOST.toMillis());
            socket.getOutputStream().write(FIRST_PAGE.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }
}
