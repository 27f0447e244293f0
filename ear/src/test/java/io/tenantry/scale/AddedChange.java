package io.tenantry.scale;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The next version of the archive: the same, with one additional change of every tenant's schema. */
final class AddedChange {
    /** The table added by the change. */
    static final String TABLE = "added_by_the_next_version";

    private static final String CHANGELOG = "db/tenant/changelog.xml";
    private static final String FILE = "db/tenant/admin/next.sql";
    private static final String CHANGE = """
            --liquibase formatted sql

            --changeset next:0001
            create table %s (
                id bigint generated always as identity,
                note text not null,
                constraint %s_pk primary key (id)
            );
            comment on table %s is 'a row belongs to the tenant of its schema';
            """.formatted(TABLE, TABLE, TABLE);

    private AddedChange() {}

    /** Creates the archive in the folder. */
    static Path in(Path archive, Path folder) throws IOException {
        var next = folder.resolve("next").resolve(archive.getFileName());
        Files.createDirectories(next.getParent());
        Files.copy(archive, next, StandardCopyOption.REPLACE_EXISTING);
        var module = folder.resolve("next").resolve("ejb.jar");
        try (var files = FileSystems.newFileSystem(next)) {
            Files.copy(files.getPath("ejb.jar"), module, StandardCopyOption.REPLACE_EXISTING);
            change(module);
            Files.copy(module, files.getPath("ejb.jar"), StandardCopyOption.REPLACE_EXISTING);
        }
        return next;
    }

    private static void change(Path module) throws IOException {
        try (var files = FileSystems.newFileSystem(module)) {
            var changelog = files.getPath(CHANGELOG);
            var text = Files.readString(changelog, StandardCharsets.UTF_8);
            Files.writeString(
                    changelog,
                    text.replace("</databaseChangeLog>", "  <include file=\"" + FILE + "\"/>\n</databaseChangeLog>"),
                    StandardCharsets.UTF_8);
            Files.createDirectories(files.getPath(FILE).getParent());
            Files.writeString(files.getPath(FILE), CHANGE, StandardCharsets.UTF_8);
        }
    }
}
