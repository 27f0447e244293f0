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

/** What an organization says of its services in our books, without any vendor: their names, whether they may be ended, what it notes. */
@Stateless
public class ServiceSettings {
    /** Letters that a note may have. */
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

    /** How it ended. */
    public enum Outcome {
        DONE,
        /** It was so already. */
        UNCHANGED,
        /** A server's name is 1 to 63 letters, digits, dots and hyphens; a note has {@link #NOTE_MAX} letters at most. */
        INVALID
    }

    /** What the organization notes of a service, in Markdown; often nothing. */
    public String note(UUID serviceId) {
        var found = sql.first(
                        "select organization_id, note from service where id = ?",
                        row -> Map.entry(row.uuid("organization_id"), row.text("note")),
                        serviceId)
                .orElseThrow(() -> new NotFoundException("service", serviceId));
        access.requireIn(found.getKey(), Permission.VPS_VIEW);
        return found.getValue();
    }

    /** Calls a service otherwise. What its server calls itself stays as it is. */
    public Outcome rename(UUID serviceId, String name) {
        var before = living(serviceId);
        var wanted = name.strip();
        if (!Services.isName(wanted)) {
            return Outcome.INVALID;
        }
        if (wanted.equals(before.name())) {
            return Outcome.UNCHANGED;
        }
        sql.update("update service set name = ?, version = version + 1 where id = ?", wanted, serviceId);
        serviceLifecycle.tell(serviceId, before.organizationId(), "renamed", "before", before.name());
        audit.record(
                "service.renamed", "service", serviceId.toString(), Map.of("before", before.name(), "after", wanted));
        return Outcome.DONE;
    }

    /** Protects a service against being ended, by whomever; or does so no more. */
    public Outcome lock(UUID serviceId, boolean isLocked) {
        var before = living(serviceId);
        if (before.locked() == isLocked) {
            return Outcome.UNCHANGED;
        }
        sql.update("update service set locked = ?, version = version + 1 where id = ?", isLocked, serviceId);
        var what = isLocked ? "locked" : "unlocked";
        serviceLifecycle.tell(serviceId, before.organizationId(), what, "name", before.name());
        audit.record("service." + what, "service", serviceId);
        return Outcome.DONE;
    }

    /** Keeps a note, in Markdown, in place of the one before; the audit trail tells that, and not what it says. */
    public Outcome note(UUID serviceId, String text) {
        var unused = living(serviceId);
        var wanted = text.replace("\r\n", "\n").strip();
        if (wanted.length() > NOTE_MAX || wanted.indexOf('\0') >= 0) {
            return Outcome.INVALID;
        }
        if (sql.update("update service set note = ? where id = ? and note <> ?", wanted, serviceId, wanted) == 0) {
            return Outcome.UNCHANGED;
        }
        audit.record("service.noted", "service", serviceId);
        return Outcome.DONE;
    }

    private Services.Summary living(UUID serviceId) {
        var found = lockedServices.take(serviceId);
        if (found.state() == Service.State.TERMINATED || found.state() == Service.State.FAILED) {
            throw new InvalidStateException(serviceId, found.state());
        }
        return found;
    }
}
