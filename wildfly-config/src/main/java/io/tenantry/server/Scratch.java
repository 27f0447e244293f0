package io.tenantry.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.regex.Pattern;

/** Folders that live as long as this process, and what outlives it by accident: the next process sweeps it. */
final class Scratch {
    private static final Pattern OWNED = Pattern.compile("scratch-(\\d+)-.*");

    private Scratch() {}

    /** This user's own folder for temporary things. */
    static Path folder() {
        var folder = Path.of(System.getProperty("java.io.tmpdir"), "tenantry-" + System.getProperty("user.name"));
        try {
            Files.createDirectories(folder);
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    || !Files.getOwner(folder).getName().equals(System.getProperty("user.name"))) {
                throw new ServerProblem(folder + " belongs to somebody else; remove it, or set java.io.tmpdir");
            }
            return folder;
        } catch (IOException e) {
            throw new ServerProblem("cannot create " + folder + ": " + e.getMessage(), e);
        }
    }

    /** A new folder, named after this process. */
    static Path newFolder() {
        try {
            return Files.createTempDirectory(
                    folder(), "scratch-" + ProcessHandle.current().pid() + "-");
        } catch (IOException e) {
            throw new ServerProblem("cannot create a folder in " + folder() + ": " + e.getMessage(), e);
        }
    }

    /** Ends the databases and removes the folders of processes that are gone. */
    static void sweep() {
        try (var entries = Files.list(folder())) {
            for (var entry : entries.toList()) {
                var owned = OWNED.matcher(entry.getFileName().toString());
                if (owned.matches()
                        && ProcessHandle.of(Long.parseLong(owned.group(1))).isEmpty()) {
                    EmbeddedDatabase.endOrphan(entry);
                    delete(entry);
                }
            }
        } catch (IOException e) {
            throw new ServerProblem("cannot sweep " + folder() + ": " + e.getMessage(), e);
        }
    }

    /** Removes a folder and all within; what vanishes meanwhile is as well. */
    static void delete(Path folder) {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            System.getLogger(Scratch.class.getName())
                    .log(System.Logger.Level.DEBUG, "left behind folder=" + folder + " reason=" + e.getMessage());
        }
    }
}
