package io.tenantry.admin.offboarding;

import io.tenantry.config.Settings;
import io.tenantry.files.PrivateFile;
import io.tenantry.tenancy.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The exports on this node: a folder for each reseller in one that other nodes may share. */
@ApplicationScoped
public class ExportFiles {
    @Inject
    Settings settings;

    /** For the container. */
    public ExportFiles() {}

    /** For use outside a container. */
    ExportFiles(Settings settings) {
        this.settings = settings;
    }

    /** Returns the file name of an attempt; unique to it. */
    static String name(ExportRecords.Claim claim) {
        var id = claim.id().toString();
        return claim.tenant() + "-" + claim.requestedAt().toString().substring(0, "2026-01-01".length()) + "-"
                + id.substring(id.length() - 12) + "-" + claim.fence() + ".zip";
    }

    /** Whether this node has the file, or shares a folder with the one that wrote it. */
    boolean isHere(TenantId tenant, String name) {
        return Files.isRegularFile(file(tenant, name));
    }

    Path file(TenantId tenant, String name) {
        return folder(tenant).resolve(name);
    }

    /** Deletes partial files left by a process that died. */
    void clear(TenantId tenant) throws IOException {
        PrivateFile.deleteParts(folder(tenant));
    }

    void delete(TenantId tenant, String name) throws IOException {
        Files.deleteIfExists(file(tenant, name));
    }

    private Path folder(TenantId tenant) {
        return Path.of(settings.exportsFolder(), tenant.value());
    }
}
