package io.tenantry.cloud.provider.sandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final Files files = new Files(Map.of());

    @ParameterizedTest
    @CsvSource({
        "/root, a, /root/a",
        "/root, /a, /a",
        "/root, ../a, /a",
        "/root, ../../../../a, /a",
        "/root, ./a/./b/.., /root/a",
        "/, a//b, /a/b",
        "/root, .., /",
        "/a/b, '', /a/b"
    })
    void resolvesPathsWithinTheTree(String folder, String path, String resolved) {
        assertThat(Files.resolve(folder, path)).isEqualTo(resolved);
    }

    @Test
    void readsWhatWasWritten() throws CommandFailure {
        files.write("/a", new byte[] {0, -1, 10}, false, NOW);
        files.write("/a", new byte[] {7}, true, NOW);
        assertThat(files.read("/a")).containsExactly(0, -1, 10, 7);
        files.write("/a", new byte[] {1}, false, NOW);
        assertThat(files.read("/a")).containsExactly(1);
    }

    @Test
    void requiresAnExistingFolder() throws CommandFailure {
        assertThatThrownBy(() -> files.write("/a/b", new byte[0], false, NOW)).hasMessage("No such file or directory");
        files.write("/a", new byte[0], false, NOW);
        assertThatThrownBy(() -> files.write("/a/b", new byte[0], false, NOW)).hasMessage("Not a directory");
        assertThatThrownBy(() -> files.makeFolder("/a", false, NOW)).hasMessage("File exists");
        assertThatThrownBy(() -> files.write("/", new byte[0], false, NOW)).hasMessage("Is a directory");
    }

    @Test
    void listsDirectChildrenOnly() throws CommandFailure {
        files.makeFolder("/a/b/c", true, NOW);
        files.write("/a/z", new byte[0], false, NOW);
        files.write("/ab", new byte[0], false, NOW);
        assertThat(files.list("/a")).containsExactly("b", "z");
        assertThat(files.list("/")).containsExactly("a", "ab");
    }

    @Test
    void removesAFolderWithItsContents() throws CommandFailure {
        files.makeFolder("/a/b", true, NOW);
        files.write("/ab", new byte[0], false, NOW);
        assertThatThrownBy(() -> files.remove("/a", false)).hasMessage("Is a directory");
        files.remove("/a", true);
        assertThat(files.all()).containsOnlyKeys("/ab");
        assertThatThrownBy(() -> files.remove("/", true)).isInstanceOf(CommandFailure.class);
    }

    @Test
    void limitsTotalSize() throws CommandFailure {
        files.write("/a", new byte[Files.BYTES_MAX], false, NOW);
        assertThatThrownBy(() -> files.write("/a", new byte[1], true, NOW)).hasMessage("No space left on device");
        assertThatThrownBy(() -> files.write("/b", new byte[1], false, NOW)).hasMessage("No space left on device");
        files.write("/a", new byte[10], false, NOW);
        assertThat(files.usedBytes()).isEqualTo(10);
    }

    @Test
    void limitsNumberAndNameLengthOfFiles() throws CommandFailure {
        for (var i = 0; i < Files.ENTRIES_MAX; i++) {
            files.touch("/" + i, NOW);
        }
        assertThatThrownBy(() -> files.touch("/more", NOW)).hasMessage("No space left on device");
        files.remove("/0", false);
        assertThatThrownBy(() -> files.touch("/" + "x".repeat(Files.PATH_MAX), NOW))
                .hasMessage("File name too long");
    }

    @Test
    void reportsAChangeOnce() throws CommandFailure {
        assertThat(files.takeChanged()).isFalse();
        files.touch("/a", NOW);
        assertThat(files.takeChanged()).isTrue();
        assertThat(files.takeChanged()).isFalse();
    }

    @Test
    void forgetsFilesWrittenSinceAnInstant() throws CommandFailure {
        files.touch("/old", NOW);
        files.touch("/new", NOW.plusSeconds(1));
        files.forgetSince(NOW);
        assertThat(files.all()).containsOnlyKeys("/old");
    }
}
