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

/** A file of which others on the machine see nothing: mode 0600 in a folder of mode 0700, where the file system has modes. */
public final class PrivateFile {
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private static final String PART = ".part";

    private PrivateFile() {}

    /** What is written, part by part. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it. */
        void to(OutputStream out) throws IOException;
    }

    /** Writes the whole file, or leaves it as it was. A folder that is missing is made. */
    public static void write(Path file, String text) throws IOException {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** As {@link #write(Path, String)}, for what is too long to be held in memory. */
    public static void write(Path file, Content content) throws IOException {
        var folder = file.toAbsolutePath().normalize().getParent();
        if (folder == null) {
            throw new IOException(file + " is no file");
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

    /** Deletes what writing into that folder left behind when the process died. Nobody may be writing into it. */
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

    /** Whether nobody but its owner can read or change it; true where files have no modes. */
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
