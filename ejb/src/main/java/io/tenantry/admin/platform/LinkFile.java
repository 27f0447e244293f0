package io.tenantry.admin.platform;

import io.tenantry.config.Settings;
import io.tenantry.files.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * A file of the data folder with a one-time link, which the server's user alone can read. Writing and deleting exclude each other: what is
 * deleted is what was looked at.
 */
record LinkFile(Path path) {
    private static final Object LOCK = new Object();
    private static final char SECRET_BEGINS = '#';

    static LinkFile ofOwner(Settings settings) {
        return new LinkFile(Path.of(settings.dataFolder(), "owner-link.txt"));
    }

    static LinkFile ofOperator(Settings settings) {
        return new LinkFile(Path.of(settings.dataFolder(), "operator-link.txt"));
    }

    static List<LinkFile> all(Settings settings) {
        return List.of(ofOwner(settings), ofOperator(settings));
    }

    void write(String text) throws IOException {
        synchronized (LOCK) {
            PrivateFile.write(path, text);
        }
    }

    /**
     * Deletes the file if the link in its first line leads nowhere. One without a link is left as it is: we did not write it.
     *
     * @param works whether the link with this secret still works
     * @return whether the file was deleted
     */
    boolean deleteUnless(Predicate<String> works) throws IOException {
        synchronized (LOCK) {
            if (!Files.isRegularFile(path)) {
                return false;
            }
            var line = Files.readString(path, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
            var secretAt = line.indexOf(SECRET_BEGINS) + 1;
            return secretAt > 0 && !works.test(line.substring(secretAt)) && Files.deleteIfExists(path);
        }
    }
}
