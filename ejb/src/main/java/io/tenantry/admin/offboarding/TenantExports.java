package io.tenantry.admin.offboarding;

import io.tenantry.config.Settings;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Exports of a reseller's data, for operators. They are written in the background by {@link ExportWork}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TenantExports {
    @Inject
    Access access;

    @Inject
    TenantDirectory directory;

    @Inject
    ExportRecords records;

    @Inject
    ExportFiles files;

    @Inject
    Settings settings;

    /** For the container. */
    public TenantExports() {}

    /** For use outside a container. */
    TenantExports(
            Access access, TenantDirectory directory, ExportRecords records, ExportFiles files, Settings settings) {
        this.access = access;
        this.directory = directory;
        this.records = records;
        this.files = files;
        this.settings = settings;
    }

    /** Whether a file can be downloaded. */
    public sealed interface Download {
        /** It can be downloaded. */
        record Ready(Path path, String name, long bytes) implements Download {}

        /** Another node has it, in a folder that is not shared. */
        record OnOtherNode(String node) implements Download {}

        /** There is no file: it is not written yet, was deleted, or is missing in the folder. */
        record Missing() implements Download {}
    }

    /** Returns all exports of a reseller, the latest first. */
    public List<Export> list(TenantId tenant) {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        return records.list(known(tenant).id());
    }

    /** Returns one export of a reseller. */
    public Export one(TenantId tenant, UUID id) {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        return records.one(known(tenant).id(), id).orElseThrow(() -> new NotFoundException("export", id));
    }

    /** Requests an export; one that is pending is returned instead. Empty unless the reseller is suspended. */
    public Optional<Export> request(TenantId tenant) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        if (known(tenant).state() != Tenant.State.SUSPENDED) {
            return Optional.empty();
        }
        return Optional.of(records.request(tenant));
    }

    /** Returns the file, which contains all personal data of the reseller's customers; the download is recorded in the audit trail. */
    public Download download(TenantId tenant, UUID id) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var export = one(tenant, id);
        var name = export.file();
        if (!export.isDone() || name.isEmpty()) {
            return new Download.Missing();
        }
        if (files.isHere(tenant, name.get())) {
            records.downloaded(export);
            return new Download.Ready(files.file(tenant, name.get()), name.get(), export.bytes());
        }
        var node = export.node().orElse("");
        return node.equals(settings.node()) ? new Download.Missing() : new Download.OnOtherNode(node);
    }

    /** Whether this node can serve the file. */
    public boolean isHere(Export export) {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        return export.isDone()
                && export.file()
                        .filter(name -> files.isHere(export.tenant(), name))
                        .isPresent();
    }

    /** Deletes the file; returns false if there is none. The row stays. */
    public boolean remove(TenantId tenant, UUID id) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        return records.remove(one(tenant, id));
    }

    private Tenant known(TenantId tenant) {
        return directory.byId(tenant).orElseThrow(() -> new NotFoundException("reseller", tenant));
    }
}
