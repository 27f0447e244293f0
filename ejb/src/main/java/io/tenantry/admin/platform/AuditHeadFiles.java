package io.tenantry.admin.platform;

import io.tenantry.config.Settings;
import io.tenantry.files.PrivateFile;
import io.tenantry.kernel.secret.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/** The files with the heads of the audit trails, one a night, in the configured folder. */
@ApplicationScoped
public class AuditHeadFiles {
    private static final String PREFIX = "audit-heads-";

    @Inject
    Settings settings;

    @Inject
    Vault vault;

    /** Returns the newest file's content; empty if there is none. */
    public Optional<AuditHeads.ParsedHeads> newest() throws IOException {
        var folder = folder();
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (var files = Files.list(folder)) {
            var newest = files.filter(
                            file -> name(file).startsWith(PREFIX) && name(file).endsWith(".txt"))
                    .max(Comparator.comparing(AuditHeadFiles::name));
            if (newest.isEmpty()) {
                return Optional.empty();
            }
            try {
                return Optional.of(AuditHeads.read(Files.readString(newest.get(), StandardCharsets.UTF_8), vault));
            } catch (IllegalArgumentException wrong) {
                throw new IOException(newest.get() + ": " + wrong.getMessage(), wrong);
            }
        }
    }

    /** Writes the heads to a new file and returns its path. */
    public Path keep(AuditHeads heads) throws IOException {
        var file = folder().resolve(PREFIX + heads.at().toString().replaceAll("[^0-9A-Z]", "-") + ".txt");
        PrivateFile.write(file, heads.text(vault));
        return file;
    }

    private Path folder() {
        return Path.of(settings.auditFolder());
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
