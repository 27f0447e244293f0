package io.tenantry.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The main process of the PostgreSQL in a folder, including one that another process of ours started and left behind. */
final class Postmaster {
    /** Writing a checkpoint of an orphan's memory may take a while. */
    private static final Duration ORPHAN_ATMOST = Duration.ofSeconds(30);

    private static final Duration SOON = Duration.ofSeconds(1);

    private Postmaster() {}

    /**
     * Stops a PostgreSQL that a killed process of ours left behind in this folder: by a fast shutdown, then an immediate one, then by killing
     * it. Committed data is on the disk.
     */
    static void endOrphan(Path folder) {
        if (!end(folder, "fast", ORPHAN_ATMOST) && !end(folder, "immediate", SOON) && !kill(folder)) {
            throw new StartupException("another PostgreSQL (process "
                    + find(folder).map(String::valueOf).orElse("?") + ") runs on " + folder
                    + " and does not stop; end it, or restart the machine");
        }
        TempFolders.delete(folder.resolve("data/postmaster.pid"));
    }

    /** Stops, within a few seconds, a PostgreSQL whose data is no longer needed; returns whether none is left. */
    static boolean endLeftOver(Path folder) {
        return end(folder, "immediate", SOON) || kill(folder);
    }

    private static boolean end(Path folder, String mode, Duration atMost) {
        if (find(folder).isEmpty()) {
            return true;
        }
        var line = new ArrayList<>(Unprivileged.prefix());
        line.addAll(List.of(
                PostgresBinaries.programs().resolve("pg_ctl").toString(),
                "stop",
                "--pgdata=" + folder.resolve("data"),
                "--mode=" + mode,
                "--wait",
                "--timeout=" + atMost.toSeconds()));
        try {
            return Command.of(line).run(atMost.plusSeconds(5)).code() == 0
                    || find(folder).isEmpty();
        } catch (StartupException notEvenThat) {
            return false;
        }
    }

    private static boolean kill(Path folder) {
        var postmaster = find(folder).flatMap(ProcessHandle::of);
        if (postmaster.isEmpty()) {
            return true;
        }
        var all = new ArrayList<>(postmaster.get().descendants().toList());
        all.add(postmaster.get());
        all.forEach(ProcessHandle::destroyForcibly);
        return Processes.awaitEnd(all, SOON);
    }

    /** Returns the live postmaster of this folder; a stale pid file whose number belongs to another program is ignored. */
    static Optional<Long> find(Path folder) {
        var file = folder.resolve("data/postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            var pid = Long.parseLong(
                    Files.readAllLines(file, StandardCharsets.UTF_8).get(0).trim());
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> process.info().command().orElse("").endsWith("postgres")
                            || process.info().commandLine().orElse("").contains("postgres"))
                    .map(ProcessHandle::pid);
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }
}
