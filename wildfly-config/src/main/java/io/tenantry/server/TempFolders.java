package io.tenantry.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Folders that live as long as this process, and what outlives it by accident: the next process sweeps it. */
final class TempFolders {
    /** In the folder of a database that could not be ended: its process. */
    private static final String STUCK = "stuck";

    private static final Pattern OWNED = Pattern.compile("scratch-(\\d+)[- ].*");

    private TempFolders() {}

    /** This user's own folder for temporary things. */
    static Path folder() {
        var folder = Path.of(System.getProperty("java.io.tmpdir"), "tenantry-" + System.getProperty("user.name"));
        try {
            Files.createDirectories(folder);
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    || !Files.getOwner(folder).getName().equals(System.getProperty("user.name"))) {
                throw new StartupException(folder + " belongs to somebody else; remove it, or set java.io.tmpdir");
            }
            return folder;
        } catch (IOException e) {
            throw new StartupException("cannot create " + folder + ": " + e.getMessage(), e);
        }
    }

    /** A new folder, named after this process. Its name contains a space, so that nothing comes to rely on paths without spaces. */
    static Path newFolder() {
        try {
            return Files.createTempDirectory(
                    folder(), "scratch-" + ProcessHandle.current().pid() + " of a run-");
        } catch (IOException e) {
            throw new StartupException("cannot create a folder in " + folder() + ": " + e.getMessage(), e);
        }
    }

    /** Ends the databases and removes the folders of processes that are gone. */
    static void sweep() {
        sweep(folder(), Postmaster::endLeftOver);
    }

    /**
     * As {@link #sweep()}. A database that cannot be ended is said once and never waited for again, by this process or the next ones, as
     * long as it is the same: who wants a database of his own has nothing to do with it.
     *
     * @param end ends the database in a folder if there is one, and says whether none is left
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

    /** Whether an earlier sweep could not end the very process that is there now. */
    private static boolean isStuck(Path entry) throws IOException {
        var mark = entry.resolve(STUCK);
        return Files.exists(mark)
                && Files.readString(mark, StandardCharsets.UTF_8)
                        .equals(Postmaster.find(entry)
                                .map(String::valueOf)
                                .orElse(""));
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
            System.getLogger(TempFolders.class.getName())
                    .log(System.Logger.Level.DEBUG, "left behind folder=" + folder + " reason=" + e.getMessage());
        }
    }
}
