package io.tenantry.it;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** The archive that ships, with additional classes in its WAR, for checks that only the application itself can do. */
public final class ExtendedArchive {
    private static final String WAR = "web.war";

    private ExtendedArchive() {}

    /** Creates the archive in the folder, under its name. */
    public static Path in(Path folder, Path archive, Class<?>... added) throws IOException {
        Files.createDirectories(folder);
        var extended = folder.resolve(archive.getFileName());
        var war = folder.resolve(WAR);
        Files.copy(archive, extended, StandardCopyOption.REPLACE_EXISTING);
        try (var files = FileSystems.newFileSystem(extended)) {
            Files.copy(files.getPath(WAR), war, StandardCopyOption.REPLACE_EXISTING);
            add(war, added);
            Files.copy(war, files.getPath(WAR), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.delete(war);
        return extended;
    }

    private static void add(Path war, Class<?>... added) throws IOException {
        try (var files = FileSystems.newFileSystem(war)) {
            for (var one : added) {
                var name = one.getName().replace('.', '/') + ".class";
                var place = files.getPath("WEB-INF", "classes").resolve(name);
                Files.createDirectories(place.getParent());
                try (var bytes = ExtendedArchive.class.getClassLoader().getResourceAsStream(name)) {
                    Files.copy(Objects.requireNonNull(bytes, name), place, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }
}
