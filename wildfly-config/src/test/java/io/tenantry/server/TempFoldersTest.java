package io.tenantry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leftovers of processes that have ended. */
class TempFoldersTest {
    @TempDir
    Path within;

    @Test
    void endsFrozenDatabaseWithinSeconds() throws Exception {
        var folder = leftOver();
        var database =
                EmbeddedDatabase.in(folder).setting("shared_buffers", "16MB").start();
        var postmaster = ProcessHandle.of(database.pid()).orElseThrow();
        signal("STOP", postmaster);
        postmaster.descendants().forEach(child -> signal("STOP", child));

        var began = System.nanoTime();
        TempFolders.sweep(within, Postmaster::endLeftOver);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        assertThat(Processes.isGone(postmaster)).isTrue();
        assertThat(folder).doesNotExist();
    }

    @Test
    void triesOnceToEndUnendableDatabase() throws IOException {
        var folder = leftOver();
        var asked = new ArrayList<Path>();
        for (var sweep = 0; sweep < 3; sweep++) {
            TempFolders.sweep(within, entry -> !asked.add(entry));
        }
        assertThat(asked).containsExactly(folder);
        assertThat(folder).exists();
    }

    @Test
    void removesOnlyFoldersOfEndedProcesses() throws IOException {
        var dead = leftOver();
        Files.writeString(dead.resolve("file"), "text", StandardCharsets.UTF_8);
        var living = Files.createDirectory(
                within.resolve("scratch-" + ProcessHandle.current().pid() + "-1"));
        var other = Files.createDirectory(within.resolve("something-else"));

        TempFolders.sweep(within, Postmaster::endLeftOver);

        assertThat(dead).doesNotExist();
        assertThat(living).exists();
        assertThat(other).exists();
    }

    /** Creates a folder whose owner is a process that has ended. */
    private Path leftOver() throws IOException {
        try {
            var gone = new ProcessBuilder("true").start();
            gone.waitFor();
            return Files.createDirectory(within.resolve("scratch-" + gone.pid() + "-1"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void signal(String name, ProcessHandle process) {
        var answer = Command.of(List.of("kill", "-" + name, Long.toString(process.pid())))
                .run(Duration.ofSeconds(5));
        assertThat(answer.code()).as(answer.output()).isZero();
    }
}
