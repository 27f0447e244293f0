package io.tenantry.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Temporary folders with the lifetime of this process; leftovers are removed by the next process. */
final class TempFolders {
    /** A file in the folder of a database that could not be stopped: its process. */
    private static final String STUCK = "stuck";

    private static final Pattern OWNED = Pattern.compile("scratch-(\\d+)[- ].*");

    /** Linux's file system in memory. */
    private static final Path MEMORY = Path.of("/dev/shm");

    /** Several databases at a time, and what else uses the file system. */
    private static final long MEMORY_MIN_BYTES = 6L << 30;

    private TempFolders() {}

    /** Returns the user's folder for temporary data. */
    static Path folder() {
        return folder(Path.of(System.getProperty("java.io.tmpdir")));
    }

    private static Path folder(Path within) {
        var folder = within.resolve("tenantry-" + System.getProperty("user.name"));
        try {
            Files.createDirectories(folder);
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    || !Files.getOwner(folder).getName().equals(System.getProperty("user.name"))) {
                throw new StartupException(folder + " belongs to another user; remove it, or set java.io.tmpdir");
            }
            return folder;
        } catch (IOException e) {
            throw new StartupException("cannot create " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Creates a folder, named after this process. Its name contains a space, so that no code relies on paths without spaces. */
    static Path newFolder() {
        return newFolder(folder());
    }

    /** Creates a folder in memory, or another one where there is no memory for it. */
    static Path newFolderInMemory() {
        return hasMemory() ? newFolder(folder(MEMORY)) : newFolder();
    }

    private static Path newFolder(Path within) {
        try {
            return Files.createTempDirectory(
                    within, "scratch-" + ProcessHandle.current().pid() + " of a run-");
        } catch (IOException e) {
            throw new StartupException("cannot create a folder in " + within + ": " + e.getMessage(), e);
        }
    }

    private static boolean hasMemory() {
        try {
            return Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() >= MEMORY_MIN_BYTES;
        } catch (IOException unknown) {
            return false;
        }
    }

    /** Stops the databases and removes the folders of processes that have ended. */
    static void sweep() {
        sweep(folder(), Postmaster::endLeftOver);
        if (Files.isWritable(MEMORY)) {
            sweep(folder(MEMORY), Postmaster::endLeftOver);
        }
    }

    /**
     * Does the same as {@link #sweep()}. A database that cannot be stopped is logged once and not waited for again, by this process or the next
     * ones, while it is the same process: it does not affect users of other databases.
     *
     * @param end stops the database in a folder if there is one, and returns whether none is left
     */
    static void sweep(Path within, Predicate<Path> end) {
        try (var entries = Files.list(within)) {
            for (var entry : entries.toList()) {
                var owned = OWNED.matcher(entry.getFileName().toString());
                if (owned.matches()
                        && ProcessHandle.of(Long.parseLong(owned.group(1))).isEmpty()
                        && !isStuck(entry)) {
                    if (end.test(entry)) {
                        delete(entry);
                    } else {
                        stuck(entry);
                    }
                }
            }
        } catch (IOException e) {
            throw new StartupException("cannot sweep " + within + ": " + e.getMessage(), e);
        }
    }

    /** Returns whether an earlier sweep could not stop the process that is running now. */
    private static boolean isStuck(Path entry) throws IOException {
        var mark = entry.resolve(STUCK);
        return Files.exists(mark)
                && Files.readString(mark, StandardCharsets.UTF_8)
                        .equals(Postmaster.find(entry).map(String::valueOf).orElse(""));
    }

    private static void stuck(Path entry) throws IOException {
        var process = Postmaster.find(entry).map(String::valueOf).orElse("");
        System.getLogger(TempFolders.class.getName())
                .log(
                        System.Logger.Level.WARNING,
                        "a database that a dead process left behind does not end and is left alone: process " + process
                                + " in " + entry);
        Files.writeString(entry.resolve(STUCK), process, StandardCharsets.UTF_8);
    }

    /** Removes a folder and its contents; files that disappear meanwhile are ignored. */
    static void delete(Path folder) {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            System.getLogger(TempFolders.class.getName())
                    .log(System.Logger.Level.DEBUG, "left behind folder=" + folder + " reason=" + e.getMessage());
        }
    }
}
