package io.tenantry.cloud.provider.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A folder of small text files. Each is written atomically: to a temporary file first, which is then moved. The folder is created on the first
 * write.
 */
final class TextFileStore {
    private static final System.Logger LOG = System.getLogger(TextFileStore.class.getName());
    private static final String SUFFIX = ".json";
    private static final String BESIDE = ".new";

    private final Path folder;

    TextFileStore(Path folder) {
        this.folder = folder;
    }

    /** Returns the contents of all files by name. A file that cannot be parsed is left where it is. */
    <T> Map<String, T> read(Function<String, T> reader) {
        var all = new TreeMap<String, T>();
        for (var name : names()) {
            try {
                find(name).map(reader).ifPresent(one -> all.put(name, one));
            } catch (RuntimeException broken) {
                LOG.log(System.Logger.Level.WARNING, "skipped, cannot read {0}: {1}", place(name), broken.getMessage());
            }
        }
        return all;
    }

    /** Returns the names of all files. */
    List<String> names() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    Optional<String> find(String name) {
        try {
            return Optional.of(Files.readString(place(name)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    void put(String name, String text) {
        var temporary = folder.resolve(name + BESIDE);
        try {
            Files.createDirectories(folder);
            Files.writeString(temporary, text, StandardCharsets.UTF_8);
            Files.move(temporary, place(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Idempotent. */
    void remove(String name) {
        try {
            Files.deleteIfExists(place(name));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private Path place(String name) {
        return folder.resolve(name + SUFFIX);
    }
}
