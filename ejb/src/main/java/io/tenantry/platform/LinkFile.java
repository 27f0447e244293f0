package io.tenantry.platform;

import io.tenantry.identity.IssuedLink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Keeps a one-time link in a file that only the user of the server process can read. No log has it. */
final class LinkFile {
    private static final boolean IS_POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path folder;

    LinkFile(Path folder) {
        this.folder = folder;
    }

    /** In the data folder of this server. */
    static LinkFile ofServer() {
        return new LinkFile(Path.of(System.getProperty("jboss.server.data.dir", System.getProperty("java.io.tmpdir")))
                .resolve("tenantry"));
    }

    /**
     * Writes the link, in place of an earlier one.
     *
     * @return where it is
     */
    Path write(String name, IssuedLink link) {
        try {
            Files.createDirectories(folder, permissions("rwx------"));
            var target = folder.resolve(name);
            var written = Files.createTempFile(folder, name, "", permissions("rw-------"));
            try {
                Files.writeString(written, link.url() + "\nvalid until " + link.expiresAt() + "\n");
                Files.move(written, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(written);
            }
            return target;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static FileAttribute<?>[] permissions(String permissions) {
        return IS_POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
