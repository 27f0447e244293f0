package io.tenantry.people;

import io.tenantry.people.weighing.SessionScale;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** An archive that ships, with {@link SessionScale} in its WAR. */
final class WeighingArchive {
    private static final String WAR = "web.war";
    private static final String CLASS = SessionScale.class.getName().replace('.', '/') + ".class";

    private WeighingArchive() {}

    /** Makes it in the folder. */
    static Path in(Path archive, Path folder) throws IOException {
        var weighing = folder.resolve("weighing").resolve(archive.getFileName());
        Files.createDirectories(weighing.getParent());
        Files.copy(archive, weighing, StandardCopyOption.REPLACE_EXISTING);
        var war = folder.resolve("weighing").resolve(WAR);
        try (var files = FileSystems.newFileSystem(weighing)) {
            Files.copy(files.getPath(WAR), war, StandardCopyOption.REPLACE_EXISTING);
            addTheScale(war);
            Files.copy(war, files.getPath(WAR), StandardCopyOption.REPLACE_EXISTING);
        }
        return weighing;
    }

    private static void addTheScale(Path war) throws IOException {
        try (var files = FileSystems.newFileSystem(war);
                var scale = WeighingArchive.class.getClassLoader().getResourceAsStream(CLASS)) {
            var place = files.getPath("WEB-INF", "classes").resolve(CLASS);
            Files.createDirectories(place.getParent());
            Files.copy(Objects.requireNonNull(scale), place, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
