package io.tenantry.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The files of an embedded PostgreSQL: its data, created atomically by {@code initdb}, and the settings with which it starts. */
final class DataFolder {
    /** The version of PostgreSQL that introduced builtin locales. */
    private static final int BUILTIN_LOCALES = 17;

    private final Path folder;
    private final PostgresPrograms programs;

    DataFolder(Path folder, PostgresPrograms programs) {
        this.folder = folder;
        this.programs = programs;
    }

    /** Returns the path of the data. */
    Path data() {
        return folder.resolve("data");
    }

    /** Returns the path of PostgreSQL's log. */
    Path log() {
        return folder.resolve("postgresql.log");
    }

    /** Creates the data unless it exists; rejects data that is damaged or of another version. */
    void create(String superuserPassword) {
        var data = data();
        if (Files.exists(data)) {
            requireWhole(data);
            return;
        }
        var passwordFile = folder.resolve("initdb.password");
        try {
            Files.writeString(passwordFile, superuserPassword, StandardCharsets.UTF_8);
            var staging = folder.resolve("data.new");
            TempFolders.delete(staging);
            var line = new ArrayList<>(List.of(
                    "--pgdata=" + staging,
                    "--username=postgres",
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--data-checksums",
                    "--no-sync",
                    "--no-instructions"));
            if (PostgresBinaries.version() >= BUILTIN_LOCALES) {
                line.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
            }
            programs.run(Duration.ofMinutes(2), "initdb", line);
            Files.writeString(
                    staging.resolve("postgresql.conf"),
                    Files.readString(staging.resolve("postgresql.conf"), StandardCharsets.UTF_8)
                            + "\ninclude 'tenantry.conf'\n",
                    StandardCharsets.UTF_8);
            Files.move(staging, data);
        } catch (IOException e) {
            throw new StartupException("cannot create the database in " + folder + ": " + e.getMessage(), e);
        } finally {
            TempFolders.delete(passwordFile);
        }
    }

    private static void requireWhole(Path data) {
        try {
            var version = Files.readString(data.resolve("PG_VERSION"), StandardCharsets.UTF_8)
                    .trim();
            if (!version.equals(Integer.toString(PostgresBinaries.version()))) {
                throw new StartupException(
                        "the data in " + data + " was written by PostgreSQL " + version + ", this one is "
                                + PostgresBinaries.version() + "; remove the folder, or restore a dump into a new one");
            }
            if (!Files.isRegularFile(data.resolve("global/pg_control"))) {
                throw new IOException("global/pg_control is missing");
            }
        } catch (IOException e) {
            throw new StartupException(
                    "the data folder " + data + " is damaged (" + e.getMessage()
                            + "); restore it from a backup, or remove " + data.getParent()
                            + " to start with an empty database",
                    e);
        }
    }

    /** Writes the settings of the next start. */
    void configure(Map<String, String> settings, int port) {
        var lines = new ArrayList<String>();
        lines.add("# Written at each start; change it where the database is started.");
        settings.forEach((name, value) -> lines.add(name + " = '" + value.replace("'", "''") + "'"));
        lines.add("port = " + port);
        lines.add("listen_addresses = '127.0.0.1'");
        lines.add("unix_socket_directories = ''");
        try {
            Files.write(data().resolve("tenantry.conf"), lines, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StartupException("cannot write " + data().resolve("tenantry.conf") + ": " + e.getMessage(), e);
        }
    }
}
