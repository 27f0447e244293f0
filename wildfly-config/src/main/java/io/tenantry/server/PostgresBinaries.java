package io.tenantry.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's own programs for this machine, unpacked once per user and version from the archive on the class path; or those in a folder named
 * by the system property {@value #GIVEN}.
 */
final class PostgresBinaries {
    /** System property: a folder with {@code initdb}, {@code pg_ctl} and {@code postgres}, for tests with another version. */
    static final String GIVEN = "tenantry.pg.bin";

    private static final int UNPACKED_VERSION = 18;
    private static final Pattern VERSION = Pattern.compile("PostgreSQL\\) (\\d+)");

    private PostgresBinaries() {}

    /** Returns the folder of the programs. */
    static Path programs() {
        var given = System.getProperty(GIVEN, "");
        return given.isBlank() ? unpacked().resolve("bin") : Path.of(given);
    }

    /** Returns the programs' major version. */
    static int version() {
        if (System.getProperty(GIVEN, "").isBlank()) {
            return UNPACKED_VERSION;
        }
        var postgres = programs().resolve("postgres").toString();
        var stated = Command.of(List.of(postgres, "--version"))
                .run(Duration.ofSeconds(10))
                .output();
        var version = VERSION.matcher(stated);
        if (!version.find()) {
            throw new StartupException(postgres + " does not report its version but: " + stated.strip());
        }
        return Integer.parseInt(version.group(1));
    }

    /** Returns the folder with {@code bin}, {@code lib} and {@code share}. */
    private static synchronized Path unpacked() {
        var resource = "/postgres-" + system() + "-" + machine() + ".txz";
        try (var archive = PostgresBinaries.class.getResourceAsStream(resource)) {
            if (archive == null) {
                throw new StartupException("no PostgreSQL for this machine (" + System.getProperty("os.name") + ", "
                        + System.getProperty("os.arch")
                        + ") in the build; use a PostgreSQL of your own, see docs/operations.md");
            }
            return unpack(archive);
        } catch (IOException e) {
            throw new StartupException(
                    "cannot unpack PostgreSQL below " + TempFolders.folder() + ": " + e.getMessage(), e);
        }
    }

    private static Path unpack(InputStream archive) throws IOException {
        var bytes = archive.readAllBytes();
        var home = TempFolders.folder()
                .resolve("postgresql-" + Checksums.sha256(bytes).substring(0, 16));
        if (Files.isExecutable(home.resolve("bin/postgres"))) {
            return home;
        }
        var staging = Files.createTempDirectory(
                TempFolders.folder(),
                "unpack-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        extract(new ByteArrayInputStream(bytes), staging);
        try {
            Files.move(staging, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (FileSystemException e) {
            // Another process was faster: its copy is equivalent.
            TempFolders.delete(staging);
            if (!Files.isExecutable(home.resolve("bin/postgres"))) {
                throw e;
            }
        }
        return home;
    }

    private static void extract(InputStream archive, Path into) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var file = into.resolve(entry.getName()).normalize();
                if (!file.startsWith(into)) {
                    throw new IOException("the archive of PostgreSQL names a file outside of it: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else if (entry.isLink()) {
                    Files.copy(into.resolve(entry.getLinkName()), file);
                } else {
                    Files.copy(tar, file);
                    if ((entry.getMode() & 0100) != 0) {
                        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
                    }
                }
            }
        }
    }

    private static String system() {
        var name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (name.contains("mac")) {
            return "darwin";
        }
        return name.contains("windows") ? "windows" : "linux";
    }

    private static String machine() {
        var arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return switch (arch) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> "arm_64";
            default -> arch;
        };
    }
}
