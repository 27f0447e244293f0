package io.tenantry.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** The file of encryption keys for a server that was not given one: created once, readable by its owner only. */
final class SecretKeys {
    private static final int KEY_BYTES = 32;

    private SecretKeys() {}

    /** Returns the file, and creates it if it does not exist. */
    static Path in(Path folder) throws IOException {
        var file = folder.resolve("secret.keys").toAbsolutePath();
        Files.createDirectories(folder);
        var attributes = folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        var key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        var line = "first=" + Base64.getEncoder().encodeToString(key) + "\n";
        try (var out = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
            out.write(StandardCharsets.UTF_8.encode(line));
        } catch (FileAlreadyExistsException kept) {
            return file;
        }
        return file;
    }
}
