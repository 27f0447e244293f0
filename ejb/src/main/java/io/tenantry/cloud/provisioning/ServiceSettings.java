package io.tenantry.cloud.provisioning;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;

/** Settings of an organization's services in our database, without a provider: names, deletion locks and notes. */
@Stateless
public class ServiceSettings {
    /** The maximum length of a note in characters. */
    public static final int NOTE_MAX = 8_000;

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    LockedServices lockedServices;

    @Inject
    ServiceLifecycle serviceLifecycle;

    /** The outcome of a change. */
    public enum Outcome {
        DONE,
        /** The setting has that value already. */
        UNCHANGED,
        /** The name is not 1 to 63 letters, digits, dots and hyphens, or the note is longer than {@link #NOTE_MAX} characters. */
        INVALID
    }

    /** Returns the organization's note on a service, in Markdown; often empty. */
    public String note(UUID serviceId) {
        var found = sql.first(
                        "select organization_id, note from service where id = ?",
                        row -> Map.entry(row.uuid("organization_id"), row.text("note")),
                        serviceId)
                .orElseThrow(() -> new NotFoundException("service", serviceId));
        access.requireIn(found.getKey(), Permission.VPS_VIEW);
        return found.getValue();
    }

    /** Renames a service. The hostname of its server is not changed. */
    public Outcome rename(UUID serviceId, String name) {
        var before = living(serviceId);
        var wanted = name.strip();
        if (!ServiceName.isValid(wanted)) {
            return Outcome.INVALID;
        }
        if (wanted.equals(before.name())) {
            return Outcome.UNCHANGED;
        }
        sql.update("update service set name = ?, version = version + 1 where id = ?", wanted, serviceId);
        serviceLifecycle.recordEvent(serviceId, before.organizationId(), "renamed", "before", before.name());
        audit.record(
                "service.renamed", "service", serviceId.toString(), Map.of("before", before.name(), "after", wanted));
        return Outcome.DONE;
    }

    /**
     * Sets or clears the deletion lock of a service, which applies to everyone: while it is set, the service cannot be terminated or rebuilt, its
     * disk cannot be replaced by a backup or snapshot, and its backups cannot be switched off, which would delete them.
     */
    public Outcome lock(UUID serviceId, boolean isLocked) {
        var before = living(serviceId);
        if (before.locked() == isLocked) {
            return Outcome.UNCHANGED;
        }
        sql.update("update service set locked = ?, version = version + 1 where id = ?", isLocked, serviceId);
        var what = isLocked ? "locked" : "unlocked";
        serviceLifecycle.recordEvent(serviceId, before.organizationId(), what, "name", before.name());
        audit.record("service." + what, "service", serviceId);
        return Outcome.DONE;
    }

    /** Replaces the note, in Markdown, for who may manage notes, which needs no permission to manage the service; the audit trail records the change, but not the text. */
    public Outcome note(UUID serviceId, String text) {
        var before = lockedServices.takeUnchecked(serviceId);
        access.requireIn(before.organizationId(), Permission.NOTES_MANAGE);
        requireLiving(before);
        var wanted = text.replace("\r\n", "\n").strip();
        if (wanted.length() > NOTE_MAX || wanted.indexOf('\0') >= 0) {
            return Outcome.INVALID;
        }
        if (sql.update("update service set note = ? where id = ? and note <> ?", wanted, serviceId, wanted) == 0) {
            return Outcome.UNCHANGED;
        }
        audit.record("service.note_changed", "service", serviceId);
        return Outcome.DONE;
    }

    private Services.Summary living(UUID serviceId) {
        var found = lockedServices.take(serviceId);
        requireLiving(found);
        return found;
    }

    private static void requireLiving(Services.Summary found) {
        if (found.state() == Service.State.TERMINATED || found.state() == Service.State.FAILED) {
            throw new InvalidStateException(found.id(), found.state());
        }
    }
}
