package io.tenantry.server;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The random passwords of an embedded database, stored beside its data in a file that only its owner can read. */
final class DatabaseSecrets {
    private static final String FILE = "secrets.properties";

    private final Path folder;
    private final Properties passwords;

    private DatabaseSecrets(Path folder, Properties passwords) {
        this.folder = folder;
        this.passwords = passwords;
    }

    /** Returns the password of a database user. */
    String password(String user) {
        @Nullable String password = passwords.getProperty(user);
        if (password == null) {
            throw new StartupException(folder.resolve(FILE) + " has no password of " + user + "; restore it, or remove "
                    + folder + " to start with an empty database");
        }
        return password;
    }

    /** Returns the passwords in the folder; generates them if it has none yet. */
    static DatabaseSecrets of(Path folder) {
        var file = folder.resolve(FILE);
        var passwords = new Properties();
        try {
            if (Files.exists(file)) {
                try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                    passwords.load(in);
                }
            } else {
                generate(passwords);
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
                    passwords.store(out, "Passwords of the database in this folder");
                }
            }
            return new DatabaseSecrets(folder, passwords);
        } catch (IOException e) {
            throw new StartupException("cannot read or write " + file + ": " + e.getMessage(), e);
        }
    }

    private static void generate(Properties passwords) {
        var random = new SecureRandom();
        for (var user : List.of(
                "postgres", DatabaseUser.RUNTIME.user(), DatabaseUser.ADMIN.user(), DatabaseUser.BATCH.user())) {
            var bytes = new byte[24];
            random.nextBytes(bytes);
            passwords.setProperty(user, HexFormat.of().formatHex(bytes));
        }
    }
}
