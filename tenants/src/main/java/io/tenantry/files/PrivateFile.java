package io.tenantry.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** A file that other users of the machine cannot see: mode 0600 in a folder of mode 0700, where the file system supports modes. */
public final class PrivateFile {
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private static final String PART = ".part";

    private PrivateFile() {}

    /** The content of a file, written in parts. */
    @FunctionalInterface
    public interface Content {
        /** Writes the whole content. */
        void to(OutputStream out) throws IOException;
    }

    /** Writes the whole file atomically, or leaves it unchanged. A missing folder is created. */
    public static void write(Path file, String text) throws IOException {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Like {@link #write(Path, String)}, for content too large to hold in memory. */
    public static void write(Path file, Content content) throws IOException {
        var folder = file.toAbsolutePath().normalize().getParent();
        if (folder == null) {
            throw new IOException(file + " is not a file");
        }
        Files.createDirectories(folder, mode(folder, "rwx------"));
        var part = Files.createTempFile(folder, ".", PART, mode(folder, "rw-------"));
        try {
            try (var out = new BufferedOutputStream(Files.newOutputStream(part))) {
                content.to(out);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Deletes the partial files that writers left in the folder when the process died. No write to the folder may be in progress. */
    public static void deleteParts(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.newDirectoryStream(folder, ".*" + PART)) {
            for (var file : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Whether only its owner can read or change the file; true where files have no modes. */
    public static boolean isPrivate(Path file) throws IOException {
        return !hasModes(file) || Files.getPosixFilePermissions(file).stream().noneMatch(OTHERS::contains);
    }

    private static FileAttribute<?>[] mode(Path path, String mode) {
        return hasModes(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    private static boolean hasModes(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
